import { z } from "zod";
import * as text from "./text";

/** Whom a pipeline's runs log in as; a managed identity of its own where nothing is said. */
export type IdentityConfiguration =
  | { readonly kind: "created" }
  | {
      /** A managed identity that exists. */
      readonly kind: "existing";
      readonly name: string;
      readonly resourceGroup: string;
      /** Known where it is given by its resource id. */
      readonly subscription?: string;
    }
  | {
      /** An Entra application, made here. */
      readonly kind: "application";
      /** Default: the name that a managed identity would have. */
      readonly displayName?: string;
      /** Object ids, besides whoever deploys. */
      readonly owners: readonly string[];
    }
  | {
      /** An Entra application that exists. */
      readonly kind: "existingApplication";
      readonly clientId: string;
    }
  | {
      /** One managed identity for all pipelines that say this name. */
      readonly kind: "shared";
      readonly name: string;
    };

const existing = z.union([
  text.identityId,
  z.strictObject({ name: text.identityName, resourceGroup: text.resourceGroup }),
]);

/** The keys that choose; exactly one. */
export const IDENTITY_KEYS = ["existing", "application", "existingApplication", "share"] as const;

export const identity = z
  .strictObject({
    existing: existing.optional().meta({
      description: "A managed identity that exists: only credentials and roles are added.",
    }),
    application: z
      .strictObject({
        displayName: text.displayName.optional(),
        owners: z
          .array(text.objectId)
          .default([])
          .meta({ description: "Object ids. Default: none." }),
      })
      .optional()
      .meta({ description: "An Entra application and its service principal, made here." }),
    existingApplication: text.clientId.optional(),
    share: text.sharedName.optional(),
  })
  .transform(({ existing, application, existingApplication, share }): IdentityConfiguration => {
    if (existing)
      return { kind: "existing", ...(typeof existing === "string" ? parts(existing) : existing) };
    if (application) return { kind: "application", ...application };
    if (existingApplication)
      return { kind: "existingApplication", clientId: existingApplication.toLowerCase() };
    return share ? { kind: "shared", name: share } : { kind: "created" };
  })
  .default({ kind: "created" })
  .meta({ description: "Whom its runs log in as. Default: a managed identity of its own." });

function parts(id: string) {
  const [, , subscription = "", , resourceGroup = "", , , , name = ""] = id.split("/");
  return { name, resourceGroup, subscription };
}
