import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { parseCondition } from "./condition-language";
import { mustBeNew } from "./identities";
import { principals } from "./principals";
import { acceptsConditions, BUILT_IN_ROLES } from "./roles";
import { type Assignment, type AzureState, sameId } from "./state";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_CONDITION = 8 * 1024;
const CONDITION_VERSION = "2.0";

/**
 * Rules and error codes:
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting. Error codes marked
 * (u) are unverified.
 */
export function roleAssignment(azure: AzureState): ResourceType {
  const outputs = ({ id, roleGuid, ...it }: Assignment): Properties => ({
    name: id.split("/").at(-1),
    roleDefinitionId: azure.subscription + definitionOf(roleGuid),
    principalType: "ServicePrincipal",
    conditionVersion: it.condition && CONDITION_VERSION,
    ...it,
  });
  return {
    token: "azure-native:authorization:RoleAssignment",
    required: ["scope", "principalId", "roleDefinitionId", "roleAssignmentName"],
    optional: ["principalType", "condition", "conditionVersion"],
    computed: [
      "name",
      "scope",
      "principalId",
      "principalType",
      "roleDefinitionId",
      "condition",
      "conditionVersion",
    ],
    replaceOn: ["scope", "principalId", "roleAssignmentName"],
    create(inputs) {
      const wanted = assignment(azure, inputs);
      mustBeNew(azure.assignments, wanted.id);
      principalMustExist(azure, wanted.principalId, inputs.principalType as string | undefined);
      if ([...azure.assignments.values()].some((it) => sameGrant(it, wanted))) {
        throw new CloudError("RoleAssignmentExists", "The role assignment already exists.");
      }
      azure.assignments.set(wanted.id.toLowerCase(), wanted);
      return { id: wanted.id, outputs: outputs(wanted) };
    },
    read(id) {
      const it = azure.assignments.get(id.toLowerCase());
      return it && { id, inputs: { condition: it.condition }, outputs: outputs(it) };
    },
    update(id, inputs) {
      const before = azure.assignments.get(id.toLowerCase());
      const wanted = assignment(azure, inputs);
      if (!before) throw new CloudError("RoleAssignmentNotFound", `${id} was not found.`);
      if (!sameGrant(before, wanted)) {
        throw new CloudError(
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        );
      }
      azure.assignments.set(id.toLowerCase(), wanted);
      return { id, outputs: outputs(wanted) };
    },
    delete(id) {
      azure.assignments.delete(id.toLowerCase());
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

function assignment(azure: AzureState, inputs: Properties): Assignment {
  const { scope, principalId, roleDefinitionId, roleAssignmentName, condition } = inputs as Record<
    string,
    string
  >;
  const known = azure.scopes().find((id) => sameId(id, scope as string));
  if (!known) throw new CloudError("ResourceNotFound", `The Resource '${scope}' was not found.`);
  if (!GUID.test(roleAssignmentName as string)) {
    throw new CloudError("InvalidRoleAssignmentId", "The name must be a GUID."); // (u)
  }
  const roleGuid = (roleDefinitionId as string).split("/").at(-1)?.toLowerCase() as string;
  const builtIn = definitionOf(roleGuid);
  const forms = [builtIn, azure.subscription + builtIn];
  if (
    !BUILT_IN_ROLES[roleGuid] ||
    !forms.some((form) => sameId(form, roleDefinitionId as string))
  ) {
    throw new CloudError("RoleDefinitionDoesNotExist", `${roleDefinitionId} does not exist.`);
  }
  if (condition !== undefined) {
    conditionMustHold(roleGuid, condition, inputs.conditionVersion as string | undefined);
  }
  const id = `${known}/providers/Microsoft.Authorization/roleAssignments/${roleAssignmentName}`;
  return { id, scope: known, principalId: principalId as string, roleGuid, condition };
}

function conditionMustHold(role: string, condition: string, version: string | undefined): void {
  const invalid = (message: string) => new CloudError("InvalidCondition", message); // (u)
  if (version !== CONDITION_VERSION) throw invalid(`condition version '${version}' is not 2.0.`);
  if (condition.length > MAX_CONDITION) throw invalid(`longer than ${MAX_CONDITION} characters.`);
  if (!acceptsConditions(role)) throw invalid(`role ${role} accepts no conditions.`);
  try {
    parseCondition(condition);
  } catch (fault) {
    throw invalid((fault as Error).message);
  }
}

/**
 * Azure looks a principal up unless the assignment has its type. A new principal is not replicated
 * yet. https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
function principalMustExist(azure: AzureState, principal: string, type: string | undefined): void {
  const exists = principals(azure).some((it) => it.principalId === principal);
  if (!exists || type !== "ServicePrincipal") {
    const message = `Principal ${principal} does not exist in the directory.`;
    throw new CloudError("PrincipalNotFound", message);
  }
}
