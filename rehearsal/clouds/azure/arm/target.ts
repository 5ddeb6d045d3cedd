/** What the path of a request names. */
export interface Target {
  /** The path with single slashes. */
  readonly path: string;
  readonly subscription: string | undefined;
  readonly group: string | undefined;
  /** What the resource belongs to: a resource group, or the scope of a role assignment. */
  readonly scope: string;
  readonly namespace: string;
  /** Types and names of the resource and of its parents. */
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/**
 * Parses a path. ARM accepts an empty part, which the provider sends for an empty
 * `parentResourcePath`: pulumi/pulumi-azure-native, test-programs/generic-resource-cognitive-services.
 */
export function targetOf(path: string): Target {
  const parts = path.split("/").filter((part) => part !== "");
  const whole = `/${parts.join("/")}`;
  const [, subscription] = /^\/subscriptions\/([^/]+)/i.exec(whole) ?? [];
  const [, group] = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(whole) ?? [];
  const at = parts.map((part) => part.toLowerCase()).lastIndexOf("providers");
  const place = { path: whole, subscription, group };
  if (at < 0) {
    // The only resource that has no provider in its path and that is served.
    const its = { scope: `/subscriptions/${subscription}`, namespace: "Microsoft.Resources" };
    return { ...place, ...its, types: ["resourceGroups"], names: [group ?? ""] };
  }
  const [namespace = "", ...rest] = parts.slice(at + 1);
  return {
    ...place,
    scope: at === 0 ? "" : `/${parts.slice(0, at).join("/")}`,
    namespace,
    types: rest.filter((_, index) => index % 2 === 0),
    names: rest.filter((_, index) => index % 2 === 1),
  };
}
