import * as pulumi from "@pulumi/pulumi";
import type { SharedIdentityPlan } from "../../planning/stack-plan";
import { identityName } from "../../trust/resource-names";
import type { AzureArgs } from "../azure-args";
import { tell } from "../notes";
import type { Ordered } from "../ordered";
import type { CredentialHolder, Principal } from "./federated-credentials";
import { PipelineIdentity } from "./pipeline-identity";
import { registryAccess } from "./registry-access";
import { signerAccess } from "./signer-access";

/** A plan, and pipelines that still push by its roles: the roles change only `after` them. */
export type SharedIdentityArgs = Omit<SharedIdentityPlan, "name" | "formerUsers"> &
  Ordered &
  AzureArgs;

/** One identity for several pipelines, with all their roles. Each adds its own credentials. */
export class SharedIdentity extends pulumi.ComponentResource implements Principal {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  readonly holder: CredentialHolder;
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: SharedIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SharedIdentity", name, {}, opts);
    const { identity, terms, registries, profiles, users, after } = args;
    const { provider, assignments: held, generation = {}, foundation = [] } = args;
    const made = new PipelineIdentity(
      identityName(name, "identity"),
      { identity, terms, credentials: [] },
      { parent: this, ...(provider && { providers: [provider] }) },
    );
    const { clientId, principalId, holder } = made;
    const pushes = {
      principalId,
      held,
      generation: generation.registry,
      after: [...foundation, ...(after ?? [])],
    };
    const signs = { principalId, held, generation: generation.profile, after: foundation };
    const roles = [
      ...registries.map((it) => registryAccess(name, it, pushes, this)),
      ...profiles.map((it) => signerAccess(name, it, signs, this)),
    ];
    if (users.length > 1) {
      const reach = `is shared by ${users.join(", ")}: each of them can push the others' images`;
      tell(this, { notes: [reach] });
    }
    this.clientId = clientId;
    this.principalId = principalId;
    this.holder = holder;
    this.done = pulumi.all([made.done, ...roles.map((it) => it.done)]);
    this.registerOutputs({ clientId, principalId });
  }
}
