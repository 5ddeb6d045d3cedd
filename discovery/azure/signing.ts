import { getCertificateProfile, getCodeSigningAccount } from "@pulumi/azure-native/codesigning";
import { getResource } from "@pulumi/azure-native/resources";
import type { StackConfiguration } from "../../configuration/schema";
import type { Answer, AzureSnapshot, ProfileAnswer } from "../../snapshot";
import { answerOf } from "./answers";

/** Its registries have `roleAssignmentMode`; the version that azure-native uses lacks it. */
const API_VERSION = "2025-11-01";

export function discoverRegistry({
  registry: { resourceGroup: resourceGroupName, name: resourceName },
}: StackConfiguration): Promise<AzureSnapshot["registry"]> {
  const reading = getResource({
    apiVersion: API_VERSION,
    resourceGroupName,
    resourceProviderNamespace: "Microsoft.ContainerRegistry",
    parentResourcePath: "",
    resourceType: "registries",
    resourceName,
  });
  return answerOf(
    reading.then(({ id, name, properties }) => {
      const { loginServer, roleAssignmentMode } = properties;
      return { id, name, loginServer, roleAssignmentMode };
    }),
  );
}

export async function discoverAccount({ signing }: StackConfiguration) {
  const { resourceGroup: resourceGroupName, account: accountName } = signing;
  const reading = getCodeSigningAccount({ resourceGroupName, accountName });
  return answerOf(reading.then(({ name, accountUri }) => ({ name, endpoint: accountUri })));
}

export function discoverProfile({ signing }: StackConfiguration): Promise<Answer<ProfileAnswer>> {
  const { resourceGroup: resourceGroupName, account: accountName, profile: profileName } = signing;
  const reading = getCertificateProfile({ resourceGroupName, accountName, profileName });
  return answerOf(
    reading.then(({ id, name, status, profileType: type, certificates }) => ({
      id,
      name,
      status,
      type,
      subject: certificates.find((it) => it.status === "Active")?.subjectName,
    })),
  );
}
