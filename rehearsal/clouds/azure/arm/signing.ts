import { type AzureState, sameId } from "../state";
import { parentNotFound, resourceNotFound } from "./refusal";
import type { ArmType } from "./type";
import { SIGNING_VERSIONS } from "./versions";

const NAMESPACE = "Microsoft.CodeSigning";

/** Properties: Azure/azure-rest-api-specs, specification/codesigning, 2024-09-30-preview. */
export function codeSigningAccounts(azure: AzureState): ArmType {
  return {
    namespace: NAMESPACE,
    type: "codeSigningAccounts",
    versions: SIGNING_VERSIONS,
    find({ path }) {
      const it = accountAt(azure, path);
      return (
        it && {
          id: azure.accountId(it),
          name: it.name,
          type: `${NAMESPACE}/codeSigningAccounts`,
          location: it.location,
          properties: { accountUri: it.endpoint, provisioningState: "Succeeded" },
        }
      );
    },
  };
}

/** A profile that has issued no certificate has no `certificates`. */
export function certificateProfiles(azure: AzureState): ArmType {
  const parent = (path: string) => accountAt(azure, path.split("/").slice(0, -2).join("/"));
  return {
    namespace: NAMESPACE,
    type: "codeSigningAccounts/certificateProfiles",
    versions: SIGNING_VERSIONS,
    find({ path, names }) {
      const account = parent(path);
      const it = account?.profiles.find(({ name }) => sameId(name, names[1] ?? ""));
      if (!account || !it) return undefined;
      const { name, subject } = it;
      const certificates = [{ status: "Active", subjectName: subject }];
      return {
        id: azure.profileId(account, name),
        name,
        type: `${NAMESPACE}/codeSigningAccounts/certificateProfiles`,
        properties: {
          profileType: it.type,
          status: it.status,
          provisioningState: "Succeeded",
          identityValidationId: "00000000-0000-0000-0000-000000000000",
          ...(subject && { certificates }),
        },
      };
    },
    missing: (target) => (parent(target.path) ? resourceNotFound(target) : parentNotFound(target)),
  };
}

function accountAt(azure: AzureState, path: string) {
  return azure.world.signingAccounts.find((it) => sameId(azure.accountId(it), path));
}
