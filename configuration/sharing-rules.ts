import { MAX_CONDITION } from "../trust/conditions";
import { conditionLength } from "./image-rules";
import { type Pipeline, type Report, record } from "./lenient";

/** What two pipelines can share, and what not. */
export function sharingRules(pipelines: readonly Pipeline[], report: Report): void {
  keyRules(pipelines, report);
  repositoryRules(pipelines, report);
  identityRules(pipelines, report);
  if (pipelines.length === 0) {
    report("", {}, "at least one pipeline", "add one, e.g. `web: {}` for repository web");
  }
}

function keyRules(pipelines: readonly Pipeline[], report: Report): void {
  const keys = new Map<string, string>();
  const stored = new Map<string, string>();
  for (const { name, level } of pipelines) {
    const alike = keys.get(name.toLowerCase());
    if (alike) {
      const remedy = `\`${alike}\` differs only in case, and their identities would be one; rename it`;
      report(`.${name}`, name, "keys that differ in more than case", remedy);
    }
    keys.set(name.toLowerCase(), name);
    if (level !== "organization" || alike) continue;
    const suffix = idSuffix(name);
    const other = stored.get(suffix);
    if (other) {
      const remedy = `its ids would be those of \`${other}\`, AZURE_CLIENT_ID${suffix}; rename it`;
      report(`.${name}`, name, "keys that differ in letters and digits", remedy);
    }
    stored.set(suffix, name);
  }
  for (const { name, identity } of pipelines) {
    const other = pipelines.find((it) => it.name === `${name}-application`)?.name;
    if (identity.application === undefined || !other) continue;
    const remedy = `\`${name}\` has an application, and its roles would have the same names; rename it`;
    report(`.${other}`, other, "keys that are no other one's with `-application`", remedy);
  }
}

/** What sets a pipeline's ids apart where all of an organisation's are in one place. */
export function idSuffix(pipeline: string): string {
  return `_${pipeline.toUpperCase().replaceAll("-", "_")}`;
}

function repositoryRules(pipelines: readonly Pipeline[], report: Report): void {
  const repositories = new Map<string, string>();
  const images = new Map<string, string>();
  for (const { name, repository, images: pushed } of pipelines) {
    const holder = repositories.get(repository.toLowerCase());
    if (holder) {
      const remedy = `\`${holder}\` has it, and both would write its secrets; list all images there`;
      report(`.${name}.repository`, repository, "one pipeline for a repository", remedy);
      continue;
    }
    repositories.set(repository.toLowerCase(), name);
    for (const image of new Set(pushed)) {
      const other = images.get(image);
      if (other) {
        const remedy = `\`${other}\` pushes it already; choose another name`;
        report(`.${name}.images`, image, "images that no other pipeline pushes", remedy);
      }
      images.set(image, name);
    }
  }
}

function identityRules(pipelines: readonly Pipeline[], report: Report): void {
  for (const key of ["existing", "existingApplication"] as const) {
    const held: { readonly name: string; readonly id: ExistingIdentity }[] = [];
    for (const { name, identity } of pipelines) {
      const id = existingIdentity(identity[key]);
      if (!id) continue;
      const other = held.find((it) => isSame(it.id, id))?.name;
      if (other) {
        const remedy = `\`${other}\` has it, and its roles would be confined to one of them; give each its own, or \`identity: { share: NAME }\``;
        report(`.${name}.identity.${key}`, identity[key], "an identity of one pipeline", remedy);
      }
      held.push({ name, id });
    }
  }
  const shares = pipelines.flatMap(({ identity: { share } }) =>
    typeof share === "string" ? [share] : [],
  );
  for (const share of new Set(shares)) sharedRules(share, pipelines, report);
}

function sharedRules(share: string, pipelines: readonly Pipeline[], report: Report): void {
  const users = pipelines.filter(({ identity }) => identity.share === share);
  const refuse = (allowed: string, remedy: string) =>
    report(`.${users[0]?.name}.identity.share`, share, allowed, remedy);

  const alike = (other: unknown) =>
    typeof other === "string" && other.toLowerCase() === share.toLowerCase();
  // Also one that has none today: on its way there or back the two would be one.
  const own = pipelines.find(({ name }) => alike(name));
  if (own) {
    const remedy = `pipeline \`${own.name}\`'s own identity, whenever it has one, is called so; choose another`;
    refuse("a name that is no pipeline's key", remedy);
  }
  const first = pipelines.find(({ identity }) => alike(identity.share))?.identity.share;
  if (first !== share) {
    const remedy = `\`${first}\` differs only in case, and their identities would be one; write it the same`;
    refuse("names that differ in more than case", remedy);
  }
  const length = conditionLength(users.flatMap(({ images }) => images));
  if (users.length > 1 && length > MAX_CONDITION) {
    const names = users.map(({ name }) => name).join(", ");
    const allowed = `images whose names fit into one role condition of ${MAX_CONDITION} characters`;
    refuse(allowed, `those of ${names} need ${length}: share among fewer`);
  }
}

/** What tells one that exists from another; with a name and group its subscription is not known. */
interface ExistingIdentity {
  readonly subscription?: string;
  readonly id: string;
}

/** The same identity may be given by its id, or by its name and group; undefined where by neither. */
function existingIdentity(given: unknown): ExistingIdentity | undefined {
  if (typeof given === "string") {
    const id = given.toLowerCase();
    const [, subscription, group, name] =
      /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/.*\/([^/]+)$/.exec(id) ?? [];
    if (name) return { subscription, id: `${group}/${name}` };
    return /^[0-9a-f-]{36}$/.test(id) ? { id } : undefined;
  }
  const { name, resourceGroup } = record(given);
  if (typeof name !== "string" || typeof resourceGroup !== "string") return undefined;
  return { id: `${resourceGroup}/${name}`.toLowerCase() };
}

function isSame(one: ExistingIdentity, other: ExistingIdentity): boolean {
  const elsewhere =
    one.subscription && other.subscription && one.subscription !== other.subscription;
  return one.id === other.id && !elsewhere;
}
