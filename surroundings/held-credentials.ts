import { MAX_CREDENTIALS } from "../trust/credentials";
import { type Held, nameOf, typeOf } from "./held";

const TYPES = [
  "azure-native:managedidentity:FederatedIdentityCredential",
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
];

/** A credential that this stack holds, and whom it was made for. */
export interface HeldCredential {
  readonly pipeline: string;
  /** Key of the identity that has it; `shared-NAME` of a shared one. */
  readonly identity: string;
  /** Its own name there. */
  readonly name: string;
  /** The subject, exactly; of a flexible one its expression. */
  readonly accepts: string;
}

/** All credentials that this stack holds for a pipeline, also on identities that it leaves. */
export function heldCredentials(held: Held, pipeline: string): HeldCredential[] {
  return allCredentials(held).filter((it) => it.pipeline === pipeline);
}

/** Names of those on the identity of that key. */
export function heldOn(held: Held, pipeline: string, identity: string): string[] {
  const own = heldCredentials(held, pipeline).filter((it) => it.identity === identity);
  return own.map(({ name }) => name);
}

/** Whether the stack holds credentials for a pipeline, and none on the identity of that key. */
export function changesIdentity(held: Held, pipeline: string, identity: string): boolean {
  const all = heldCredentials(held, pipeline);
  return all.length > 0 && all.every((it) => it.identity !== identity);
}

/** Names of those on a shared identity, of all that used it, also of pipelines that are gone. */
export function heldOnShare(held: Held, share: string): string[] {
  const all = allCredentials(held).filter(({ identity }) => identity === `shared-${share}`);
  return all.map(({ name }) => name);
}

function allCredentials(held: Held): HeldCredential[] {
  return Object.entries(held)
    .filter(([urn]) => TYPES.includes(typeOf(urn)))
    .flatMap(([urn, outputs]) => {
      const name = String(outputs.name ?? outputs.displayName ?? "");
      const holder = holderOf(nameOf(urn).slice(0, -`-${name}`.length), name);
      const accepts = String(outputs.subject ?? outputs.claimsMatchingExpression ?? "");
      return holder ? [{ ...holder, name, accepts }] : [];
    });
}

/**
 * The resource is called `PIPELINE-IDENTITY-NAME`, and any of these may have a `-`; but on an
 * identity that others use too, the name says the pipeline before its last `_`.
 */
function holderOf(
  called: string,
  name: string,
): Omit<HeldCredential, "name" | "accepts"> | undefined {
  const owner = name.includes("_") ? name.slice(0, name.lastIndexOf("_")) : undefined;
  if (owner !== undefined) return { pipeline: owner, identity: called.slice(`${owner}-`.length) };
  const [, pipeline, identity] = /^(.+)-(identity|application)$/.exec(called) ?? [];
  return pipeline && identity ? { pipeline, identity } : undefined;
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
