import { principals } from "../azure/principals";
import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import type { CloudFunction } from "../table";
import type { Properties } from "../wire";

/**
 * Functions that the program reads Entra with. The error texts are from
 * https://github.com/hashicorp/terraform-provider-azuread.
 */
export function entraFunctions(azure: AzureState): CloudFunction[] {
  return [
    { token: "azuread:index/getApplication:getApplication", call: (args) => found(azure, args) },
    {
      token: "azuread:index/getServicePrincipal:getServicePrincipal",
      call: (args) => servicePrincipal(azure, args),
    },
  ];
}

function found(azure: AzureState, args: Properties): Properties {
  const { id, objectId, clientId, displayName, owners } = application(azure, args);
  return { id, objectId, clientId, displayName, owners };
}

function application(azure: AzureState, args: Properties): Application {
  const [key, value] = onlyKey(args, ["objectId", "clientId", "displayName"]);
  const matching = [...azure.applications.values()].filter((it) => sameId(it[key], value));
  if (key === "objectId") {
    const [it] = matching;
    if (!it) throw new Error(`Application with object ID "${value}" was not found`);
    return it;
  }
  const filter = `${key === "clientId" ? "appId" : key} eq '${value}'`;
  const [it, another] = matching;
  if (!it) throw new Error(`No applications found matching filter: "${filter}"`);
  if (another) throw new Error(`Found multiple applications matching filter: "${filter}"`);
  return it;
}

/** Managed identities have service principals too. */
function servicePrincipal(azure: AzureState, args: Properties): Properties {
  const [key, value] = onlyKey(args, ["objectId", "clientId"]);
  const it = principals(azure).find(({ clientId, principalId }) =>
    sameId((key === "clientId" ? clientId : principalId) ?? "", value),
  );
  if (!it?.principalId) {
    throw new Error(
      key === "clientId"
        ? `No service principal found for client ID: "${value}"`
        : `Service principal with object ID "${value}" was not found`,
    );
  }
  const { principalId: objectId, clientId, name: displayName } = it;
  return { id: `/servicePrincipals/${objectId}`, objectId, clientId, displayName };
}

/** The only argument. The provider requires exactly one. */
function onlyKey<K extends string>(args: Properties, keys: readonly K[]): [K, string] {
  const given = Object.keys(args).filter((key) => args[key] !== undefined);
  const key = keys.find((it) => given.includes(it));
  if (!key || given.length > 1) throw new Error(`exactly one of ${keys.join(", ")} must be given`);
  return [key, args[key] as string];
}
