import { MAX_CONDITION } from "../../trust/conditions";
import { settingsSuffix } from "../../trust/login-settings";
import type { Report } from "../problems";
import type { PipelineConfiguration } from "../schema";
import type { IdentityConfiguration } from "../schemas/identity-schema";
import { conditionLength, FITTING_IMAGES } from "./pipeline-rules";

/** A pipeline whose shape is valid, and how to report its problems. */
export interface NamedPipeline {
  readonly name: string;
  readonly pipeline: PipelineConfiguration;
  readonly report: Report;
}

type Pipelines = readonly NamedPipeline[];

/** Rules between pipelines. */
export function sharingRules(pipelines: Pipelines): void {
  for (const [index, it] of pipelines.entries()) {
    const before = pipelines.slice(0, index);
    keyRules(it, before);
    resourceNameRule(it, pipelines);
    repositoryRules(it, before);
    verifyingEnvironmentRule(it, pipelines);
    existingIdentityRule(it, before);
  }
  const shares = new Set(pipelines.flatMap((it) => shareOf(it) ?? []));
  for (const share of shares) shareRules(share, pipelines);
}

function keyRules({ name, pipeline, report }: NamedPipeline, before: Pipelines): void {
  const alike = before.find((it) => isSame(it.name, name));
  if (alike) {
    const fix = `Rename this pipeline. Azure ignores case, so its identity would have the same name as the identity of \`${alike.name}\`.`;
    report("", "a key that differs from other keys in more than case", fix, name);
  }
  if (alike || pipeline.level !== "organization") return;
  const suffix = settingsSuffix(name);
  const holder = before
    .filter((it) => it.pipeline.level === "organization")
    .find((it) => settingsSuffix(it.name) === suffix);
  if (holder) {
    const fix = `Rename this pipeline. In the organization, its IDs would have the same names as the IDs of \`${holder.name}\`, such as \`AZURE_CLIENT_ID${suffix}\`.`;
    report("", "a key that differs from other keys in letters or digits", fix, name);
  }
}

/** What is between a key and a name that the user chose, in `trust/resource-names.ts`. */
const RESOURCES = /^-(?:environment|ids|application|verifier)(?=-|$)/;

/** Environment `environment-x` of `web` and `x` of `web-environment` would have the same name. */
function resourceNameRule({ name, report }: NamedPipeline, pipelines: Pipelines): void {
  for (const other of pipelines) {
    const rest = name.startsWith(other.name) ? name.slice(other.name.length) : "";
    const [part] = RESOURCES.exec(rest) ?? [];
    if (!part) continue;
    const fix = `Rename this pipeline. Its resources could have the same names as resources of \`${other.name}\`.`;
    report("", `a key that is not \`${other.name}\` followed by \`${part}\``, fix, name);
    return;
  }
}

/** What two pipelines of one repository would overwrite, and delete from under the other. */
function repositoryRules({ pipeline, report }: NamedPipeline, before: Pipelines): void {
  for (const other of before) {
    if (!isSame(other.pipeline.repository, pipeline.repository)) continue;
    const { workflow, environment, level, ids } = other.pipeline;
    const own = "Give this pipeline its own";
    if (other.pipeline.createRepository && pipeline.createRepository) {
      const fix = `Write \`repository: ${pipeline.repository}\` here.`;
      report("repository", `a name, because \`${other.name}\` creates this repository`, fix);
    }
    if (workflow === pipeline.workflow) {
      const fix = `${own}, such as \`.github/workflows/sign-NAME.yml\`, or list all images under \`${other.name}\`.`;
      report("workflow", taken("a workflow", other), fix, workflow);
    }
    const { verify } = pipeline;
    if (verify && [workflow, other.pipeline.verify?.workflow].includes(verify.workflow)) {
      const fix = `${own}, such as \`.github/workflows/verify-NAME.yml\`.`;
      report("verify.workflow", taken("a workflow", other), fix, verify.workflow);
    } else if (other.pipeline.verify?.workflow === pipeline.workflow) {
      const fix = `${own}, such as \`.github/workflows/sign-NAME.yml\`.`;
      report("workflow", taken("a workflow", other), fix, pipeline.workflow);
    }
    const named = pipeline.environment?.name;
    if (environment && named && isSame(environment.name, named)) {
      const fix = `${own}. The refs and the reviewers of an environment belong to one pipeline.`;
      report("environment", taken("an environment", other), fix, named);
    }
    if (level === "repository" && pipeline.level === level && ids === pipeline.ids) {
      const fix =
        "Set `level: environment`, with an `environment` of its own. Otherwise both pipelines write AZURE_CLIENT_ID.";
      report("level", `a place for the IDs that pipeline \`${other.name}\` does not use`, fix);
    }
    templateRule(pipeline, other, report);
  }
  for (const image of new Set(imageNames(pipeline))) {
    const other = before.find((it) => imageNames(it.pipeline).includes(image));
    if (!other) continue;
    const fix = `Pipeline \`${other.name}\` pushes this image. Choose another name.`;
    report("images", "images that no other pipeline pushes", fix, image);
  }
}

