import { getUserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { getApplication } from "@pulumi/azuread/getApplication";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal";
import type { StackConfiguration } from "../../configuration/schema";
import type { Answer, Application, AzureSnapshot, ManagedIdentity, Snapshot } from "../../snapshot";
import { managedIdentityName } from "../../trust/names";
import { CLUSTER, identityName, verifierName } from "../../trust/resource-names";
import { answerOf } from "./answers";
import type { AzureProviders, ProviderOption } from "./providers";

const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const APPLICATION = "azuread:index/applicationRegistration:ApplicationRegistration";

/** azuread's words where several applications have one display name. */
const SEVERAL = /multiple applications/i;

/** The identities that pipelines use, and those that already have the name of one to be created. */
export async function discoverIdentities(
  configuration: StackConfiguration,
  stack: Snapshot["stack"],
  { resources }: Snapshot["state"],
  providers: AzureProviders,
): Promise<Pick<AzureSnapshot, "identities" | "applications">> {
  const isHeld = (type: string, name: string) =>
    resources.some((it) => it.type === type && it.name === name);
  const azureName = (owner: string) => managedIdentityName(stack.project, stack.name, owner);
  const identities = new Map<string, Promise<Answer<ManagedIdentity>>>();
  const applications = new Map<string, Promise<Answer<Application>>>();
  const { resourceGroup, subscription } = configuration.identity;
  const readCreated = (of: string) => {
    if (identities.has(of) || isHeld(IDENTITY, identityName(of, "identity"))) return;
    identities.set(of, managedIdentity(resourceGroup, azureName(of), providers(subscription)));
  };
  if (configuration.cluster?.issuer) readCreated(CLUSTER);
  for (const [pipeline, { identity, verify }] of Object.entries(configuration.pipelines)) {
    if (verify) readCreated(verifierName(pipeline));
    if (identity.kind === "existing") {
      const option = providers(identity.subscription);
      identities.set(pipeline, managedIdentity(identity.resourceGroup, identity.name, option));
    } else if (identity.kind === "existingApplication") {
      applications.set(pipeline, existingApplication(identity.clientId));
    } else if (identity.kind === "application") {
      const name = identityName(identityName(pipeline, "application"), "application");
      if (isHeld(APPLICATION, name)) continue;
      applications.set(pipeline, applicationNamed(identity.displayName ?? azureName(pipeline)));
    } else {
      readCreated(identity.kind === "shared" ? identity.name : pipeline);
    }
  }
  const [managed, registered] = await Promise.all([settled(identities), settled(applications)]);
  return { identities: managed, applications: registered };
}

async function settled<T>(reads: ReadonlyMap<string, Promise<T>>): Promise<Record<string, T>> {
  const found = [...reads].map(async ([key, read]) => [key, await read] as const);
  return Object.fromEntries(await Promise.all(found));
}

function managedIdentity(
  resourceGroupName: string,
  resourceName: string,
  option: ProviderOption,
): Promise<Answer<ManagedIdentity>> {
  const reading = getUserAssignedIdentity({ resourceGroupName, resourceName }, option);
  return answerOf(
    reading.then(({ id, name, clientId, principalId }) => ({ id, name, clientId, principalId })),
  );
}

async function existingApplication(clientId: string): Promise<Answer<Application>> {
  const [application, principal] = await Promise.all([
    answerOf(getApplication({ clientId })),
    answerOf(getServicePrincipal({ clientId }).then(({ objectId }) => objectId)),
  ]);
  if (application.status !== "found") return application;
  return { status: "found", value: { objectId: application.value.objectId, principal } };
}

function applicationNamed(displayName: string): Promise<Answer<Application>> {
  // The provider puts the name between quotes as it is.
  const reading = getApplication({ displayName: displayName.replaceAll("'", "''") }).then(
    ({ objectId }): Application => ({ objectId }),
    (failure): Application => {
      if (SEVERAL.test(String(failure))) return {};
      throw failure;
    },
  );
  return answerOf(reading);
}
