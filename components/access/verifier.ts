import * as pulumi from "@pulumi/pulumi";
import type { VerifierPlan } from "../../planning/stack-plan";
import { identityName } from "../../trust/resource-names";
import type { AzureArgs } from "../azure-args";
import type { Ordered } from "../ordered";
import { AS_PLANNED, type Settle } from "../settle";
import { PipelineIdentity } from "./pipeline-identity";
import { registryAccess } from "./registry-access";

/** Who verifies, and which images. */
export interface VerifierArgs
  extends Pick<VerifierPlan, "identity" | "credentials" | "terms" | "registry" | "access">,
    AzureArgs,
    Ordered {
  /** Puts real values into the subjects. Default: they have them. */
  readonly settle?: Settle;
}

/** An identity that can pull images and their signatures, and that can change nothing. */
export class Verifier extends pulumi.ComponentResource {
  /** Client id of the identity. */
  readonly clientId: pulumi.Output<string>;
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: VerifierArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:Verifier", name, {}, opts);
    const { identity, terms, registry, provider, foundation, generation = {}, after } = args;
    const { assignments: held, settle = AS_PLANNED } = args;
    const credentials = args.credentials.map(({ name: credential, subject }) => ({
      name: credential,
      subject: settle(subject),
    }));
    const principal = new PipelineIdentity(
      identityName(name, "identity"),
      { identity, credentials, terms, ...(after && { after }) },
      { parent: this, ...(provider && { providers: [provider] }) },
    );
    const { clientId, principalId } = principal;
    const who = { principalId, held, generation: generation.registry, after: foundation };
    const access = registryAccess(name, { ...registry, access: args.access }, who, this);
    this.clientId = clientId;
    this.done = pulumi.all([principal.done, access.done]);
    this.registerOutputs({ clientId });
  }
}
