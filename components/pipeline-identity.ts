import {
  FederatedIdentityCredential,
  getUserAssignedIdentity,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { exists } from "../surroundings/azure";
import { refuseExisting } from "../surroundings/existing";
import { type DeclaredSubject, ENTRA_AUDIENCE, GITHUB_ISSUER } from "../trust/subjects";

export interface PipelineIdentityArgs {
  /** Name of the identity: 3 to 128 letters, digits, - and _ (azure.md, 4). */
  readonly identityName: string;
  /** Existing resource group that it is made in. */
  readonly resourceGroupName: pulumi.Input<string>;
  /** Region; the identity can be used from anywhere. */
  readonly location: pulumi.Input<string>;
  /** What Entra shall accept, exactly; at most 20. Decides how many resources there are. */
  readonly subjects: readonly DeclaredSubject[];
  /**
   * What a subject names: must be there before, and goes only after. An argument, as Pulumi does not hand a component's
   * own `dependsOn` down to its children's deletion. Default: nothing.
   */
  readonly after?: readonly pulumi.Resource[];
}

/** A user-assigned managed identity that GitHub runs with the given subjects may log in as. */
export class PipelineIdentity extends pulumi.ComponentResource {
  /** What a run logs in as. */
  readonly clientId: pulumi.Output<string>;
  /** What roles are assigned to. */
  readonly principalId: pulumi.Output<string>;

  constructor(name: string, args: PipelineIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:PipelineIdentity", name, {}, opts);
    const identity = new UserAssignedIdentity(
      name,
      {
        resourceName: args.identityName,
        resourceGroupName: args.resourceGroupName,
        location: args.location,
      },
      {
        parent: this,
        // Its name is fixed, so that one left by a lost answer is found and not doubled.
        deleteBeforeReplace: true,
        hooks: { beforeCreate: [existingIdentity(name, this)] },
      },
    );
    const credentials: FederatedIdentityCredential[] = [];
    for (const { name: credentialName, subject } of args.subjects) {
      credentials.push(
        new FederatedIdentityCredential(
          `${name}-${credentialName}`,
          {
            resourceGroupName: args.resourceGroupName,
            resourceName: identity.name,
            federatedIdentityCredentialResourceName: credentialName,
            issuer: GITHUB_ISSUER,
            audiences: [ENTRA_AUDIENCE],
            subject,
          },
          {
            parent: this,
            deleteBeforeReplace: true,
            // Azure refuses two writes at once on one identity (azure.md, 4.1). After all earlier
            // ones, not just the last: whichever two remain stay in order when others go.
            dependsOn: [...(args.after ?? []), ...credentials],
          },
        ),
      );
    }
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.registerOutputs({ clientId: this.clientId, principalId: this.principalId });
  }
}

function existingIdentity(name: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-identity`, {
    title: ({ resourceName, resourceGroupName }) =>
      `managed identity ${resourceName} in ${resourceGroupName}`,
    identity: ["resourceName", "resourceGroupName"],
    exists: ({ resourceName = "", resourceGroupName = "" }) =>
      exists(getUserAssignedIdentity({ resourceName, resourceGroupName }, { parent })),
    remedy:
      "rename the pipeline; only if nothing uses it and an interrupted run left it, delete it (`az identity delete`)",
  });
}
