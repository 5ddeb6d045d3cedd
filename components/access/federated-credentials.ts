import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity";
import { ApplicationFederatedIdentityCredential } from "@pulumi/azuread/applicationFederatedIdentityCredential";
import { ApplicationFlexibleFederatedIdentityCredential } from "@pulumi/azuread/applicationFlexibleFederatedIdentityCredential";
import type * as pulumi from "@pulumi/pulumi";
import type { DeclaredCredential, TokenTerms } from "../../trust/credentials";
import { credentialName } from "../../trust/resource-names";
import type { Ordered } from "../ordered";

/** A managed identity, or an Entra application as `/applications/OBJECT_ID`. */
export type CredentialHolder =
  | {
      readonly resourceGroupName: pulumi.Input<string>;
      readonly resourceName: pulumi.Input<string>;
    }
  | { readonly applicationId: pulumi.Input<string> };

/** Whom runs log in as. */
export interface Principal {
  /** Client id that a run logs in with. */
  readonly clientId: pulumi.Output<string>;
  /** Object id, which roles are assigned to. */
  readonly principalId: pulumi.Output<string>;
  /** What holds its credentials. */
  readonly holder: CredentialHolder;
}

/** What a holder accepts. The ID of a new repository, in the subject, is not known before. */
export interface Credential extends Omit<DeclaredCredential, "subject" | "expression"> {
  readonly subject: pulumi.Input<string>;
  readonly expression?: pulumi.Input<string>;
}

/**
 * Gives a holder its credentials, each after all the credentials before it. Entra refuses two writes
 * at once on one identity, and those that remain stay in order when others are deleted.
 */
export function federatedCredentials(
  name: string,
  holder: CredentialHolder,
  credentials: readonly Credential[],
  terms: TokenTerms,
  {
    parent,
    provider,
    after = [],
  }: Ordered & Pick<pulumi.CustomResourceOptions, "provider" | "parent">,
): pulumi.CustomResource[] {
  const made: pulumi.CustomResource[] = [];
  for (const credential of credentials) {
    const dependsOn = [...after, ...made];
    const opts = { parent, provider, deleteBeforeReplace: true, dependsOn };
    made.push(federatedCredential(name, holder, credential, terms, opts));
  }
  return made;
}

function federatedCredential(
  owner: string,
  holder: CredentialHolder,
  { name, heldAs = name, subject, expression }: Credential,
  { issuer, audience }: TokenTerms,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const resource = credentialName(owner, name);
  const audiences = [audience];
  if ("applicationId" in holder) {
    const args = { ...holder, displayName: name, issuer };
    if (!expression) {
      const exact = { ...args, audiences, subject };
      return new ApplicationFederatedIdentityCredential(resource, exact, opts);
    }
    const flexible = { ...args, audience, claimsMatchingExpression: expression };
    return new ApplicationFlexibleFederatedIdentityCredential(resource, flexible, opts);
  }
  if (expression) throw new Error(`a managed identity has no flexible credential: ${expression}`);
  return new FederatedIdentityCredential(
    resource,
    { ...holder, federatedIdentityCredentialResourceName: heldAs, issuer, audiences, subject },
    opts,
  );
}
