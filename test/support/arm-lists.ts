import { sameId } from "../../rehearsal/clouds/azure/state";
import { groupsOf } from "../../rehearsal/clouds/azure/subscriptions";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import type { CloudAnswer, CloudHandler } from "./http-clouds";

/** What a test says about the account that asks. */
export interface Login {
  /** Actions that it is allowed at a scope. Default: everything, as an Owner. */
  readonly actions?: (scope: string) => readonly string[];
  /** Condition of its role assignments at a scope. Default: none. */
  readonly condition?: (scope: string) => string | undefined;
  readonly eligible?: readonly object[];
  readonly denials?: readonly object[];
  /** Namespaces that are not registered. */
  readonly unregistered?: readonly string[];
}

const AUTHORIZATION = /^\/(.+)\/providers\/Microsoft\.Authorization\/(\w+)$/i;

/**
 * Lists of Azure Resource Manager, over the state of the embedded Azure. Sources:
 * https://learn.microsoft.com/rest/api/authorization, https://learn.microsoft.com/rest/api/resources
 * and https://learn.microsoft.com/rest/api/managedidentity
 */
export function armLists(clouds: () => Clouds, login: Login = {}): CloudHandler {
  return ({ method, path, query, token }) => {
    if (method !== "GET" || !query.has("api-version")) return undefined;
    if (token !== "token-of-the-login") {
      return { status: 401, body: { error: { code: "InvalidAuthenticationToken", message: "" } } };
    }
    const at = `/${path}`;
    const [, namespace] = /^\/subscriptions\/[^/]+\/providers\/([^/]+)$/.exec(at) ?? [];
    if (namespace) {
      const isThere = !login.unregistered?.includes(namespace);
      return found({ namespace, registrationState: isThere ? "Registered" : "NotRegistered" });
    }
    const [, scope = "", list = ""] = AUTHORIZATION.exec(at) ?? [];
    if (scope) return authorization(clouds(), login, `/${scope}`, list, query.get("$filter") ?? "");
    return identities(clouds(), at);
  };
}

function authorization(
  { azure }: Clouds,
  login: Login,
  scope: string,
  list: string,
  filter: string,
): CloudAnswer | undefined {
  const [, principal] = /^principalId eq '(.+)'$/.exec(filter) ?? [];
  if (list === "permissions") {
    const actions = login.actions?.(scope) ?? ["*"];
    return found({ value: [{ actions, notActions: [] }] });
  }
  if (list === "denyAssignments") return found({ value: login.denials ?? [] });
  if (list === "roleEligibilityScheduleInstances") return found({ value: login.eligible ?? [] });
  if (list !== "roleAssignments") return undefined;
  if (!principal) {
    return found({ value: [{ properties: { condition: login.condition?.(scope) ?? null } }] });
  }
  // A list at a scope has the assignments above, at, and below it.
  const assignments = [...azure.assignments.values()].filter(
    (it) =>
      it.principalId === principal &&
      (it.scope.toLowerCase().startsWith(scope.toLowerCase()) ||
        scope.toLowerCase().startsWith(it.scope.toLowerCase())),
  );
  return found({
    value: assignments.map(({ id, scope, principalId, roleGuid, condition }) => ({
      id,
      name: id.split("/").at(-1),
      properties: {
        scope,
        principalId,
        condition: condition ?? null,
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`,
      },
    })),
  });
}

const IDENTITIES = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

function identities({ azure }: Clouds, at: string): CloudAnswer | undefined {
  const [group, name] = at.split(IDENTITIES);
  if (group === at) return undefined;
  const all = [...azure.identities.values()];
  if (!name) {
    const [, , subscription = "", , groupName = ""] = (group ?? "").split("/");
    if (!groupsOf(azure.world, subscription).some((it) => sameId(it, groupName))) return undefined;
    const inside = all.filter(({ id }) => id.toLowerCase().startsWith(`${group?.toLowerCase()}/`));
    return found({
      value: inside.map(({ id, name, location, clientId, principalId }) => ({
        id,
        name,
        location,
        properties: { clientId, principalId },
      })),
    });
  }
  const [, identity = "", rest] = name.split("/");
  if (rest !== "federatedIdentityCredentials") return undefined;
  const credentials = azure.credentialsOf(`${group}${IDENTITIES}/${identity}`);
  return found({
    value: credentials.map(({ id, name, issuer, subject, audience }) => ({
      id,
      name,
      properties: { issuer, subject, audiences: [audience] },
    })),
  });
}

function found(body: object): CloudAnswer {
  return { status: 200, body };
}
