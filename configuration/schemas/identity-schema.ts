import { z } from "zod";
import type { Report } from "../problems";
import * as field from "./fields";
import { object } from "./fields";

const existing = z
  .union([
    field.identityId,
    z.strictObject({
      name: field.identityName,
      resourceGroup: field.resourceGroup,
      subscription: field.subscription.optional(),
    }),
  ])
  .describe("Existing managed identity. Countersign adds only credentials and roles.");

/** The key `identity` of a pipeline. At most one of its keys is set. */
export const identitySchema = z
  .strictObject({
    existing: existing.optional(),
    application: object("Countersign creates an Entra application and its service principal.", {
      displayName: field.displayName.optional(),
      owners: z.array(field.objectId).default([]).describe("Object IDs of further owners."),
    }).nullish(),
    existingApplication: field.clientId.optional(),
    share: field.sharedName.optional(),
  })
  .describe("Identity that runs log in as. Default: a managed identity of this pipeline.");

/** The identity that the runs of a pipeline log in as. */
export type IdentityConfiguration = Readonly<
  | { kind: "created" }
  /** An existing managed identity. Undefined: the subscription of the Azure provider. */
  | { kind: "existing"; name: string; resourceGroup: string; subscription?: string }
  | { kind: "application"; displayName?: string; owners: readonly string[] }
  /** An existing Entra application. The client ID is in lowercase. */
  | { kind: "existingApplication"; clientId: string }
  /** One managed identity for all pipelines with this name. */
  | { kind: "shared"; name: string }
>;

type WrittenIdentity = z.output<typeof identitySchema>;

export function identityConfiguration(written: WrittenIdentity): IdentityConfiguration {
  const { existing, application, existingApplication, share } = written;
  if (typeof existing === "string") {
    const [, , subscription, , resourceGroup = "", , , , name = ""] = existing.split("/");
    return { kind: "existing", name, resourceGroup, subscription };
  }
  if (existing) return { kind: "existing", ...existing };
  // `application:` without a value is an application with defaults.
  if (application !== undefined) return { kind: "application", owners: [], ...application };
  if (existingApplication) {
    return { kind: "existingApplication", clientId: existingApplication.toLowerCase() };
  }
  return share ? { kind: "shared", name: share } : { kind: "created" };
}

/** Whether Entra accepts patterns in the federated credentials of this identity. */
export function isApplication({ kind }: IdentityConfiguration): boolean {
  return kind === "application" || kind === "existingApplication";
}

/** Rules between the keys of an identity. */
export function identityRules(written: WrittenIdentity, report: Report): void {
  const keys = Object.keys(written);
  if (keys.length > 1) report("identity", "only one key", `Keep one of ${keys.join(", ")}.`);
}
