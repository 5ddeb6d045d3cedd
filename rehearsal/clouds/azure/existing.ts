import type { World } from "../../world/world";
import { GITHUB_ISSUER } from "./credential-rules";
import type { Application, Credential, Identity, ServicePrincipal } from "./model";

/** The part of Azure's state that this module adds to. */
interface Azure {
  readonly world: World["azure"];
  readonly audience: string;
  readonly credentials: Map<string, Credential>;
  addIdentity(
    resourceGroup: string,
    name: string,
    location: string,
    subscription?: string,
  ): Identity;
  addApplication(displayName: string, clientId?: string): Application;
  addServicePrincipal(application: Application): ServicePrincipal;
  guid(of: string): string;
}

/** Adds the identities and applications of the world, with their credentials. */
export function addExisting(azure: Azure): void {
  for (const { resourceGroup, name, subscription, credentials } of azure.world.identities) {
    const { id } = azure.addIdentity(resourceGroup, name, "westeurope", subscription);
    for (const credential of credentials) {
      add(azure, `${id}/federatedIdentityCredentials/${credential.name}`, id, credential);
    }
  }
  for (const wanted of azure.world.applications) {
    const application = azure.addApplication(wanted.displayName, wanted.clientId);
    if (wanted.servicePrincipal) azure.addServicePrincipal(application);
    for (const credential of wanted.credentials) {
      const { id, objectId } = application;
      const credentialId = azure.guid(`${id}/${credential.name}`);
      const own = `${objectId}/federatedIdentityCredential/${credentialId}`;
      add(azure, own, id, credential);
    }
  }
}

function add(
  azure: Azure,
  id: string,
  identityId: string,
  { name, subject }: Pick<Credential, "name" | "subject">,
): void {
  const { audience } = azure;
  const it = { id, identityId, name, subject, issuer: GITHUB_ISSUER, audience };
  azure.credentials.set(id.toLowerCase(), it);
}
