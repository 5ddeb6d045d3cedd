import { parseCondition, wildcard } from "../clouds/azure/condition-language";
import { BUILT_IN_ROLES } from "../clouds/azure/roles";
import { type AzureState, sameId } from "../clouds/azure/state";

export interface Verdict {
  readonly allowed: boolean;
  /** The role assignment that allows it, or that none does. */
  readonly because: string;
}

/** One operation on one resource. */
export interface Operation {
  readonly scope: string;
  readonly action?: string;
  readonly dataAction?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Whether a role assignment of the principal allows the operation. Conditions are evaluated. */
export function judge(azure: AzureState, principalId: string, operation: Operation): Verdict {
  // In one order, so that the same stack has the same report.
  const assignments = [...azure.assignments.values()]
    .filter((it) => it.principalId === principalId && covers(it.scope, operation.scope))
    .sort((one, other) => one.roleGuid.localeCompare(other.roleGuid));
  for (const { scope, roleGuid, condition } of assignments) {
    const role = BUILT_IN_ROLES[roleGuid];
    const granted =
      (operation.action &&
        role?.actions.some((it) => wildcard(it).test(operation.action as string))) ||
      (operation.dataAction &&
        role?.dataActions.some((it) => wildcard(it).test(operation.dataAction as string)));
    if (!role || !granted) continue;
    const { action = "", dataAction = action, attributes = {} } = operation;
    if (condition && !parseCondition(condition)({ dataAction, attributes })) continue;
    const where = scope.split("/").slice(-2).join("/");
    return {
      allowed: true,
      because: `${role.name} on ${where}${condition ? ", conditioned" : ""}`,
    };
  }
  return { allowed: false, because: "no role assignment allows it" };
}

/** Whether all operations are allowed. The first one that is not allowed decides. */
export function judgeAll(
  azure: AzureState,
  principalId: string,
  operations: readonly Operation[],
): Verdict {
  const verdicts = operations.map((operation) => judge(azure, principalId, operation));
  return verdicts.find(({ allowed }) => !allowed) ?? (verdicts[0] as Verdict);
}

const REGISTRY = "Microsoft.ContainerRegistry/registries";

/**
 * The operations of a pull or a push, by the mode of the registry.
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export function registryOperations(
  azure: AzureState,
  registry: AzureState["world"]["registries"][number],
  act: "pull" | "push",
  repository: string,
): Operation[] {
  const scope = azure.registryId(registry);
  if (registry.mode === "rbac") {
    return [{ scope, action: act === "pull" ? `${REGISTRY}/pull/read` : `${REGISTRY}/push/write` }];
  }
  const access = act === "pull" ? "read" : "write";
  const attributes = { [`${REGISTRY}/repositories:name`]: repository };
  return ["content", "metadata"].map((part) => ({
    scope,
    dataAction: `${REGISTRY}/repositories/${part}/${access}`,
    attributes,
  }));
}

function covers(scope: string, target: string): boolean {
  return sameId(scope, target) || target.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}
