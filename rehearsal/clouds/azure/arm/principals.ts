import { principals } from "../principals";
import type { AzureState } from "../state";
import { Refusal } from "./refusal";

const KIND = "ServicePrincipal";

/**
 * Azure looks a principal up, unless the assignment says that it is a service principal. A new
 * principal is not replicated yet, so that Azure does not find it:
 * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
 */
export function principalMustExist(azure: AzureState, principal: string, type: unknown): void {
  const exists = principals(azure).some((it) => it.principalId === principal);
  // That Azure refuses an unknown principal whose type is given is unverified (u).
  const found = exists && (type === KIND || azure.replicated.has(principal));
  if (!found) {
    // https://github.com/Azure/HubAndSpokeResearchEnclave/issues/50
    throw new Refusal(
      400,
      "PrincipalNotFound",
      `Principal ${principal.replaceAll("-", "")} does not exist in the directory ${azure.world.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  }
  if (type !== undefined && type !== KIND) {
    const message = `The PrincipalId '${principal}' has type '${KIND}', which is different from specified PrincipalType '${type}'.`;
    throw new Refusal(400, "UnmatchedPrincipalType", message); // (u)
  }
}
