import { type PolicyResource, unknownCheckingProxy } from "@pulumi/policy";
import { policies } from "../../policy/policies";

/** What the engine writes in place of a text that is not known at preview. */
export const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource as a program declares it. */
export interface Declared {
  readonly type: string;
  readonly urn: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** URNs of the resources that a property depends on, by the property. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

type Settings = Readonly<Record<string, object>>;

/** What the pack says of resources, as the engine asks it: `URN: POLICY: MESSAGE`. */
export function violations(resources: readonly Declared[], settings: Settings = {}): string[] {
  const found: string[] = [];
  const seen = resources.map(seenByPolicies);
  connect(resources, seen);
  for (const policy of policies) {
    const getConfig = <T>() => (settings[policy.name] ?? {}) as T;
    const told = (message: string, urn?: string) =>
      found.push(`${urn}: ${policy.name}: ${message}`);
    if ("validateStack" in policy) {
      policy.validateStack({ resources: seen, getConfig } as never, told);
      continue;
    }
    for (const resource of seen) {
      const validate = policy.validateResource as (args: object, told: object) => void;
      validate({ ...resource, getConfig }, (message: string) => told(message, resource.urn));
    }
  }
  return found;
}

function seenByPolicies({ type, urn, properties }: Declared): PolicyResource {
  const props = unknownCheckingProxy(properties);
  return { type, urn, name: urn, props, dependencies: [], propertyDependencies: {} } as never;
}

function connect(resources: readonly Declared[], seen: readonly PolicyResource[]): void {
  for (const [index, { dependencies = {} }] of resources.entries()) {
    const on = (urns: readonly string[]) => seen.filter(({ urn }) => urns.includes(urn));
    const pairs = Object.entries(dependencies).map(([key, urns]) => [key, on(urns)] as const);
    Object.assign(seen[index]!, { propertyDependencies: Object.fromEntries(pairs) });
  }
}
