import { v5 as uuidv5 } from "uuid";

/**
 * The GUID that ARM's and Bicep's `guid(a, b, …)` returns for these parts, in its namespace.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-string
 */
export function armGuid(...parts: readonly string[]): string {
  return uuidv5(parts.join("-"), "11fb06fb-712d-4ddd-98c7-e71bbd588830");
}

/**
 * The name of a role assignment. It depends on the role, which Azure cannot change later, and not on
 * the case of the scope, which Azure can spell differently each time.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
export function assignmentName(scope: string, principalId: string, roleGuid: string): string {
  return armGuid(scope.toLowerCase(), principalId, roleGuid);
}

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const MAX_IDENTITY_NAME = 128;

/** A pipeline's managed identity always has this name. A hash ends a name that is too long. */
export function managedIdentityName(project: string, stack: string, pipeline: string): string {
  const name = `${project}-${stack}-${pipeline}`.replace(/[^A-Za-z0-9_-]/g, "-");
  if (name.length <= MAX_IDENTITY_NAME) return name;
  const hash = armGuid(project, stack, pipeline).slice(0, 8);
  return `${name.slice(0, MAX_IDENTITY_NAME - 9)}-${hash}`;
}
