import type { WantedCredential } from "../azure/credential-rules";
import type { Credential } from "../azure/state";
import type { Properties } from "../wire";

/** Inputs of both kinds of credentials. */
export interface Inputs {
  readonly displayName: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly subject: string;
  readonly audience: string;
  readonly claimsMatchingExpression: string;
}

/** A kind of credential that an application can have. */
export interface Kind {
  readonly token: string;
  readonly required: readonly string[];
  readonly wanted: (inputs: Inputs) => WantedCredential;
  /** What a refresh finds. */
  readonly found: (it: Credential) => Properties;
  readonly id: (objectId: string, credentialId: string) => string;
  readonly summaries: Summaries;
  /** Whether the provider leaves out why Graph refused a creation. */
  readonly hidesCause: boolean;
}

/** What the provider says before Graph's words, with the name of the application. */
interface Summaries {
  readonly create: (application: string) => string;
  readonly update: (application: string, credential: string) => string;
  readonly delete: (application: string, credential: string) => string;
}

/** The texts for updates and deletions are unverified (u). */
const inFull = (application: string, credential: string) =>
  `Federated Identity Credential (${application}, Credential: "${credential}")`;

export const EXACT: Kind = {
  token:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  required: ["applicationId", "audiences", "displayName", "issuer", "subject"],
  wanted: ({ displayName, audiences, issuer, subject }) => ({
    name: displayName,
    audiences,
    issuer,
    subject,
  }),
  found: ({ subject, audience }) => ({ subject, audiences: [audience] }),
  id: (objectId, credentialId) => `${objectId}/federatedIdentityCredential/${credentialId}`,
  summaries: {
    create: (application) => `Adding federated identity credential for ${application}`,
    update: (application, credential) => `Updating ${inFull(application, credential)}`,
    delete: (application, credential) => `Removing ${inFull(application, credential)}`,
  },
  hidesCause: false,
};

export const FLEXIBLE: Kind = {
  token:
    "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
  required: ["applicationId", "audience", "displayName", "issuer", "claimsMatchingExpression"],
  wanted: ({ displayName, audience, issuer, claimsMatchingExpression }) => ({
    name: displayName,
    audiences: [audience],
    issuer,
    subject: "",
    expression: claimsMatchingExpression,
  }),
  found: ({ expression, audience }) => ({ claimsMatchingExpression: expression, audience }),
  // From the provider's source. Its documentation shows the other form (u).
  id: (objectId, credentialId) =>
    `/applications/${objectId}/federatedIdentityCredentials/${credentialId}`,
  summaries: {
    create: (application) => `adding flexible federated identity credential for ${application}`,
    update: (application, credential) => `updating ${inFull(application, credential)}`,
    delete: (application, credential) => `deleting ${inFull(application, credential)}`,
  },
  hidesCause: true,
};
