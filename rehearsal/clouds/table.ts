import type { Properties } from "./wire";

/**
 * One resource type of an embedded provider: a table entry. What it does not name is refused, so
 * that the program cannot lean on a property that the simulation merely ignores.
 */
export interface ResourceType {
  readonly token: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Outputs that only the service knows. */
  readonly computed: readonly string[];
  /** Properties whose change replaces; all others are updated in place. */
  readonly replaceOn: readonly string[];
  /** Further changes that replace, depending on the values. */
  readonly replaces?: (before: Properties, news: Properties) => readonly string[];
  /** What the provider itself refuses or fills in, at preview already. */
  readonly check?: (inputs: Properties, name: string) => { inputs?: Properties; fault?: string };
  readonly create: (inputs: Properties) => Promise<Made> | Made;
  /** What a refresh sees; undefined when it is gone. */
  readonly read: (id: string, inputs: Properties, before: Properties) => Made | undefined;
  readonly update: (id: string, inputs: Properties, before: Properties) => Promise<Made> | Made;
  readonly delete: (id: string, outputs: Properties) => Promise<void> | void;
}

export interface Made {
  readonly id: string;
  /** Beyond the inputs, which are outputs too. */
  readonly outputs: Properties;
  /** Inputs as a refresh finds them, where they differ. */
  readonly inputs?: Properties;
}

/** A function (`invoke`) of an embedded provider. */
export interface CloudFunction {
  readonly token: string;
  readonly call: (args: Properties) => Properties;
}

/** All that an embedded provider serves. */
export interface ProviderTable {
  readonly name: string;
  readonly version: string;
  readonly resources: readonly ResourceType[];
  readonly functions: readonly CloudFunction[];
  /** Whether inputs are outputs too, as in bridged providers; azure-native has the answer's only. */
  readonly echoes: boolean;
}

/** A write that the engine asked for, in the order of completion. */
export interface Write {
  readonly operation: "create" | "update" | "delete";
  readonly token: string;
  readonly name: string;
}

/** What a test lets happen to a write: refused before it took effect, or its answer lost after. */
export type Fault = "refused" | "lost" | undefined;

/** What happens on the way between the engine and a cloud. */
export interface Traffic {
  readonly writes: Write[];
  fault?: (write: Write) => Fault;
}

/** An answer of a service that refuses; the code is the service's own. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "CloudError";
  }
}
