import { v5 as uuidv5 } from "uuid";

/** The namespace of ARM's `guid()` template function (azure.md, 3). */
const ARM_NAMESPACE = "11fb06fb-712d-4ddd-98c7-e71bbd588830";

/** What ARM's and Bicep's `guid(a, b, …)` return for the same parts. */
export function armGuid(...parts: readonly string[]): string {
  return uuidv5(parts.join("-"), ARM_NAMESPACE);
}

/**
 * The name of a role assignment. It holds the principal, so that an identity made anew gets new
 * assignments, and the role, because a role cannot be changed in place (azure.md, 3).
 */
export function assignmentName(scope: string, principalId: string, roleGuid: string): string {
  return armGuid(scope, principalId, roleGuid);
}

/** Azure: the longest name of a managed identity (azure.md, 4). */
const MAX_IDENTITY_NAME = 128;

/** Fixed for a pipeline of a stack; one too long keeps apart from others by a hash. */
export function managedIdentityName(project: string, stack: string, pipeline: string): string {
  const name = `${project}-${stack}-${pipeline}`.replace(/[^A-Za-z0-9_-]/g, "-");
  if (name.length <= MAX_IDENTITY_NAME) return name;
  const hash = armGuid(project, stack, pipeline).slice(0, 8);
  return `${name.slice(0, MAX_IDENTITY_NAME - 9)}-${hash}`;
}
