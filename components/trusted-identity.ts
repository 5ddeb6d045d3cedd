import type * as pulumi from "@pulumi/pulumi";
import { profileScopes, registryScopes } from "../trust/scopes";
import { federatedCredentials } from "./federated-credentials";
import { accessPrefix, identityKey } from "./identity-plan";
import { PipelineIdentity, type Principal } from "./pipeline-identity";
import { registryAccess } from "./registry-access";
import { SharedIdentity } from "./shared-identity";
import { signerAccess } from "./signer-access";
import type { SigningPipelineArgs } from "./signing-pipeline-args";

/** Whom a pipeline's runs log in as, and all that must be there before one of them does. */
export interface TrustedIdentity {
  readonly principal: Principal;
  readonly ready: readonly pulumi.Resource[];
}

/** The identity with its credentials and roles; a shared one has its roles already. */
export function trustedIdentity(
  name: string,
  args: SigningPipelineArgs,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): TrustedIdentity {
  const { identity, credentials, terms, registry, profile } = args;
  if (identity instanceof SharedIdentity) {
    const own = federatedCredentials(
      `${name}-shared-${identity.key}`,
      identity.holder,
      credentials,
      terms,
      { parent, after },
    );
    return { principal: identity, ready: [identity, ...own] };
  }
  const key = identityKey(identity);
  const prefix = accessPrefix(name, key);
  const principal = new PipelineIdentity(
    `${name}-${key}`,
    { identity, credentials, terms, after },
    { parent },
  );
  const { principalId } = principal;
  const images = args.images.map((image) => image.name);
  const registries = registryScopes({ ...registry, images }, args.inForce.registries);
  const profiles = profileScopes(profile, args.inForce.profiles);
  return {
    principal,
    ready: [
      principal,
      ...registries.map((scope) => registryAccess(prefix, scope, { principalId }, parent)),
      ...profiles.map((scope) => signerAccess(prefix, scope, { principalId }, parent)),
    ],
  };
}
