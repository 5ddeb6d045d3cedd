import type { Intent } from "./intent";
import type { Report } from "./report";

type Made = Report["made"];

/** How kinds of resources begin. A resource needs only resources of its own kind or before it. */
const KINDS = [
  "Repository",
  "Resource",
  "CodeSigningAccount",
  "CertificateProfile",
  "RepositoryEnvironment",
  "RepositoryEnvironmentDeploymentPolicy",
  "UserAssignedIdentity",
  "ApplicationRegistration",
  "ApplicationOwner",
  "ServicePrincipal",
  "FederatedIdentityCredential",
  "ApplicationF",
  "RoleAssignment",
  "Actions",
  "Branch",
  "RepositoryFile",
  "RepositoryPullRequest",
];

/**
 * The resources of a stack in one order, whatever the order of the writes was: by pipeline, then by
 * kind, then by name. Resources that several pipelines share come first.
 */
export function byPipeline(
  writes: ReadonlyArray<{ readonly token: string; readonly name: string }>,
  meant: readonly Intent[],
): Made {
  const pipelines = meant.map(({ pipeline }) => pipeline);
  return writes
    .map(({ token, name }) => {
      const pipeline = ownerOf(name, pipelines);
      return { type: token, name, ...(pipeline !== undefined && { pipeline }) };
    })
    .sort(
      (one, other) =>
        pipelines.indexOf(one.pipeline ?? "") - pipelines.indexOf(other.pipeline ?? "") ||
        kindOf(one.type) - kindOf(other.type) ||
        compare(one.name, other.name),
    );
}

/** The pipeline that a resource belongs to: the longest key that its name begins with. */
function ownerOf(name: string, pipelines: readonly string[]): string | undefined {
  const [longest] = pipelines
    .filter((pipeline) => name.startsWith(`${pipeline}-`))
    .sort((one, other) => other.length - one.length);
  return longest;
}

function kindOf(type: string): number {
  const kind = type.split(":").at(-1) ?? "";
  const found = Math.max(...KINDS.map((it, index) => (kind.startsWith(it) ? index : -1)));
  return found < 0 ? KINDS.length : found;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
