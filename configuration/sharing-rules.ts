import { MAX_CONDITION } from "../trust/conditions";
import { settingsSuffix } from "../trust/login-settings";
import type { IdentityConfiguration } from "./identity-schema";
import { conditionLength, FITTING_IMAGES } from "./pipeline-rules";
import type { Report } from "./problems";
import type { PipelineConfiguration } from "./schema";

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
const RESOURCES = /^-(?:environment|ids|application)(?=-|$)/;

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

function repositoryRules({ pipeline, report }: NamedPipeline, before: Pipelines): void {
  const { repository } = pipeline;
  const user = before.find((it) => isSame(it.pipeline.repository, repository));
  if (user) {
    const fix = `Pipeline \`${user.name}\` uses this repository. List all images under \`${user.name}\`.`;
    report("repository", "a repository that no other pipeline uses", fix, repository);
    return;
  }
  for (const image of new Set(imageNames(pipeline))) {
    const other = before.find((it) => imageNames(it.pipeline).includes(image));
    if (!other) continue;
    const fix = `Pipeline \`${other.name}\` pushes this image. Choose another name.`;
    report("images", "images that no other pipeline pushes", fix, image);
  }
}

function existingIdentityRule({ pipeline, report }: NamedPipeline, before: Pipelines): void {
  const id = existingId(pipeline.identity);
  const user = before.find((it) => id !== undefined && existingId(it.pipeline.identity) === id);
  if (!user) return;
  const fix = `Pipeline \`${user.name}\` uses this identity. Use another identity, or share one with \`identity: { share: NAME }\`.`;
  report(`identity.${pipeline.identity.kind}`, "an identity that no other pipeline uses", fix);
}

/** What tells apart existing identities. Only those in the stack's subscription can be used. */
function existingId(identity: IdentityConfiguration): string | undefined {
  if (identity.kind === "existingApplication") return identity.clientId;
  if (identity.kind !== "existing") return undefined;
  return `${identity.resourceGroup}/${identity.name}`.toLowerCase();
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
