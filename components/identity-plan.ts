import { armGuid } from "../trust/names";

/** Whom the runs of a pipeline log in as, as far as it is decided before anything is made. */
export type IdentityPlan =
  | {
      /** A user-assigned managed identity, made here. */
      readonly kind: "created";
      /** 3 to 128 letters, digits, - and _ (azure.md, 4). */
      readonly name: string;
      /** Existing resource group. */
      readonly resourceGroup: string;
      /** Region; the identity can be used from anywhere. */
      readonly location: string;
    }
  | {
      /** A user-assigned managed identity that exists; it only gets credentials and roles. */
      readonly kind: "existing";
      /** ARM resource id. */
      readonly id: string;
      readonly name: string;
      readonly resourceGroup: string;
      /** What a run logs in as. */
      readonly clientId: string;
      /** Object id, which roles are assigned to. */
      readonly principalId: string;
    }
  | {
      /** An Entra application and its service principal, made here. */
      readonly kind: "application";
      /** 1 to 120 characters; by it a left-over is found, as Entra lets two have one. */
      readonly displayName: string;
      /** Object ids of further owners. */
      readonly owners: readonly string[];
    }
  | {
      /** An Entra application that exists, with a service principal. */
      readonly kind: "existingApplication";
      /** `/applications/OBJECT_ID`. */
      readonly applicationId: string;
      /** What a run logs in as. */
      readonly clientId: string;
      /** Object id of its service principal, which roles are assigned to. */
      readonly principalId: string;
    };

/** First part of the names of its roles; those of the first kind stood alone before there was a choice. */
export function accessPrefix(pipeline: string, key: string): string {
  return key === "identity" ? pipeline : `${pipeline}-${key}`;
}

/**
 * Last part of the names of all that belongs to the identity. Another identity takes other names, so
 * that it and its roles are there before the old one's go.
 */
export function identityKey(plan: IdentityPlan): string {
  switch (plan.kind) {
    case "created":
      return "identity";
    case "application":
      return "application";
    case "existing":
      return `existing-${armGuid(plan.id.toLowerCase()).slice(0, 8)}`;
    case "existingApplication":
      return `existing-${armGuid(plan.clientId).slice(0, 8)}`;
  }
}
