import type { RepositorySnapshot } from "../../snapshot";
import type { FoundAssignment, FoundCredential, FoundIdentity } from "./found";

/** A resource that the first `pulumi up` would declare. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of its parent. */
  readonly parent: string;
  /** Whether it is a resource of a provider, and not a component. */
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What exists for one pipeline. */
export interface Existing {
  readonly identity?: FoundIdentity;
  readonly repository: RepositorySnapshot;
  readonly workflows: Readonly<Record<string, string>>;
}

/** A declared resource that exists. */
export interface Match {
  readonly resource: Declared;
  /** What `pulumi import` takes. */
  readonly id: string;
  /** What the first `pulumi up` changes. Empty: nothing. */
  readonly corrections: readonly string[];
}

/** The kinds of resources, in the order in which a user thinks of them. */
const KINDS = /:(?:(UserAssigned)|(Federated)|(RoleAssignment)|(Actions)|(RepositoryFile)|(.))/;

/** Resources in one order, because the engine declares them in parallel. */
export function inOrder(resources: readonly Declared[]): Declared[] {
  const kindOf = ({ type }: Declared) =>
    KINDS.exec(type.slice(type.lastIndexOf(":")))?.findIndex((it, index) => index > 0 && it) ?? 0;
  return [...resources].sort(
    (one, other) => kindOf(one) - kindOf(other) || (one.urn < other.urn ? -1 : 1),
  );
}

/** The existing counterpart of a resource. Undefined: there is none, so `pulumi up` creates it. */
export function match(resource: Declared, existing: Existing): Match | undefined {
  const { inputs } = resource;
  const kind = resource.type.split(":").at(-1);
  const found = (id: string, ...corrections: Array<string | false>): Match => ({
    resource,
    id,
    corrections: corrections.filter((it) => it !== false),
  });
  const { identity, repository, workflows } = existing;
  switch (kind) {
    case "UserAssignedIdentity": {
      if (!identity) return undefined;
      const isTagged = same(inputs.tags ?? {}, identity.tags);
      return found(identity.id, !isTagged && "its tags");
    }
    case "FederatedIdentityCredential": {
      const it = identity?.credentials.find((credential) => isCredential(credential, inputs));
      return it && found(it.id, !same(it.audiences, inputs.audiences) && "its audience");
    }
    case "RoleAssignment": {
      const it = identity?.assignments.find((assignment) => isAssignment(assignment, inputs));
      const isLimited = it?.condition === (inputs.condition ?? undefined);
      return it && found(it.id, !isLimited && "its condition, which limits it to the images");
    }
    case "RepositoryFile": {
      const { file, branch } = inputs;
      const text = workflows[String(file)];
      // A file that is proposed is on a branch of its own, which does not exist yet.
      if (text === undefined || branch !== repository.defaultBranch) return undefined;
      const id = [repository.name, file, branch].map(idPart).join(":");
      return found(id, text !== inputs.content && "its content");
    }
    case "ActionsSecret":
      return setting([repository.name], String(inputs.secretName), true);
    case "ActionsEnvironmentSecret":
      return setting([repository.name, inputs.environment], String(inputs.secretName), true);
    case "ActionsOrganizationSecret":
      return setting([], String(inputs.secretName), true);
    case "ActionsVariable":
      return setting([repository.name], String(inputs.variableName), false);
    case "ActionsEnvironmentVariable":
      return setting([repository.name, inputs.environment], String(inputs.variableName), false);
    case "ActionsOrganizationVariable":
      return setting([], String(inputs.variableName), false);
    default:
      return undefined;
  }

  function setting(place: readonly unknown[], name: string, isSecret: boolean): Match | undefined {
    const names = repository.settings?.status === "found" ? repository.settings.value : [];
    if (!names.includes(name)) return undefined;
    const why = isSecret ? "its value, which GitHub never shows" : "its value, if it differs";
    return found([...place, name].map(idPart).join(":"), why);
  }
}

/** Entra accepts one credential of an issuer and a subject on an identity. */
function isCredential(it: FoundCredential, { issuer, subject }: Declared["inputs"]): boolean {
  return it.issuer === issuer && it.subject === subject;
}

function isAssignment(
  it: FoundAssignment,
  { scope, roleDefinitionId }: Declared["inputs"],
): boolean {
  const role = String(roleDefinitionId).split("/").at(-1)?.toLowerCase();
  return it.role === role && it.scope.toLowerCase() === String(scope).toLowerCase();
}

/** `:` separates the parts of an id: https://www.pulumi.com/registry/packages/github */
function idPart(part: unknown): string {
  return String(part).replaceAll(":", "??");
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
