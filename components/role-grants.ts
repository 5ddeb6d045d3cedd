import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { assignmentName } from "../trust/names";
import { type Grant, roleDefinitionId } from "../trust/roles";

/** Who gets which roles, and where. */
export interface RoleGrantsArgs {
  /** Resource id that the grants are confined to. */
  readonly scope: pulumi.Input<string>;
  /** Object id of the identity that gets them. */
  readonly principalId: pulumi.Input<string>;
  /** A role each, with its condition where it has one. */
  readonly grants: readonly Grant[];
  /** What must be there before. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
}

/** One role assignment for each grant, named as ARM's `guid()` would. */
export function roleGrants(
  name: string,
  { scope, principalId, grants, after = [] }: RoleGrantsArgs,
  parent: pulumi.Resource,
): RoleAssignment[] {
  return grants.map(
    ({ key, role, condition, conditionVersion }) =>
      new RoleAssignment(
        `${name}-${key}`,
        {
          scope,
          principalId,
          // Spares Azure the look-up of a principal that may not be replicated yet.
          principalType: "ServicePrincipal",
          roleDefinitionId: pulumi
            .output(scope)
            .apply((id) => roleDefinitionId(subscriptionOf(id), role)),
          roleAssignmentName: pulumi
            .all([scope, principalId])
            .apply(([id, principal]) => assignmentName(id, principal, role.guid)),
          condition,
          conditionVersion,
        },
        { parent, deleteBeforeReplace: true, dependsOn: [...after] },
      ),
  );
}

function subscriptionOf(scope: string): string {
  const subscription = /^\/subscriptions\/([^/]+)\//.exec(scope)?.[1];
  if (!subscription) throw new Error(`not a resource id: ${scope}`);
  return subscription;
}
