import { CloudError } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import type { Kind, Stored } from "./model";

/** What secrets and variables of every level have in common (github.md, 3.4, 3.7 and 4.1). */
export interface Value {
  readonly kind: Kind;
  /** The property that holds its name. */
  readonly nameOf: "secretName" | "variableName";
  /** What only the service knows. */
  readonly computed: readonly string[];
  /** The name as GitHub keeps it. */
  name(inputs: Properties): string;
  check(inputs: Properties): { fault?: string };
  /** The times of what is held, as the provider gives them out. */
  times(found: Stored | undefined, before?: Properties): Properties;
}

export function describeValue(kind: Kind): Value {
  const secret = kind === "secrets";
  const nameOf = secret ? "secretName" : "variableName";
  return {
    kind,
    nameOf,
    computed: ["createdAt", "updatedAt", ...(secret ? ["remoteUpdatedAt"] : [])],
    name: (inputs) => (inputs[nameOf] as string).toUpperCase(),
    check(inputs) {
      if (inputs[nameOf] === UNKNOWN) return {};
      if (!/^(?!GITHUB_)[a-zA-Z_][a-zA-Z0-9_]*$/i.test(inputs[nameOf] as string)) {
        return { fault: `${inputs[nameOf]} is not a name of a ${secret ? "secret" : "variable"}` };
      }
      const empty = secret && inputs.value === "";
      return empty ? { fault: "one of `encrypted_value,value` must be specified" } : {};
    },
    times({ createdAt = "", updatedAt = "" } = {} as Stored, before = {}) {
      return {
        createdAt,
        // A refresh stores the new remote time only, so that tampering goes unseen (4.1, item 1).
        updatedAt: secret ? ((before.updatedAt as string) ?? updatedAt) : updatedAt,
        ...(secret && { remoteUpdatedAt: updatedAt }),
      };
    },
  };
}

/** Puts a value where there is room; what was there keeps the time it was made. */
export function keep<T extends Stored>(
  all: Map<string, T>,
  { name, at, most, url }: { name: string; at: string; most: number; url: string },
  make: (times: { createdAt: string; updatedAt: string }, before: T | undefined) => T,
): void {
  const before = all.get(name);
  if (!before && all.size >= most) {
    throw new CloudError("422", `PUT ${url}: 422 too many ${url.split("/").at(-2)} []`);
  }
  all.set(name, make({ createdAt: before?.createdAt ?? at, updatedAt: at }, before));
}

/** A variable is never overwritten (github.md, 4.2). */
export function refuseExisting({ kind }: Value, all: ReadonlyMap<string, Stored>, name: string) {
  if (kind === "variables" && all.has(name)) {
    throw new CloudError("409", "Already exists - Variable already exists");
  }
}
