import { isProperties, type Properties } from "../../wire";
import { acceptsConditions, BUILT_IN_ROLES } from "../roles";
import { type Assignment, type AzureState, sameId } from "../state";
import { subscriptionsOf } from "../subscriptions";
import { CONDITION_VERSION, conditionMustHold } from "./conditions";
import { principalMustExist } from "./principals";
import { notAuthorized, Refusal, resourceNotFound } from "./refusal";
import { type Target, targetOf } from "./target";
import { type ArmType, CALLER } from "./type";
import { ASSIGNMENT_VERSIONS } from "./versions";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TYPE = "Microsoft.Authorization/roleAssignments";

/**
 * Role assignments. Rules:
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
export function roleAssignments(azure: AzureState): ArmType {
  const find = (path: string) => azure.assignments.get(path.toLowerCase());
  return {
    namespace: "Microsoft.Authorization",
    type: "roleAssignments",
    versions: ASSIGNMENT_VERSIONS,
    find({ path }) {
      const it = find(path);
      return it && body(it);
    },
    missing({ names: [name] }) {
      const message = `The role assignment '${name}' is not found.`; // (u)
      return new Refusal(404, "RoleAssignmentNotFound", message);
    },
    put(target, wanted) {
      const properties = isProperties(wanted.properties) ? wanted.properties : {};
      const it = assignment(azure, target, properties);
      // A name is used once in a tenant, also on another scope:
      // https://github.com/pulumi/pulumi-azure-native/issues/771
      const [name = ""] = target.names;
      const before = [...azure.assignments.values()].find(({ id }) =>
        sameId(id.split("/").at(-1) ?? "", name),
      );
      if (before && !sameGrant(before, it)) throw notPermitted();
      if (!before) mustBeFirst(azure, it, properties.principalType);
      azure.assignments.set(it.id.toLowerCase(), it);
      return body(it);
    },
    remove({ path }) {
      azure.assignments.delete(path.toLowerCase());
    },
  };
}

function body({ id, roleGuid, condition, ...it }: Assignment): Properties {
  const { scope, principalId, description } = it;
  return {
    id,
    name: id.split("/").at(-1),
    type: TYPE,
    properties: {
      scope,
      principalId,
      description,
      roleDefinitionId: `/subscriptions/${targetOf(scope).subscription}${definitionOf(roleGuid)}`,
      principalType: "ServicePrincipal",
      condition,
      conditionVersion: condition && CONDITION_VERSION,
    },
  };
}

function definitionOf(roleGuid: string): string {
  return `/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`;
}

function sameGrant(one: Assignment, other: Assignment): boolean {
  return (
    one.principalId === other.principalId &&
    one.roleGuid === other.roleGuid &&
    sameId(one.scope, other.scope)
  );
}

/** That a changed role is refused too is unverified (u). */
function notPermitted(): Refusal {
  const message =
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
  return new Refusal(400, "RoleAssignmentUpdateNotPermitted", message);
}

function mustBeFirst(azure: AzureState, it: Assignment, principalType: unknown): void {
  principalMustExist(azure, it.principalId, principalType);
  if ([...azure.assignments.values()].some((other) => sameGrant(other, it))) {
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/17421
    const message = "The role assignment already exists.";
    throw new Refusal(409, "RoleAssignmentExists", message);
  }
}

/** The id has the scope's own spelling, whatever the case of the request. */
function assignment(azure: AzureState, target: Target, properties: Properties): Assignment {
  const { principalId = "", roleDefinitionId = "", ...rest } = properties as Record<string, string>;
  const { condition, conditionVersion, description } = rest;
  const [name = ""] = target.names;
  const scope = azure.scopes().find((id) => sameId(id, target.scope));
  if (!scope) throw unknownScope(target);
  if (!GUID.test(name)) {
    const message = `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`;
    throw new Refusal(400, "InvalidRoleAssignmentId", message); // (u)
  }
  const roleGuid = roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? "";
  const forms = ["", ...subscriptionsOf(azure.world).map((it) => `/subscriptions/${it}`)];
  const known = forms.some((it) => sameId(it + definitionOf(roleGuid), roleDefinitionId));
  if (!BUILT_IN_ROLES[roleGuid] || !known) {
    const message = `The specified role definition with ID '${roleGuid}' does not exist.`;
    throw new Refusal(400, "RoleDefinitionDoesNotExist", message); // (u)
  }
  if (condition !== undefined) {
    conditionMustHold(
      condition,
      conditionVersion,
      acceptsConditions(roleGuid) ? undefined : roleGuid,
    );
  }
  const id = `${scope}/providers/${TYPE}/${name}`;
  return { id, scope, principalId, roleGuid, condition, ...(description && { description }) };
}

function unknownScope({ scope, path }: Target): Refusal {
  const within = targetOf(scope);
  return within.group ? resourceNotFound(within) : notAuthorized(`${TYPE}/write`, path, CALLER);
}
