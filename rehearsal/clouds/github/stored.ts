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
  /**
   * The times of a stored value, as the provider's outputs have them. After a write, there is no
   * `before`, and GitHub can show a time that is too early by some seconds.
   */
  times(found: Stored | undefined, before: Properties | undefined, skewSeconds: number): Properties;
}

/** A time as Go prints it: https://pkg.go.dev/time#Time.String. The provider's outputs have that form. */
function goTime(at: string | undefined, moreSeconds = 0): string {
  if (!at) return "";
  const time = new Date(Date.parse(at) + 1000 * moreSeconds).toISOString();
  return `${time.slice(0, 10)} ${time.slice(11, 19)} +0000 UTC`;
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
    times(found, before, skewSeconds) {
      const createdAt = goTime(found?.createdAt);
      const updatedAt = goTime(found?.updatedAt, before ? 0 : -skewSeconds);
      if (!secret) return { createdAt, updatedAt };
      // A refresh changes only the remote time. So the provider does not find a changed secret.
      const known = (before?.updatedAt as string) ?? updatedAt;
      return { createdAt, updatedAt: known, remoteUpdatedAt: updatedAt };
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
