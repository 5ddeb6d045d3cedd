import type { Properties, Value } from "./wire";

/**
 * One resource type of an embedded provider. It refuses every property that it does not list, so
 * that the program cannot rely on a property that the embedded cloud ignores.
 */
export interface ResourceType {
  readonly token: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Outputs that the service decides. */
  readonly computed: readonly string[];
  /** Properties whose change replaces the resource. Other changes update it in place. */
  readonly replaceOn: readonly string[];
  /** Other properties whose change replaces the resource, depending on the values. */
  readonly replaces?: (before: Properties, news: Properties) => readonly string[];
  /** What the provider refuses or adds at preview. `olds` are the inputs in the state. */
  readonly check?: (
    inputs: Properties,
    name: string,
    olds: Properties,
  ) => { inputs?: Properties; fault?: string };
  readonly create: (inputs: Properties) => Promise<Made> | Made;
  /** The inputs that an id says, which is all that an import gives. Default: none. */
  readonly identified?: (id: string) => Properties;
  /** What a refresh finds. Undefined if the resource no longer exists. */
  readonly read: (id: string, inputs: Properties, before: Properties) => Made | undefined;
  readonly update: (id: string, inputs: Properties, before: Properties) => Promise<Made> | Made;
  readonly delete: (id: string, outputs: Properties) => Promise<void> | void;
}

export interface Made {
  readonly id: string;
  /** Outputs in addition to the inputs. */
  readonly outputs: Properties;
  /** Inputs that a refresh finds changed. */
  readonly inputs?: Properties;
}

/** A function of an embedded provider. */
export interface CloudFunction {
  readonly token: string;
  /** The request that it sends, as the traffic records it. Undefined: it is not recorded. */
  readonly request?: (args: Properties) => string;
  readonly call: (args: Properties) => Properties;
}

/** How a provider answers the engine. The default is that of a bridged provider. */
export interface Rules {
  /** The text about a required property that is missing. */
  readonly missing: (property: string) => string;
  /** Whether two values of a property are no change. */
  readonly same: (property: string, before: Value, news: Value) => boolean;
  /** Whether a replacement deletes the old resource before it creates the new one. */
  readonly deletesFirst: (before: Properties) => boolean;
  /** The outputs that a preview shows. `before` are those of a resource that is updated. */
  readonly foreseen: (
    computed: readonly string[],
    inputs: Properties,
    before?: Properties,
  ) => Properties;
}

/** Everything that an embedded provider serves. */
export interface ProviderTable {
  readonly name: string;
  readonly version: string;
  readonly resources: readonly ResourceType[];
  readonly functions: readonly CloudFunction[];
  /** Whether the inputs are outputs too. They are in bridged providers, and not in azure-native. */
  readonly echoes: boolean;
  /** Keys that the provider's own configuration may have. Undefined: any key. */
  readonly configuration?: readonly string[];
  /** Whether an instance with this configuration sends requests in parallel. Default: it does. */
  readonly parallel?: (configuration: Properties) => boolean;
  readonly rules?: Rules;
  /** The table of an instance with this configuration. Default: all instances serve the same. */
  readonly configured?: (configuration: Properties) => ProviderTable;
}

/** A completed write. */
export interface Write {
  readonly operation: "create" | "update" | "delete";
  readonly token: string;
  readonly name: string;
}

/** A fault that a test injects: the write is refused, or it is done and its answer is lost. */
export type Fault = "refused" | "lost" | undefined;

/** The requests between the engine and the clouds. */
export interface Traffic {
  readonly writes: Write[];
  /** The endpoint of each `getRestApi` call to GitHub, in order. */
  readonly reads: string[];
  /** How long GitHub takes to answer each of these calls. Default: no time. */
  readDelayMs?: number;
  fault?: (write: Write) => Fault;
  /** With which words a function of a provider fails. Undefined: it does not fail. */
  failing?: (token: string) => string | undefined;
}

/**
 * The answer of a service that refuses a request, with the service's code. `whole` is the text in
 * the provider's words.
 */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    message: string,
    whole = `${code}: ${message}`,
  ) {
    super(whole);
    this.name = "CloudError";
  }
}
