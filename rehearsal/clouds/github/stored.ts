import { CloudError } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import type { Kind, Stored } from "./model";

/**
 * The common behavior of secrets and variables:
 * https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_actions_secret.go, github/resource_github_actions_variable.go.
 */
export interface Value {
  readonly kind: Kind;
  /** The property that holds its name. */
  readonly nameOf: "secretName" | "variableName";
  /** Outputs that the service decides. */
  readonly computed: readonly string[];
  /** The name as GitHub stores it. */
  name(inputs: Properties): string;
  check(inputs: Properties): { fault?: string };
  /** The times of a stored value, as the provider's outputs have them. */
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
        // A refresh changes only the remote time. So the provider does not find a changed secret.
        updatedAt: secret ? ((before.updatedAt as string) ?? updatedAt) : updatedAt,
        ...(secret && { remoteUpdatedAt: updatedAt }),
      };
    },
  };
}

/** Stores a value within the limit. A changed value keeps its creation time. */
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

/** The provider never overwrites a variable. */
export function refuseExisting({ kind }: Value, all: ReadonlyMap<string, Stored>, name: string) {
  if (kind === "variables" && all.has(name)) {
    throw new CloudError("409", "Already exists - Variable already exists");
  }
}
