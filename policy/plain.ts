import { UnknownValueError } from "@pulumi/policy";

/**
 * A value that is not known at preview. It is neither right nor wrong, so no rule objects to it:
 * `pulumi up` checks the value when it is known.
 */
export const UNKNOWN = Symbol("unknown");

/** Properties of a resource: plain data, in which a value can be `UNKNOWN`. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The plain data of what a policy gets. There, reading an unknown value throws, and the engine would
 * then skip the whole policy for this resource: @pulumi/policy@1.21.0, server.js.
 */
export function plain(properties: object): Properties {
  return Object.fromEntries(
    Object.keys(properties).map((key) => [key, read(() => (properties as Properties)[key])]),
  );
}

function read(value: () => unknown): unknown {
  try {
    const found = value();
    if (Array.isArray(found)) return Object.keys(found).map((index) => read(() => found[+index]));
    return typeof found === "object" && found !== null ? plain(found) : found;
  } catch (failure) {
    if (failure instanceof UnknownValueError) return UNKNOWN;
    throw failure;
  }
}
