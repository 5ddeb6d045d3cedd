import { GITHUB_ISSUER } from "./credential-rules";
import type { Credential } from "./model";
import type { AzureState } from "./state";

/** Makes what somebody else made before: identities and applications, with their credentials. */
export function addExisting(azure: AzureState): void {
  for (const { resourceGroup, name, credentials } of azure.world.identities) {
    const { id } = azure.addIdentity(resourceGroup, name, "westeurope");
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
  azure: AzureState,
  id: string,
  identityId: string,
  { name, subject }: Pick<Credential, "name" | "subject">,
): void {
  const { audience } = azure;
  const it = { id, identityId, name, subject, issuer: GITHUB_ISSUER, audience };
  azure.credentials.set(id.toLowerCase(), it);
}
