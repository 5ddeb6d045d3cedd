import { wasOverwritten } from "../trust/login-settings";

/** One resource, as a refresh found it. */
export interface Refreshed {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** What the refresh would do with the state: `update`, `delete`, or nothing. */
  readonly change: "update" | "delete" | "none";
  /** Keys that differ from the state. */
  readonly keys: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What exists now. Empty if it is gone. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What GitHub says of the reviews of an environment now. */
export type EnvironmentNow = Readonly<
  Record<"reviewers", readonly string[]> & Record<"preventSelfReview", boolean>
>;

/** One difference between the stack and the clouds. */
export interface Difference {
  /** Type and name of the resource. */
  readonly resource: string;
  readonly difference: string;
  /** A command, or where to look. */
  readonly fix: string;
}

/** Types whose changes a refresh does not see, by the last part of their names. */
const SECRETS = /:Actions(?:Environment|Organization)?Secret$/;
const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";

/** The environments that this stack reviews, whose reviewers no refresh sees. */
export function reviewedEnvironments(
  resources: readonly Refreshed[],
): ReadonlyArray<{ readonly repository: string; readonly environment: string }> {
  return resources
    .filter((it) => it.type === ENVIRONMENT && reviewersOf(it).length > 0 && it.change !== "delete")
    .map(({ inputs }) => ({
      repository: String(inputs.repository),
      environment: String(inputs.environment),
    }));
}

/**
 * What differs from the stack: what the refresh found, secrets that were overwritten, and reviews
 * that were removed. The provider sees neither of the last two:
 * https://github.com/integrations/terraform-provider-github (v6.13.0), resource_github_actions_secret.go
 * and resource_github_repository_environment.go
 *
 * @param now asks for an environment of a repository.
 */
export function differences(
  resources: readonly Refreshed[],
  now: (repository: string, environment: string) => EnvironmentNow,
): Difference[] {
  return resources.flatMap((it) => [
    ...refreshed(it),
    ...(SECRETS.test(it.type) ? overwritten(it) : []),
    ...(it.type === ENVIRONMENT && it.change !== "delete" ? reviews(it, now) : []),
  ]);
}

function refreshed({ change, keys, ...it }: Refreshed): Difference[] {
  const fix = "`pulumi up --refresh` restores it";
  if (change === "delete") return [{ resource: nameOf(it), difference: "is gone", fix }];
  if (change === "none") return [];
  const what = keys.length > 0 ? `differs in ${keys.join(", ")}` : "differs";
  return [{ resource: nameOf(it), difference: what, fix }];
}

function overwritten({ outputs, urn, ...it }: Refreshed): Difference[] {
  if (!wasOverwritten(outputs.updatedAt, outputs.remoteUpdatedAt)) return [];
  const difference = `was overwritten on ${outputs.remoteUpdatedAt}`;
  const fix = `\`pulumi up --target-replace '${urn}'\` restores it`;
  return [{ resource: nameOf(it), difference, fix }];
}

function reviews(
  it: Refreshed,
  now: (repository: string, environment: string) => EnvironmentNow,
): Difference[] {
  const wanted = reviewersOf(it);
  if (wanted.length === 0) return [];
  const found = now(String(it.inputs.repository), String(it.inputs.environment));
  const fix = `\`pulumi up --target-replace '${it.urn}'\` restores it`;
  const resource = nameOf(it);
  const removed = wanted.filter((reviewer) => !found.reviewers.includes(reviewer));
  const mayReviewSelf = it.inputs.preventSelfReview === true && !found.preventSelfReview;
  return [
    ...(removed.length > 0
      ? [{ resource, difference: `lost its reviewers ${removed.join(", ")}`, fix }]
      : []),
    ...(mayReviewSelf
      ? [{ resource, difference: "lets reviewers approve their own runs", fix }]
      : []),
  ];
}

/** Reviewers of the state, as `User 5` or `Team 7`. */
function reviewersOf({ inputs }: Refreshed): string[] {
  const blocks = (inputs.reviewers ?? []) as ReadonlyArray<
    Readonly<Partial<Record<"users" | "teams", readonly number[]>>>
  >;
  return blocks.flatMap(({ users = [], teams = [] }) => [
    ...users.map((id) => `User ${id}`),
    ...teams.map((id) => `Team ${id}`),
  ]);
}

function nameOf({ type, name }: Pick<Refreshed, "type" | "name">): string {
  return `${type.split(":").at(-1)} ${name}`;
}
