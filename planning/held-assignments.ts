import type { StateResource } from "../snapshot";
import type { HeldAssignments } from "../trust/held-assignments";

const ASSIGNMENT = "azure-native:authorization:RoleAssignment";

/**
 * The role assignments of the state. They keep their names and the spelling of their scopes, because
 * Azure spells the same scope in different cases, and another name would replace the assignment.
 */
export function heldAssignments(resources: readonly StateResource[]): HeldAssignments {
  const held = resources.filter(({ type }) => type === ASSIGNMENT);
  return Object.fromEntries(
    held.map(({ name, outputs }) => {
      const { name: guid, scope, principalId } = outputs;
      return [name, { name: String(guid), scope: String(scope), principalId: String(principalId) }];
    }),
  );
}
