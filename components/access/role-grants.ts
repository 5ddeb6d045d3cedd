import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { HeldAssignments } from "../../trust/held-assignments";
import { assignmentName } from "../../trust/names";
import { grantName } from "../../trust/resource-names";
import { type Grant, roleDefinitionId } from "../../trust/roles";
import type { Ordered } from "../ordered";

/** Who gets which roles, and where. */
export interface RoleGrantsArgs extends Ordered {
  /** Resource id that the grants are confined to. */
  readonly scope: pulumi.Input<string>;
  /** Object id of the identity that gets them. */
  readonly principalId: pulumi.Input<string>;
  /** One role each, with its condition where it has one. */
  readonly grants: readonly Grant[];
  /** Replaces the assignments when it changes. Default: it never does. */
  readonly generation?: string;
  /** Assignments that the state holds. They keep their names. Default: none. */
  readonly held?: HeldAssignments;
}

/** One role assignment for each grant, named by ARM's `guid()`, or as the state has it. */
export function roleGrants(
  name: string,
  { scope, principalId, grants, generation, held = {}, after = [] }: RoleGrantsArgs,
  parent: pulumi.Resource,
): RoleAssignment[] {
  const place = pulumi.output(scope);
  const assigned = pulumi.all([scope, principalId]);
  return grants.map(({ key, role, condition, conditionVersion }) => {
    const resource = grantName(name, key);
    const known = held[resource];
    const isSame = (id: string) => known?.scope.toLowerCase() === id.toLowerCase();
    const isHeld = typeof scope === "string" && isSame(scope);
    return new RoleAssignment(
      resource,
      {
        scope,
        principalId,
        // Spares Azure the look-up of a principal that may not be replicated yet.
        principalType: "ServicePrincipal",
        roleDefinitionId: place.apply((id) => roleDefinitionId(subscriptionOf(id), role)),
        roleAssignmentName: assigned.apply(([id, who]) =>
          known && isSame(id) && known.principalId === who
            ? known.name
            : assignmentName(id, who, role),
        ),
        condition,
        conditionVersion,
      },
      {
        parent,
        deleteBeforeReplace: true,
        dependsOn: [...after],
        ...(generation !== undefined && { replacementTrigger: generation }),
        // Azure and users spell one scope in different cases, and a change would replace it.
        ignoreChanges: isHeld ? ["scope"] : [],
      },
    );
  });
}

function subscriptionOf(scope: string): string {
  const subscription = /^\/subscriptions\/([^/]+)\//.exec(scope)?.[1];
  if (!subscription) throw new Error(`not a resource id: ${scope}`);
  return subscription;
}
