import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { assignmentName } from "../trust/names";
import { grantName } from "../trust/resource-names";
import { type Grant, roleDefinitionId } from "../trust/roles";
import type { Ordered } from "./ordered";

/** Who gets which roles, and where. */
export interface RoleGrantsArgs extends Ordered {
  /** Resource id that the grants are confined to. */
  readonly scope: pulumi.Input<string>;
  /** Object id of the identity that gets them. */
  readonly principalId: pulumi.Input<string>;
  /** One role each, with its condition where it has one. */
  readonly grants: readonly Grant[];
}

/** One role assignment for each grant, named as ARM's `guid()` would name it. */
export function roleGrants(
  name: string,
  { scope, principalId, grants, after = [] }: RoleGrantsArgs,
  parent: pulumi.Resource,
): RoleAssignment[] {
  const place = pulumi.output(scope);
  const assigned = pulumi.all([scope, principalId]);
  return grants.map(
    ({ key, role, condition, conditionVersion }) =>
      new RoleAssignment(
        grantName(name, key),
        {
          scope,
          principalId,
          // Spares Azure the look-up of a principal that may not be replicated yet.
          principalType: "ServicePrincipal",
          roleDefinitionId: place.apply((id) => roleDefinitionId(subscriptionOf(id), role)),
          roleAssignmentName: assigned.apply(([id, who]) => assignmentName(id, who, role)),
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
