import { principals } from "../azure/principals";
import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import type { CloudFunction } from "../table";
import type { Properties } from "../wire";
import { diagnostic } from "./graph";

const APPLICATION = "azuread:index/getApplication:getApplication";
const PRINCIPAL = "azuread:index/getServicePrincipal:getServicePrincipal";

/**
 * Functions that the program reads Entra with. Words:
 * hashicorp/terraform-provider-azuread@f0169e0e, internal/services/applications and
 * internal/services/serviceprincipals.
 */
export function entraFunctions(azure: AzureState): CloudFunction[] {
  return [
    { token: APPLICATION, call: (args) => found(azure, args) },
    { token: PRINCIPAL, call: (args) => servicePrincipal(azure, args) },
  ];
}

/** The outer form is unverified (u). */
function refused(token: string, text: string): Error {
  return new Error(`invoking ${token}: ${diagnostic(text)}`);
}

function found(azure: AzureState, args: Properties): Properties {
  const { id, objectId, clientId, displayName, owners } = application(azure, args);
  return { id, objectId, clientId, displayName, owners };
}

function application(azure: AzureState, args: Properties): Application {
  const [key, value] = onlyKey(args, ["objectId", "clientId", "displayName"]);
  const all = [...azure.applications.values()];
  const refuse = (text: string) => refused(APPLICATION, text);
  if (key === "objectId") {
    const it = all.find(({ objectId }) => sameId(objectId, value));
    if (!it) throw refuse(`Application with object ID "${value}" was not found`);
    return it;
  }
  const filter = `"${key === "clientId" ? "appId" : key} eq '${value}'"`;
  // The provider does not escape a name in its filter. What Graph then says is unverified (u).
  if (value.includes("'")) {
    const cause = `unexpected status 400 (400 Bad Request) with error: Request_UnsupportedQuery: Invalid filter clause: There is an unterminated literal in the filter.`;
    throw refuse(`Listing applications for filter ${filter}: ${cause}`);
  }
  const [it, another] = all.filter((one) => sameId(one[key], value));
  if (!it) {
    throw refuse(`Application not found: no applications found matching filter: ${filter}`);
  }
  if (another) {
    // The provider writes it like this.
    const cause = `dound multiple applications matching filter: ${filter}`;
    throw refuse(`Multiple applications found: ${cause}`);
  }
  return it;
}

/** Managed identities have service principals too. */
function servicePrincipal(azure: AzureState, args: Properties): Properties {
  const [key, value] = onlyKey(args, ["objectId", "clientId", "displayName"]);
  const refuse = (text: string) => refused(PRINCIPAL, text);
  const [it, another] = principals(azure)
    .filter(({ principalId }) => principalId !== undefined)
    .filter(({ clientId, principalId = "", name }) => {
      return sameId({ objectId: principalId, clientId, displayName: name }[key], value);
    });
  const filter = `"displayName eq '${value.replaceAll("'", "''")}'"`;
  if (another) {
    const cause = `found multiple service principals matching filter: ${filter}`;
    throw refuse(`Multiple service principals found: ${cause}`);
  }
  if (!it) {
    const none = {
      clientId: "No service principal found: no service principal found",
      displayName: `Service principal not found: no service principals found matching filter: ${filter}`,
      objectId: `Service Principal (Service Principal: "${value}") was not found`,
    };
    throw refuse(none[key]);
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
