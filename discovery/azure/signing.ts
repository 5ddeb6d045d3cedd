import { getCertificateProfile, getCodeSigningAccount } from "@pulumi/azure-native/codesigning";
import type { StackConfiguration } from "../../configuration/schema";
import type { Answer, ProfileAnswer } from "../../snapshot";
import { answerOf } from "./answers";
import { newest } from "./certificates";
import type { AzureProviders } from "./providers";

export async function discoverAccount({ signing }: StackConfiguration, providers: AzureProviders) {
  const { resourceGroup: resourceGroupName, account: accountName } = signing;
  const reading = getCodeSigningAccount(
    { resourceGroupName, accountName },
    providers(signing.subscription),
  );
  return answerOf(reading.then(({ name, accountUri }) => ({ name, endpoint: accountUri })));
}

export function discoverProfile(
  { signing }: StackConfiguration,
  providers: AzureProviders,
): Promise<Answer<ProfileAnswer>> {
  const { resourceGroup: resourceGroupName, account: accountName, profile: profileName } = signing;
  const reading = getCertificateProfile(
    { resourceGroupName, accountName, profileName },
    providers(signing.subscription),
  );
  return answerOf(
    reading.then(({ id, name, status, profileType: type, certificates }) => ({
      id,
      name,
      status,
      type,
      subject: newest(certificates ?? [])?.subjectName,
    })),
  );
}
