import { isRoleAssignment } from "./resource-types";
import { assignedRole, type Place } from "./roles";
import type { ResourceRule } from "./rule";

const NAME = "[^/]+";
const GROUP = `^/subscriptions/${NAME}/resourceGroups/${NAME}/providers`;
const ACCOUNT = `${GROUP}/Microsoft\\.CodeSigning/codeSigningAccounts/${NAME}`;

/** The scopes that are not wider than one such place. Azure ignores case in resource ids. */
const SCOPES: Readonly<Record<Place, RegExp>> = {
  registry: new RegExp(`${GROUP}/Microsoft\\.ContainerRegistry/registries/${NAME}`, "i"),
  "certificate profile": new RegExp(`${ACCOUNT}/certificateProfiles/${NAME}`, "i"),
  "signing account": new RegExp(ACCOUNT, "i"),
};

/**
 * Roles reach everything in their scope, and all that is added to it later.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/best-practices
 */
export const narrowRoles: ResourceRule = {
  name: "narrow-roles",
  description:
    "A role that pushes, pulls, or signs images is assigned on one registry or one certificate profile.",
  isAbout: isRoleAssignment,
  check: (assignment) => {
    const { scope } = assignment;
    const role = assignedRole(assignment);
    if (!role || typeof scope !== "string") return [];
    const { name, place } = role;
    if (place) {
      if (SCOPES[place].test(scope)) return [];
      return [
        `The role ${name} is assigned on ${scope}, which is wider than one ${place}. ` +
          `Fix: use the resource ID of the ${place} as the scope.`,
      ];
    }
    // On a wider scope, these roles concern more than images, and other rules must judge them.
    if (!Object.values(SCOPES).some((it) => it.test(scope))) return [];
    return [
      `The role ${name} on ${scope} also manages this resource. ` +
        "Fix: assign a role that only pushes, pulls, or signs.",
    ];
  },
};

const REPOSITORY = "Microsoft.ContainerRegistry/registries/repositories:name";

/**
 * Without a condition, a repository role reaches all images of the registry.
 * Source: https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export const conditionedRoles: ResourceRule = {
  name: "conditioned-roles",
  description: "A repository role has a condition that limits it to some images of the registry.",
  isAbout: isRoleAssignment,
  check: (assignment) => {
    const role = assignedRole(assignment);
    if (!role?.needsCondition) return [];
    const { condition, conditionVersion } = assignment;
    const fix = `Fix: add a condition on \`${REPOSITORY}\`, with the version 2.0.`;
    if (!condition) return [`The role ${role.name} has no condition. ${fix}`];
    if (typeof condition !== "string") return [];
    if (!condition.toLowerCase().includes(REPOSITORY.toLowerCase())) {
      return [`The condition of the role ${role.name} names no images: ${condition}. ${fix}`];
    }
    if (typeof conditionVersion === "symbol" || conditionVersion === "2.0") return [];
    const given = conditionVersion ? `the version ${conditionVersion}` : "no version";
    return [`The condition of the role ${role.name} has ${given}. Fix: set the version 2.0.`];
  },
};
