import {
  FederatedIdentityCredential,
  getFederatedIdentityCredential,
} from "@pulumi/azure-native/managedidentity";
import { ApplicationFederatedIdentityCredential } from "@pulumi/azuread/applicationFederatedIdentityCredential";
import { ApplicationFlexibleFederatedIdentityCredential } from "@pulumi/azuread/applicationFlexibleFederatedIdentityCredential";
import type * as pulumi from "@pulumi/pulumi";
import { exists } from "../surroundings/azure";
import { refuseExisting } from "../surroundings/existing";
import type { DeclaredCredential } from "../trust/credentials";

/** What holds federated credentials, and those that it was given so far. */
export type CredentialHolder = {
  /** Those that it was given, in order. */
  readonly written: pulumi.Resource[];
  /** Somebody else's, which may have credentials of the same names. */
  readonly exists: boolean;
} & (
  | {
      /** Resource group of a managed identity. */
      readonly resourceGroupName: pulumi.Input<string>;
      /** Its name. */
      readonly resourceName: pulumi.Input<string>;
    }
  | {
      /** An Entra application: `/applications/OBJECT_ID`. */
      readonly applicationId: pulumi.Input<string>;
    }
);

/** Whose tokens are accepted, and for whom they must be issued. */
export interface TokenTerms {
  /** URL without a trailing slash (github.md, 1.2). */
  readonly issuer: string;
  /** Azure's own, one for each of its clouds (azure.md, 4.1). */
  readonly audience: string;
}

/**
 * Gives a holder its credentials, each after all that it has: Entra refuses two writes at once on
 * one identity (azure.md, 4.1), and whichever two remain stay in order when others go.
 */
export function federatedCredentials(
  name: string,
  holder: CredentialHolder,
  credentials: readonly DeclaredCredential[],
  terms: TokenTerms,
  { parent, after = [] }: { parent: pulumi.Resource; after?: readonly pulumi.Resource[] },
): pulumi.Resource[] {
  const hooks = holder.exists ? { beforeCreate: [existingCredential(name, parent)] } : undefined;
  return credentials.map((credential) => {
    const dependsOn = [...after, ...holder.written];
    const made = federatedCredential(`${name}-${credential.name}`, holder, credential, terms, {
      parent,
      deleteBeforeReplace: true,
      dependsOn,
      hooks: "applicationId" in holder ? undefined : hooks,
    });
    holder.written.push(made);
    return made;
  });
}

function federatedCredential(
  resourceName: string,
  holder: CredentialHolder,
  { name, subject, expression }: DeclaredCredential,
  { issuer, audience }: TokenTerms,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  if ("applicationId" in holder) {
    const { applicationId } = holder;
    const common = { applicationId, displayName: name, issuer };
    return expression
      ? new ApplicationFlexibleFederatedIdentityCredential(
          resourceName,
          { ...common, audience, claimsMatchingExpression: expression },
          opts,
        )
      : new ApplicationFederatedIdentityCredential(
          resourceName,
          { ...common, audiences: [audience], subject },
          opts,
        );
  }
  if (expression) throw new Error(`a managed identity has no flexible credential: ${expression}`);
  return new FederatedIdentityCredential(
    resourceName,
    {
      resourceGroupName: holder.resourceGroupName,
      resourceName: holder.resourceName,
      federatedIdentityCredentialResourceName: name,
      issuer,
      audiences: [audience],
      subject,
    },
    opts,
  );
}

function existingCredential(name: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-credential`, {
    title: (inputs) =>
      `federated credential ${inputs.federatedIdentityCredentialResourceName} of ${inputs.resourceName}`,
    exists: ({
      resourceGroupName = "",
      resourceName = "",
      federatedIdentityCredentialResourceName = "",
    }) =>
      exists(
        getFederatedIdentityCredential(
          { resourceGroupName, resourceName, federatedIdentityCredentialResourceName },
          { parent },
        ),
      ),
    remedy: "rename the pipeline; if an interrupted run left it, delete it",
  });
}
