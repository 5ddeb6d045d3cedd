import type { Properties } from "./plain";

/** What users can set, by the name of the policy. */
export type Settings = Readonly<Record<string, unknown>>;

/** A rule about one resource. */
export interface ResourceRule {
  /** Name of the policy. */
  readonly name: string;
  /** What the policy demands, in one sentence. */
  readonly description: string;
  /** Whether the rule is about resources of this type. */
  readonly isAbout: (type: string) => boolean;
  /** What is wrong, and how to fix it. Each text is one violation. */
  readonly check: (properties: Properties, settings: Settings) => readonly string[];
}

/** A resource of a stack, and what it depends on. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly properties: Properties;
  /** URNs of the resources that a property depends on, by the property. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A rule about all resources of a stack. */
export interface StackRule {
  readonly name: string;
  readonly description: string;
  /** What is wrong, and how to fix it, each with the URN of the resource. */
  readonly check: (
    resources: readonly StackResource[],
  ) => readonly { readonly urn: string; readonly message: string }[];
}
