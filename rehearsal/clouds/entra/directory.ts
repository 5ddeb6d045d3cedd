import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import { UNKNOWN, type Value } from "../wire";
import { GraphRefusal } from "./graph";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws the error of Microsoft Graph if the application does not exist. */
export function applicationById(azure: AzureState, id: string): Application {
  const found = [...azure.applications.values()].find((it) => sameId(it.id, id));
  if (!found) throw missing(id.replace("/applications/", ""));
  return found;
}

export function applicationByClientId(azure: AzureState, clientId: string) {
  return [...azure.applications.values()].find((it) => sameId(it.clientId, clientId));
}

/** (u) Graph's answer for an object that does not exist. */
export function missing(what: string): GraphRefusal {
  return new GraphRefusal(
    404,
    "Request_ResourceNotFound",
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** What the provider reports at preview about a value that must be a GUID. */
export function guidFault(property: string, value: Value): string | undefined {
  if (value === UNKNOWN || GUID.test(value as string)) return undefined;
  return `expected "${property}" to be a valid UUID, got ${value}`;
}

/** What the provider reports at preview about the id of an application. */
export function applicationIdFault(value: Value): string | undefined {
  const [, objectId] = /^\/applications\/([^/]+)$/.exec(value as string) ?? [];
  if (value === UNKNOWN || GUID.test(objectId ?? "")) return undefined;
  return `expected "applicationId" to be /applications/<objectId>, got ${value}`;
}
