import * as pulumi from "@pulumi/pulumi";

/** Outputs of this stack's resources, by URN, as its state has them. */
export type Held = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const known = new WeakMap<object, Promise<Held>>();

/**
 * What this stack's state held when the program began. Tells ours from theirs, and a replacement
 * from a creation, where the engine's events do not. By the engine's own look-up of a stack's
 * resources, which is not part of its documented surface.
 *
 * Await it before any resource is declared: it needs a worker of the engine, and hooks that wait
 * for it may hold them all.
 *
 * @throws where the engine does not answer: whose anything is would be a guess.
 */
export function heldResources(): Promise<Held> {
  const run = pulumi.runtime.getMonitor() as object | undefined;
  const before = run && known.get(run);
  if (before) return before;
  const now = askEngine();
  if (run) known.set(run, now);
  return now;
}

/** The same, where it was awaited before; undefined where it was not. */
export function alreadyHeld(): Promise<Held> | undefined {
  const run = pulumi.runtime.getMonitor() as object | undefined;
  return run && known.get(run);
}

async function askEngine(): Promise<Held> {
  const stack = pulumi.getStack();
  const whole = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
  const ask = (stackName: string) =>
    pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  try {
    // State that is kept in the layout of before projects takes the stack's name alone.
    const state = await ask(whole).catch(() => ask(stack));
    const resources = Object.entries<{ outputs?: Held[string] }>(state.outputs ?? {});
    return Object.fromEntries(resources.map(([urn, { outputs = {} }]) => [urn, outputs]));
  } catch (failure) {
    throw new Error(`The engine does not say what the stack's state holds: ${failure}`);
  }
}

/** The URNs of a type whose outputs have these values, texts in any case. */
export function heldAs(
  held: Held,
  type: string,
  values: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(held)
    .filter(([urn]) => typeOf(urn) === type)
    .filter(([, outputs]) => hasValues(outputs, values))
    .map(([urn]) => urn);
}

/** Outputs of the resource of a type and a name; undefined where the stack has none. */
export function heldNamed(held: Held, type: string, name: string): Held[string] | undefined {
  const urn = Object.keys(held).find((it) => typeOf(it) === type && it.endsWith(`::${name}`));
  return urn ? held[urn] : undefined;
}

/** Whether the outputs have these values, texts in any case. */
export function hasValues(
  outputs: Held[string],
  values: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(values).every(([key, value]) => same(outputs[key], value));
}

/** A resource's own type, without those of its parents. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The name that a resource was declared by. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function same(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}
