import type { ArmAnswer } from "../clients/arm";
import { type Check, missing, ok, unknown } from "./checks";
import type { WantedRight } from "./needs";

/** Actions that a login is allowed, as ARM lists them: without conditions and deny assignments. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** A role assignment of the login at a scope, also through a group. */
export interface OwnAssignment {
  readonly properties: { readonly condition?: string | null };
}

/** What ARM says about the login at one scope. */
export interface ScopeFacts {
  readonly permissions: ArmAnswer<readonly Permission[]>;
  readonly assignments: ArmAnswer<readonly OwnAssignment[]>;
  readonly denials: ArmAnswer<readonly unknown[]>;
  /** Roles that the login can activate in Privileged Identity Management. */
  readonly eligible: ArmAnswer<readonly unknown[]>;
}

/**
 * Whether the login has a right. Names of roles are not asked for, because a role can be inactive,
 * conditioned, or denied: https://github.com/Azure/azure-dev/issues/7569
 *
 * @param principal object ID of the login.
 */
export function rightCheck(
  { name, scope, actions, role }: WantedRight,
  facts: ScopeFacts,
  principal: string,
): Check {
  const { permissions, assignments, denials, eligible } = facts;
  const grant = {
    command: `az role assignment create --role "${role}" --assignee ${principal} --scope ${scope}`,
  };
  if (permissions.status !== "found") return unknown(name, said(permissions));
  const lacking = actions.filter((action) => !isAllowed(permissions.value, action));
  if (lacking.length > 0) {
    const isEligible = eligible.status === "found" && eligible.value.length > 0;
    const activate =
      "Activate your eligible role in Privileged Identity Management (Azure portal), or assign a role.";
    const fix = isEligible ? { fix: activate, ...grant } : grant;
    return missing(name, `not allowed: ${lacking.join(", ")}`, fix);
  }
  if (denials.status !== "found") return unknown(name, `deny assignments: ${said(denials)}`);
  if (denials.value.length > 0) {
    const portal = "Look at the deny assignments of the scope (Azure portal, Access control).";
    return unknown(name, "allowed, but a deny assignment concerns you", portal);
  }
  if (assignments.status !== "found") return unknown(name, `conditions: ${said(assignments)}`);
  if (assignments.value.some(({ properties }) => properties.condition)) {
    const found = "allowed, but one of your role assignments has a condition";
    return unknown(
      name,
      found,
      "This command does not evaluate conditions. Azure decides at `pulumi up`.",
    );
  }
  return ok(name, "allowed");
}

function said(answer: ArmAnswer<unknown>): string {
  return ("said" in answer && answer.said) || "not there";
}

/** Whether one of the permissions allows an action and does not take it away again. */
function isAllowed(permissions: readonly Permission[], action: string): boolean {
  const isIn = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return permissions.some(({ actions, notActions }) => isIn(actions) && !isIn(notActions));
}

/** `*` matches everything: https://learn.microsoft.com/azure/role-based-access-control/role-definitions */
function matches(pattern: string, action: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  if (!action.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next = isLast ? action.length - part.length : action.indexOf(part, at);
    if (next < at || !action.startsWith(part, next)) return false;
    at = next + part.length;
  }
  return rest.length > 0 || action.length === start.length;
}
