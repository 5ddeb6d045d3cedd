import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../configuration/problems";
import { readConfiguration } from "../configuration/read";
import type { StackConfiguration } from "../configuration/schema";
import { discover } from "../discovery/discover";
import { planStack } from "../planning/plan-stack";
import type { StackPlan } from "../planning/stack-plan";
import type { Snapshot } from "../snapshot";
import type { OpenStack } from "./open-stack";

/** What the program would find and decide, before it declares anything. */
export interface Survey {
  /** Undefined: the configuration has problems. */
  readonly configuration?: StackConfiguration;
  /** The values of the stack file, with those of the environments of Pulumi ESC. */
  readonly values: Readonly<Record<string, string>>;
  /** Undefined: what exists was not read, or could not be read. */
  readonly snapshot?: Snapshot;
  /** Undefined: what exists does not fit the configuration. */
  readonly plan?: StackPlan;
  /** Problems of the configuration, or of what exists. */
  readonly problems: readonly Problem[];
  /** Why nothing could be read, in the words of a provider or of the engine. */
  readonly failure?: string;
}

/** The configuration of the stack whose preview runs, with its values as Pulumi stores them. */
export function configurationHere(): Pick<Survey, "configuration" | "values" | "problems"> {
  const values = pulumi.runtime.allConfig();
  return { values, ...readConfiguration(values, process.env) };
}

/**
 * Runs the program's reads and decisions in a preview of the stack, with the providers and the
 * credentials that `pulumi up` would use. It declares nothing.
 *
 * @param ask asks more of the same providers, in the same preview.
 */
export async function survey(
  stack: OpenStack,
  ask: (
    configuration: StackConfiguration,
    values: Readonly<Record<string, string>>,
  ) => Promise<void> = async () => {},
): Promise<Survey> {
  let found: Survey | undefined;
  const errors = await stack.preview(async () => {
    found = configurationHere();
    const { configuration, values } = found;
    if (!configuration) return;
    const [discovered] = await Promise.all([
      discover(configuration).catch((failure: Error) => failure),
      ask(configuration, values),
    ]);
    if (discovered instanceof Error) {
      found = { ...found, failure: discovered.message };
      return;
    }
    const { snapshot } = discovered;
    found = { ...found, snapshot, ...planStack(configuration, snapshot) };
  });
  return answered(found ?? { values: {}, problems: [] }, errors);
}

/** A preview that ends before anything is read has no answer. That is a failure, never a success. */
export function answered(found: Survey, errors: readonly string[]): Survey {
  const { snapshot, failure, problems } = found;
  if (snapshot || failure || problems.length > 0) return found;
  return { ...found, failure: errors.join("\n") || "The preview ended before it read anything." };
}