/** In the environment of a signing job, a verifying run could log in as the signer. */
function verifyingEnvironmentRule({ pipeline, report }: NamedPipeline, all: Pipelines): void {
  const { repository, verify: { environment } = {} } = pipeline;
  if (environment === undefined) return;
  const signer = all.find(
    (it) =>
      isSame(it.pipeline.repository, repository) &&
      isSame(it.pipeline.environment?.name ?? "", environment),
  );
  if (!signer) return;
  const fix = `Choose another environment. Pipeline \`${signer.name}\` signs in this one, and a verifying run could log in as its identity.`;
  report("verify.environment", "an environment in which no pipeline signs", fix);
}

/** A subject template applies to the whole repository. */
function templateRule(
  { trust }: PipelineConfiguration,
  { name, pipeline: other }: NamedPipeline,
  report: Report,
): void {
  if (trust?.manageSubjectTemplate && other.trust?.manageSubjectTemplate) {
    const expected = `\`true\` for one pipeline of the repository only; \`${name}\` has it`;
    report("trust.manageSubjectTemplate", expected, "Remove this key.");
    return;
  }
  const [managed, free] = [trust ?? other.trust, !trust || !other.trust];
  if (!managed?.manageSubjectTemplate || !free) return;
  const expected = `\`trust\` in both pipelines of the repository, or in none; compare \`${name}\``;
  const fix =
    "The subject template of the repository would name a reusable workflow in all tokens.";
  report("trust", expected, fix);
}

function taken(what: string, { name }: NamedPipeline): string {
  return `${what} that pipeline \`${name}\` of the same repository does not use`;
}

function existingIdentityRule({ pipeline, report }: NamedPipeline, before: Pipelines): void {
  const user = before.find((it) => isSameExisting(it.pipeline.identity, pipeline.identity));
  if (!user) return;
  const fix = `Pipeline \`${user.name}\` uses this identity. Use another identity, or share one with \`identity: { share: NAME }\`.`;
  report(`identity.${pipeline.identity.kind}`, "an identity that no other pipeline uses", fix);
}

/** An identity without a subscription can be in any one that another pipeline names. */
function isSameExisting(one: IdentityConfiguration, other: IdentityConfiguration): boolean {
  if (one.kind === "existingApplication" && other.kind === one.kind) {
    return one.clientId === other.clientId;
  }
  if (one.kind !== "existing" || other.kind !== one.kind) return false;
  const isElsewhere =
    one.subscription && other.subscription && !isSame(one.subscription, other.subscription);
  return (
    !isElsewhere && isSame(one.name, other.name) && isSame(one.resourceGroup, other.resourceGroup)
  );
}

function shareRules(share: string, pipelines: Pipelines): void {
  const users = pipelines.filter((it) => shareOf(it) === share);
  const report = (expected: string, fix: string) =>
    users[0]?.report("identity.share", expected, fix);
  // This also holds for a pipeline that has no identity of its own today, but can get one.
  const owner = pipelines.find((it) => isSame(it.name, share));
  if (owner) {
    const fix = `Choose another name. Countersign uses this name for the identity of pipeline \`${owner.name}\`.`;
    report("a name that is not the key of a pipeline", fix);
  }
  const first = pipelines.flatMap((it) => shareOf(it) ?? []).find((it) => isSame(it, share));
  if (first !== share) {
    const fix = `Write \`${first}\`, or choose another name. Azure ignores case in the names of identities.`;
    report("a name that differs from other shared names in more than case", fix);
  }
  const length = conditionLength(users.flatMap(({ pipeline }) => imageNames(pipeline)));
  if (users.length > 1 && length > MAX_CONDITION) {
    const names = users.map(({ name }) => name).join(", ");
    const fix = `The images of ${names} need ${length} characters. Share the identity among fewer pipelines.`;
    report(FITTING_IMAGES, fix);
  }
}

function imageNames({ images }: PipelineConfiguration): string[] {
  return images.map((image) => image.name);
}

function shareOf({ pipeline: { identity } }: NamedPipeline): string | undefined {
  return identity.kind === "shared" ? identity.name : undefined;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
