import * as pulumi from "@pulumi/pulumi";
import type { CertificateProfile } from "../surroundings/profile";
import type { Registry } from "../surroundings/registry";
import type { CredentialHolder, TokenTerms } from "./federated-credentials";
import type { IdentityPlan } from "./identity-plan";
import { PipelineIdentity, type Principal } from "./pipeline-identity";
import { RegistryAccess } from "./registry-access";
import { SignerAccess } from "./signer-access";

export interface SharedIdentityArgs {
  readonly identity: Extract<IdentityPlan, { kind: "created" }>;
  readonly terms: TokenTerms;
  readonly registry: Registry;
  readonly profile: CertificateProfile;
  /** Names of the pipelines that share it. */
  readonly users: readonly string[];
  /** Images of all of them: each may push those of the others. */
  readonly images: readonly string[];
  /** Must be there before its roles change: those that push by them still. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * One identity for several pipelines, with the roles that all of them need together. Each pipeline
 * adds its own credentials.
 */
export class SharedIdentity extends pulumi.ComponentResource implements Principal {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  readonly holder: CredentialHolder;
  /** What sets apart the names of its credentials: on another identity they are others. */
  readonly key: string;

  constructor(name: string, args: SharedIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SharedIdentity", name, {}, opts);
    const { identity, terms, registry, profile, images } = args;
    const { clientId, principalId, holder } = new PipelineIdentity(
      `${name}-identity`,
      { identity, terms, credentials: [] },
      { parent: this },
    );
    new RegistryAccess(
      `${name}-registry`,
      {
        registryId: registry.id,
        permissions: registry.permissions,
        principalId,
        repositories: images,
        after: args.after,
      },
      { parent: this },
    );
    new SignerAccess(`${name}-signer`, { profileId: profile.id, principalId }, { parent: this });
    if (args.users.length > 1) {
      const reach = `is shared by ${args.users.join(", ")}: each of them may push the others' images`;
      pulumi.log.info(reach, this);
    }
    this.clientId = clientId;
    this.principalId = principalId;
    this.holder = holder;
    this.key = name;
    this.registerOutputs({ clientId, principalId });
  }
}
