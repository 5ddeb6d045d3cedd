import { armGuid } from "./names";
import { sharedKey } from "./resource-names";

/** The identity that the runs of a pipeline log in as. */
export type IdentityPlan =
  | {
      /** A user-assigned managed identity that this stack creates. */
      readonly kind: "created";
      /** 3 to 128 letters, digits, hyphens, and underscores. */
      readonly name: string;
      /** Name of an existing resource group. */
      readonly resourceGroup: string;
      /** Subscription of that group. Undefined: the Azure provider's. */
      readonly subscription?: string;
      /** Azure region. Runs can use the identity from everywhere. */
      readonly location: string;
      /** Tags of the identity. Default: none. */
      readonly tags?: Readonly<Record<string, string>>;
    }
  | {
      /** An existing user-assigned managed identity. It gets credentials and roles. */
      readonly kind: "existing";
      /** ARM resource ID of the identity. */
      readonly id: string;
      readonly name: string;
      readonly resourceGroup: string;
      /** Subscription of that group. Undefined: the Azure provider's. */
      readonly subscription?: string;
      /** Client ID, which a run logs in with. */
      readonly clientId: string;
      /** Object ID, which roles are assigned to. */
      readonly principalId: string;
    }
  | {
      /** An Entra application that this stack creates, with its service principal. */
      readonly kind: "application";
      /** 1 to 120 characters. Entra accepts equal names, but Countersign does not. */
      readonly displayName: string;
      /** Object IDs of additional owners. */
      readonly owners: readonly string[];
    }
  | {
      /** An existing Entra application that has a service principal. */
      readonly kind: "existingApplication";
      /** ID of the application in the provider's form: `/applications/OBJECT_ID`. */
      readonly applicationId: string;
      readonly clientId: string;
      /** Object ID of the service principal. */
      readonly principalId: string;
    };

/** Another identity has another key, so it exists before Pulumi deletes the old one. */
export function identityKey(plan: IdentityPlan | { kind: "shared"; name: string }): string {
  if (plan.kind === "shared") return sharedKey(plan.name);
  if (plan.kind === "created") return "identity";
  if (plan.kind === "application") return "application";
  const id = plan.kind === "existing" ? plan.id.toLowerCase() : plan.clientId;
  return `existing-${armGuid(id).slice(0, 8)}`;
}
