import * as pulumi from "@pulumi/pulumi";
import type { ProfileScope, RegistryScope } from "../trust/scopes";
import type { CredentialHolder, TokenTerms } from "./federated-credentials";
import type { IdentityPlan } from "./identity-plan";
import { PipelineIdentity, type Principal } from "./pipeline-identity";
import { registryAccess } from "./registry-access";
import { signerAccess } from "./signer-access";

/** What decides an identity that several pipelines log in as. */
export interface SharedIdentityArgs {
  /** The managed identity that is made. */
  readonly identity: Extract<IdentityPlan, { kind: "created" }>;
  /** Whose tokens its credentials accept, and for which audience. */
  readonly terms: TokenTerms;
  /** What is pushed to, with the images of all pipelines: each may push those of the others. */
  readonly registries: readonly RegistryScope[];
  /** What all of them may sign with. */
  readonly profiles: readonly ProfileScope[];
  /** Names of the pipelines that share it. */
  readonly users: readonly string[];
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
    const { identity, terms, registries, profiles, after } = args;
    const { clientId, principalId, holder } = new PipelineIdentity(
      `${name}-identity`,
      { identity, terms, credentials: [] },
      { parent: this },
    );
    for (const scope of registries) registryAccess(name, scope, { principalId, after }, this);
    for (const scope of profiles) signerAccess(name, scope, { principalId }, this);
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
