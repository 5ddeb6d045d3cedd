import type { Places } from "../planning/azure/places";
import { type Grant, READER, ROLE_NAMES } from "../trust/roles";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
const MANAGED_IDENTITY_CONTRIBUTOR = "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59";
const ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

/** A role at one scope. */
export interface ScopedGrant extends Grant {
  /** ARM resource ID. */
  readonly scope: string;
}

/** What a preview reads: the registry, the signing account, and the identities. */
export function previewGrants(places: Places): ScopedGrant[] {
  return [
    { key: "reads-registry", scope: places.registry, role: READER },
    { key: "reads-signing", scope: places.account, role: READER },
    { key: "reads-identities", scope: places.identities, role: READER },
    ...places.existing.map((scope, index) => {
      return { key: `reads-identity-${index + 1}`, scope, role: READER };
    }),
  ];
}

/** What a deployment needs: the same, identities, and the right to assign the stack's own roles. */
export function deployGrants(places: Places): ScopedGrant[] {
  const role = ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR;
  const limited = {
    condition: delegation(Object.keys(ROLE_NAMES)),
    conditionVersion: "2.0",
  } as const;
  return [
    ...previewGrants(places),
    { key: "makes-identities", scope: places.identities, role: MANAGED_IDENTITY_CONTRIBUTOR },
    ...places.existing.map((scope, index) => {
      return { key: `writes-identity-${index + 1}`, scope, role: MANAGED_IDENTITY_CONTRIBUTOR };
    }),
    { key: "assigns-registry", scope: places.registry, role, ...limited },
    { key: "assigns-profile", scope: places.profile, role, ...limited },
  ];
}

const ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";

/**
 * The condition that lets somebody assign only some roles, and only to service principals. Source:
 * https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
 */
function delegation(roles: readonly string[]): string {
  const only = (action: "write" | "delete", of: "Request" | "Resource") =>
    [
      `((!(ActionMatches{'${ASSIGNMENTS}/${action}'}))`,
      `OR (@${of}[${ASSIGNMENTS}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles.join(", ")}}`,
      `AND @${of}[${ASSIGNMENTS}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))`,
    ].join(" ");
  return `(${only("write", "Request")} AND ${only("delete", "Resource")})`;
}
