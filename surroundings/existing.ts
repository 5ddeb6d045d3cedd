import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, ProblemsError } from "../configuration/problems";
import { alreadyHeld, type Held, hasValues, heldAs, nameOf, typeOf } from "./held";

type Inputs = Readonly<Record<string, string>>;

/** How to find out whether what a resource is about to create is there already. */
export interface Lookup {
  /** What it is, e.g. `secret AZURE_CLIENT_ID of contoso/web`. */
  readonly title: (inputs: Inputs) => string;
  /**
   * Inputs that together say which thing it is; with the output's name, where that is another.
   * Undefined where outputs do not say it: then no other resource of the stack can be it.
   */
  readonly identity?: ReadonlyArray<string | { readonly output: string; readonly input: string }>;
  /** Id of the repository that it is in, whatever that is called by now. Default: in none, or `identity` says it. */
  readonly repositoryId?: number;
  /** Undefined: it may exist, and is then taken over. */
  readonly exists?: (inputs: Inputs) => Promise<boolean>;
  /** The ways on where it exists. */
  readonly remedy: string;
  /** Taken over, it is not deleted; so it must not move either, or the old one would stay. */
  readonly mustStay?: string;
}

/**
 * Refuses, at preview and again just before the write, to create over something that is not ours:
 * the providers would adopt it silently and destroy it later (github.md, 4.1). The engine asks
 * only where it is about to create, or to replace; what this stack holds is not in question, for
 * those who awaited `heldResources()` first.
 */
export function refuseExisting(name: string, lookup: Lookup): pulumi.ResourceHook {
  const state = alreadyHeld();
  const check = async ({ urn, newInputs }: pulumi.ResourceHookArgs) => {
    const inputs = newInputs as Inputs;
    const held = (await state) ?? {};
    const own = held[urn];
    const isOwn = own !== undefined && hasValues(own, identityOf(inputs, lookup));
    const problem =
      heldElsewhere(held, urn, inputs, lookup) ??
      (own ? moved(own, inputs, lookup) : undefined) ??
      (!isOwn && (await lookup.exists?.(inputs)) ? overwritten(lookup) : undefined);
    if (!problem) return;
    const path = nameOf(urn);
    throw new ProblemsError("Nothing that was there is overwritten", [
      { path, given: lookup.title(inputs), ...problem },
    ]);
  };
  // The engine calls from outside of the program's asynchronous context, where an inline program
  // keeps the connection that a look-up needs.
  return new pulumi.ResourceHook(name, AsyncResource.bind(check), { onDryRun: true });
}

type Refusal = Pick<Problem, "allowed" | "remedy"> | undefined;

/** Made anew under another name, it would be deleted with the old one, after it was written. */
function heldElsewhere(held: Held, urn: string, inputs: Inputs, lookup: Lookup): Refusal {
  if (!lookup.identity) return undefined;
  const wanted = identityOf(inputs, lookup);
  const [twin] = heldAs(held, typeOf(urn), wanted).filter((other) => other !== urn);
  if (!twin) return undefined;
  return {
    allowed: "something that this stack does not hold under another name",
    remedy: `it is ${nameOf(twin)}: keep the pipeline's key (\`repository\` says whose it is) and what else that name is made of, case and all, or destroy the old one first`,
  };
}

/** Values of outputs that say which thing it is. */
function identityOf(
  inputs: Inputs,
  { identity = [], repositoryId }: Lookup,
): Readonly<Record<string, unknown>> {
  const named = identity.map((key) =>
    typeof key === "string" ? [key, inputs[key]] : [key.output, inputs[key.input]],
  );
  return { ...Object.fromEntries(named), ...(repositoryId !== undefined && { repositoryId }) };
}

function moved(own: Held[string], inputs: Inputs, { mustStay }: Lookup): Refusal {
  if (!mustStay || own[mustStay] === inputs[mustStay]) return undefined;
  return {
    allowed: `${own[mustStay]}, as what was taken over is not deleted`,
    remedy: "delete the old one yourself, then take it out of the state: `pulumi state delete`",
  };
}

function overwritten({ remedy }: Lookup): Refusal {
  return { allowed: "something that does not exist yet", remedy };
}
