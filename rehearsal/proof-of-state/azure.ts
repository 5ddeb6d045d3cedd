import { z } from "zod";
import { parseCondition } from "../clouds/azure/condition-language";
import type { Credential } from "../clouds/azure/model";
import type { Clouds } from "../clouds/clouds";
import { applicationByClientId } from "../clouds/entra/directory";
import { parseExpression } from "../clouds/entra/expression";
import { holderOf, knownApplication, knownIdentity } from "./holders";
import { REFRESH, type Stand, standing, Unfit } from "./standing";

const text = z.string().min(1);

/** How each type of Azure and Entra stands in the clouds. Its outputs are those of the provider. */
export const AZURE: Readonly<Record<string, Stand>> = {
  "azure-native:managedidentity:UserAssignedIdentity": standing(
    z.object({ name: text, location: z.string(), clientId: text, principalId: text }),
    ({ azure }, outputs, id) => {
      azure.identities.set(id.toLowerCase(), { ...outputs, id, resourceGroup: "" });
    },
  ),
  "azure-native:managedidentity:FederatedIdentityCredential": standing(
    z.object({ name: text, issuer: text, subject: text, audiences: z.tuple([text]) }),
    (clouds, { audiences: [audience], ...it }, id) => {
      const identityId = holderOf(id);
      if (!knownIdentity(clouds.azure, identityId)) throw homeless(identityId);
      hold(clouds, { ...it, id, identityId, audience });
    },
  ),
  "azure-native:authorization:RoleAssignment": standing(
    z.object({
      scope: text,
      principalId: text,
      roleDefinitionId: text,
      condition: z.string().nullish(),
    }),
    ({ azure }, { scope, principalId, roleDefinitionId, condition }, id) => {
      const roleGuid = roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? "";
      if (condition) readable("condition", condition, parseCondition);
      azure.assignments.set(id.toLowerCase(), {
        id,
        scope,
        principalId,
        roleGuid,
        condition: condition || undefined,
      });
    },
  ),
  // The world has the registry. Its admin user and anonymous pull would need no role.
  "azure-native:resources:Resource": standing(
    z.object({
      type: z.string().regex(/^Microsoft\.ContainerRegistry\/registries$/i),
      properties: z.object({
        adminUserEnabled: z.literal(false),
        anonymousPullEnabled: z.literal(false).nullish(),
      }),
    }),
    () => {},
  ),
  // Neither lets anybody in.
  "azure-native:codesigning:CodeSigningAccount": standing(z.object({}), () => {}),
  "azure-native:codesigning:CertificateProfile": standing(z.object({}), () => {}),
  "azuread:index/applicationRegistration:ApplicationRegistration": standing(
    z.object({ objectId: text, clientId: text, displayName: text }),
    ({ azure }, outputs, id) => {
      azure.applications.set(outputs.objectId, {
        ...outputs,
        id,
        owners: [],
        servicePrincipal: undefined,
      });
    },
  ),
  "azuread:index/applicationOwner:ApplicationOwner": standing(
    z.object({ applicationId: text, ownerObjectId: text }),
    ({ azure }, { applicationId, ownerObjectId }) => {
      knownApplication(azure, applicationId)?.owners.push(ownerObjectId);
    },
  ),
  "azuread:index/servicePrincipal:ServicePrincipal": standing(
    z.object({ clientId: text, objectId: text }),
    ({ azure }, { clientId, objectId }, id) => {
      const application = applicationByClientId(azure, clientId);
      if (!application) throw homeless(clientId);
      application.servicePrincipal = { id, objectId };
    },
  ),
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential":
    standing(
      z.object({
        applicationId: text,
        displayName: text,
        issuer: text,
        subject: text,
        audiences: z.tuple([text]),
      }),
      (clouds, { applicationId, displayName: name, audiences: [audience], ...it }, id) => {
        if (!knownApplication(clouds.azure, applicationId)) throw homeless(applicationId);
        hold(clouds, { ...it, id, identityId: applicationId, name, audience });
      },
    ),
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential":
    standing(
      z.object({
        applicationId: text,
        displayName: text,
        issuer: text,
        audience: text,
        claimsMatchingExpression: text,
      }),
      (clouds, { applicationId, displayName, claimsMatchingExpression, ...it }, id) => {
        if (!knownApplication(clouds.azure, applicationId)) throw homeless(applicationId);
        readable("claimsMatchingExpression", claimsMatchingExpression, parseExpression);
        hold(clouds, {
          ...it,
          id,
          identityId: applicationId,
          name: displayName,
          subject: "",
          expression: claimsMatchingExpression,
        });
      },
    ),
};

function hold({ azure }: Clouds, credential: Credential): void {
  azure.credentials.set(credential.id.toLowerCase(), credential);
}

/** The proof evaluates the text, so it must be in the part of the language that the proof knows. */
function readable(key: string, given: string, parse: (text: string) => unknown): void {
  try {
    parse(given);
  } catch (failure) {
    const why = (failure as Error).message.replace(/:? (?:in|of): .*$/s, "");
    throw new Unfit(given, `a \`${key}\` that the proof can read (${why})`, REFRESH);
  }
}

function homeless(holder: string): Unfit {
  return new Unfit(holder, "an identity or application that is in the state too", REFRESH);
}
