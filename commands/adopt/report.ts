import type { RepositorySnapshot } from "../../snapshot";
import { READER, ROLE_NAMES } from "../../trust/roles";
import { type FoundIdentity, subjectPrefixes, trusts } from "./found";
import type { Declared, Match } from "./match";
import { oldWorkflows } from "./old-workflows";

/** What adopting one pipeline does, and what it leaves. */
export interface PipelineReport {
  readonly pipeline: string;
  /** What the stack takes over. */
  readonly taken: readonly string[];
  /** What the first `pulumi up` creates or changes. */
  readonly corrections: readonly string[];
  /** What somebody should remove afterwards, with the command. */
  readonly leftovers: ReadonlyArray<{ readonly what: string; readonly command?: string }>;
}

/** Scopes that are wider than one registry or one profile, in words. */
function scopeName(scope: string): string {
  const parts = scope.split("/").filter(Boolean);
  if (parts.length === 2) return `the subscription ${parts[1]}`;
  if (parts.length === 4) return `the resource group ${parts[3]}`;
  return parts.slice(-2).join("/");
}

export function pipelineReport(
  pipeline: string,
  resources: readonly Declared[],
  matches: readonly Match[],
  existing: {
    readonly identity?: FoundIdentity;
    readonly repository: RepositorySnapshot;
    readonly workflows: Readonly<Record<string, string>>;
  },
): PipelineReport {
  const matched = new Map(matches.map((it) => [it.resource.urn, it]));
  const { identity, repository, workflows } = existing;
  const prefixes = subjectPrefixes(repository);
  const missing = resources.filter(({ urn, custom }) => custom && !matched.has(urn));
  const ids = new Set(matches.map(({ id }) => id.toLowerCase()));
  const isLeft = ({ id }: { readonly id: string }) => !ids.has(id.toLowerCase());
  const own = resources.flatMap(({ inputs }) => (inputs.file ? [String(inputs.file)] : []));
  const old = oldWorkflows(workflows, own);
  const roleOf = (role: string) => ROLE_NAMES[role] ?? `role ${role}`;
  return {
    pipeline,
    taken: matches.map(({ resource }) => inWords(resource, identity)),
    corrections: [
      ...missing.map((it) => `create ${inWords(it)}`),
      ...matches.flatMap(({ resource, corrections }) =>
        corrections.map((it) => `update ${inWords(resource, identity)}: ${it}`),
      ),
    ],
    leftovers: [
      // The identity can also have rights that have nothing to do with images, such as Reader.
      ...(identity?.assignments ?? [])
        .filter((it) => isLeft(it) && it.role in ROLE_NAMES && it.role !== READER)
        .map(({ id, role, scope }) => ({
          what: `${roleOf(role)} on ${scopeName(scope)}`,
          command: `az role assignment delete --ids ${id}`,
        })),
      ...(identity?.credentials ?? [])
        .filter((it) => isLeft(it) && trusts([it], prefixes))
        .map(({ id, name, subject }) => ({
          what: `federated credential ${name}, which trusts ${subject}`,
          command: `az resource delete --ids ${id}`,
        })),
      ...old.paths.map((path) => ({
        what: `${path}, which also signs. To replace it instead, set \`workflow: ${path}\` on the pipeline`,
      })),
      ...old.faults.map(({ path, line, fault }) => ({ what: `${path}:${line}: ${fault}` })),
    ],
  };
}

/** A resource as a user knows it. */
function inWords({ type, name, inputs }: Declared, identity?: FoundIdentity): string {
  const kind = type.split(":").at(-1);
  switch (kind) {
    case "UserAssignedIdentity":
      return `identity ${identity?.name ?? inputs.resourceName}`;
    case "FederatedIdentityCredential":
      return `federated credential for ${inputs.subject}`;
    case "RoleAssignment": {
      const role = String(inputs.roleDefinitionId).split("/").at(-1) ?? "";
      return `${ROLE_NAMES[role] ?? role} on ${scopeName(String(inputs.scope))}`;
    }
    case "RepositoryFile":
      return String(inputs.file);
    case "ActionsSecret":
    case "ActionsEnvironmentSecret":
    case "ActionsOrganizationSecret":
      return `secret ${inputs.secretName}`;
    case "ActionsVariable":
    case "ActionsEnvironmentVariable":
    case "ActionsOrganizationVariable":
      return `variable ${inputs.variableName}`;
    default:
      return `${kind} ${name}`;
  }
}
