import {
  getUserAssignedIdentity,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { exists } from "../surroundings/azure";
import { refuseExisting } from "../surroundings/existing";
import type { DeclaredCredential } from "../trust/credentials";
import { entraApplication } from "./entra-application";
import {
  type CredentialHolder,
  federatedCredentials,
  type TokenTerms,
} from "./federated-credentials";
import type { IdentityPlan } from "./identity-plan";

/** Whom runs log in as, and which. */
export interface PipelineIdentityArgs {
  /** Made here, or one that exists. */
  readonly identity: IdentityPlan;
  /** What Entra shall accept; at most 20. Decides how many resources there are. */
  readonly credentials: readonly DeclaredCredential[];
  /** Whose tokens, and for which audience. */
  readonly terms: TokenTerms;
  /**
   * What a subject names: must be there before, and goes only after. An argument, as Pulumi does not
   * hand a component's own `dependsOn` down to its children's deletion. Default: nothing.
   */
  readonly after?: readonly pulumi.Resource[];
}

/** Whom a run logs in as, what roles are assigned to, and what holds the credentials. */
export interface Principal {
  /** What a run logs in as. */
  readonly clientId: pulumi.Output<string>;
  /** Object id, which roles are assigned to. */
  readonly principalId: pulumi.Output<string>;
  /** What further credentials are given to. */
  readonly holder: CredentialHolder;
}

/** An identity that GitHub runs with the given subjects may log in as. */
export class PipelineIdentity extends pulumi.ComponentResource implements Principal {
  readonly clientId: pulumi.Output<string>;
  readonly principalId: pulumi.Output<string>;
  readonly holder: CredentialHolder;

  constructor(name: string, args: PipelineIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:PipelineIdentity", name, {}, opts);
    const { clientId, principalId, holder } = principalOf(name, args.identity, this);
    this.clientId = clientId;
    this.principalId = principalId;
    this.holder = holder;
    const { credentials, terms, after } = args;
    federatedCredentials(name, holder, credentials, terms, { parent: this, after });
    this.registerOutputs({ clientId, principalId });
  }
}

/** Makes what the plan makes; of what exists it only says what is known. */
function principalOf(name: string, plan: IdentityPlan, parent: pulumi.Resource): Principal {
  switch (plan.kind) {
    case "created":
      return managedIdentity(name, plan, parent);
    case "application":
      return entraApplication(name, plan, parent);
    case "existing": {
      const { clientId, principalId, name: resourceName, resourceGroup: resourceGroupName } = plan;
      return known(clientId, principalId, { resourceGroupName, resourceName });
    }
    case "existingApplication": {
      const { clientId, principalId, applicationId } = plan;
      return known(clientId, principalId, { applicationId });
    }
  }
}

function known(
  clientId: string,
  principalId: string,
  where: { resourceGroupName: string; resourceName: string } | { applicationId: string },
): Principal {
  return {
    clientId: pulumi.output(clientId),
    principalId: pulumi.output(principalId),
    holder: { ...where, written: [], exists: true },
  };
}

function managedIdentity(
  name: string,
  plan: Extract<IdentityPlan, { kind: "created" }>,
  parent: pulumi.Resource,
): Principal {
  const identity = new UserAssignedIdentity(
    name,
    {
      resourceName: plan.name,
      resourceGroupName: plan.resourceGroup,
      location: plan.location,
    },
    {
      parent,
      // Its name is fixed, so that one left by a lost answer is found and not doubled.
      deleteBeforeReplace: true,
      hooks: { beforeCreate: [existingIdentity(name, parent)] },
    },
  );
  const where = { resourceGroupName: plan.resourceGroup, resourceName: identity.name };
  const { clientId, principalId } = identity;
  return { clientId, principalId, holder: { ...where, written: [], exists: false } };
}

function existingIdentity(name: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-identity`, {
    title: ({ resourceName, resourceGroupName }) =>
      `managed identity ${resourceName} in ${resourceGroupName}`,
    // Names are the stack's own; the group is no output of azure-native.
    identity: [{ output: "name", input: "resourceName" }],
    exists: ({ resourceName = "", resourceGroupName = "" }) =>
      exists(getUserAssignedIdentity({ resourceName, resourceGroupName }, { parent })),
    remedy:
      "rename the pipeline; only if nothing uses it and an interrupted run left it, delete it (`az identity delete`)",
  });
}
