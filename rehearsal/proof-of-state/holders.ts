import { z } from "zod";
import type { Application, AzureState, Identity } from "../clouds/azure/state";
import { sameId } from "../clouds/azure/state";
import { applicationByClientId } from "../clouds/entra/directory";
import type { StateResource } from "./deployment";

/** The identity that a credential belongs to. ARM's IDs are paths. */
export function holderOf(credentialId: string): string {
  return credentialId.split("/").slice(0, -2).join("/");
}

export function knownIdentity(azure: AzureState, id: string): Identity | undefined {
  return azure.identities.get(id.toLowerCase());
}

export function knownApplication(azure: AzureState, id: string): Application | undefined {
  return [...azure.applications.values()].find((it) => sameId(it.id, id));
}

const COMPONENT = "countersign:index:PipelineIdentity";
const principal = z.object({ clientId: z.string(), principalId: z.string() });
const exact = z.object({ applicationId: z.string() });

/**
 * Identities and applications that the stack did not make. They are not in its state. The component
 * that gives one its credentials has the IDs of it, and the credentials have its place.
 */
export function standHolders(azure: AzureState, resources: readonly StateResource[]): void {
  const components = new Map(
    resources.filter(({ type }) => type === COMPONENT).map((it) => [it.urn, it]),
  );
  for (const { type, id = "", parent = "", outputs } of resources) {
    const found = principal.safeParse(components.get(parent)?.outputs);
    if (!found.success) continue;
    const { clientId, principalId } = found.data;
    if (type === "azure-native:managedidentity:FederatedIdentityCredential") {
      const own = holderOf(id);
      const name = own.split("/").at(-1) ?? "";
      const identity = { id: own, name, resourceGroup: "", location: "", clientId, principalId };
      azure.identities.set(own.toLowerCase(), identity);
    }
    const held = exact.safeParse(outputs);
    if (held.success) standApplication(azure, held.data.applicationId, clientId, principalId);
  }
}

/** The world knows an application by its client id, and so gave it another object id. */
function standApplication(
  azure: AzureState,
  id: string,
  clientId: string,
  principalId: string,
): void {
  const before = applicationByClientId(azure, clientId);
  const objectId = id.replace(/^\/applications\//, "");
  if (before) azure.applications.delete(before.objectId);
  for (const [key, it] of azure.credentials) {
    if (before && sameId(it.identityId, before.id)) {
      azure.credentials.set(key, { ...it, identityId: id });
    }
  }
  azure.applications.set(objectId, {
    id,
    objectId,
    clientId,
    displayName: before?.displayName ?? clientId,
    owners: before?.owners ?? [],
    servicePrincipal: { id: `/servicePrincipals/${principalId}`, objectId: principalId },
  });
}
