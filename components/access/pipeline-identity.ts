import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import type { TokenTerms } from "../../trust/credentials";
import type { IdentityPlan } from "../../trust/identity";
import type { Ordered } from "../ordered";
import { entraApplication } from "./entra-application";
import {
  type Credential,
  type CredentialHolder,
  federatedCredentials,
  type Principal,
} from "./federated-credentials";

/** Whom runs log in as, and which runs. Only the credentials wait for `after`. */
export interface PipelineIdentityArgs extends Ordered {
  /**
   * An identity that is created, or one that exists. Example:
   * `{ kind: "created", name: "images-web", resourceGroup: "rg-images", location: "westeurope" }`.
   */
  readonly identity: IdentityPlan;
  /** What Entra accepts; at most 20. `declaredCredentials` in `trust/` makes them. */
  readonly credentials: readonly Credential[];
  /** Issuer and audience of the tokens that are accepted. */
  readonly terms: TokenTerms;
}

/** An identity that GitHub runs with the given subjects can log in as. */
export class PipelineIdentity extends pulumi.ComponentResource implements Principal {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  readonly holder: CredentialHolder;
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: PipelineIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:PipelineIdentity", name, {}, opts);
    const { identity, credentials, terms, after } = args;
    const { clientId, principalId, holder } = principalOf(name, identity, this);
    const made = federatedCredentials(name, holder, credentials, terms, { parent: this, after });
    this.clientId = clientId;
    this.principalId = principalId;
    this.holder = holder;
    this.done = pulumi.all([principalId, ...made.map(({ id }) => id)]);
    this.registerOutputs({ clientId, principalId });
  }
}

/** Makes what the plan makes; of an identity that exists it only says what is known. */
function principalOf(name: string, plan: IdentityPlan, parent: pulumi.Resource): Principal {
  if (plan.kind === "created") return managedIdentity(name, plan, parent);
  if (plan.kind === "application") return entraApplication(name, plan, parent);
  return {
    clientId: pulumi.output(plan.clientId),
    principalId: pulumi.output(plan.principalId),
    holder:
      plan.kind === "existing"
        ? { resourceGroupName: plan.resourceGroup, resourceName: plan.name }
        : { applicationId: plan.applicationId },
  };
}

function managedIdentity(
  name: string,
  plan: Extract<IdentityPlan, { kind: "created" }>,
  parent: pulumi.Resource,
): Principal {
  const { name: resourceName, resourceGroup: resourceGroupName, location, tags } = plan;
  const identity = new UserAssignedIdentity(
    name,
    { resourceName, resourceGroupName, location, ...(tags && { tags: { ...tags } }) },
    // Its name is fixed, so that an identity left by a lost answer is found and not doubled.
    { parent, deleteBeforeReplace: true },
  );
  const { clientId, principalId } = identity;
  return { clientId, principalId, holder: { resourceGroupName, resourceName: identity.name } };
}
