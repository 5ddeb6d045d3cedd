import { MAX_CREDENTIALS } from "../trust/credentials";
import { type Held, typeOf } from "./held";

const TYPES = [
  "azure-native:managedidentity:FederatedIdentityCredential",
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
];

/** Names of the credentials that this stack holds for a pipeline, on the identity of that key. */
export function heldCredentials(held: Held, pipeline: string, identity: string): string[] {
  const prefix = `${pipeline}-${identity}-`;
  const own = new RegExp(`^(?:${pipeline}_)?(?:branch|tag|environment)-`);
  return names(held)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((name) => own.test(name));
}

/** Whether the stack holds credentials for a pipeline, and none on the identity of that key. */
export function changesIdentity(held: Held, pipeline: string, identity: string): boolean {
  const key = "(?:identity|application|existing-[0-9a-f]{8}|shared-.+)";
  const any = new RegExp(`^${pipeline}-${key}-(?:${pipeline}_)?(?:branch|tag|environment)-`);
  const isHeld = names(held).some((name) => any.test(name));
  return isHeld && heldCredentials(held, pipeline, identity).length === 0;
}

/** The same on a shared identity, of all pipelines that used it, also of those that are gone. */
export function heldOnShare(held: Held, share: string): string[] {
  const used = new RegExp(`^(.+)-shared-${share}-(\\1_(?:branch|tag|environment)-.*)$`);
  return names(held).flatMap((name) => used.exec(name)?.[2] ?? []);
}

function names(held: Held): string[] {
  const urns = Object.keys(held).filter((urn) => TYPES.includes(typeOf(urn)));
  return urns.map((urn) => urn.split("::").at(-1) ?? "");
}

/**
 * Old credentials go only after the new ones are there: together they must fit on one identity, or
 * no run would ever get through.
 *
 * @returns what to do about it, or undefined.
 */
export function crowdFault(wanted: readonly string[], held: readonly string[]): string | undefined {
  const leaving = held.filter((name) => !wanted.includes(name)).length;
  if (leaving === 0 || leaving + wanted.length <= MAX_CREDENTIALS) return undefined;
  return `${leaving} go only after the ${wanted.length} that are wanted are there, ${leaving + wanted.length} in all: take some away in a run of its own first, or add an \`environment\``;
}
