import { describeProblems, type Problem } from "../configuration/problems";
import { readConfiguration } from "../configuration/read";
import type { StackConfiguration } from "../configuration/schema";

/** The configuration or the world has problems. The message lists all of them. */
export class RefusedError extends Error {
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(describeProblems(subject, problems));
    this.name = "RefusedError";
  }
}

/** The configuration of a stack, and what only its providers read. */
export interface RehearsedConfiguration extends StackConfiguration {
  /** The subscription of Azure's provider. Undefined: the one that `az` is logged in to. */
  readonly defaultSubscription?: string;
}

/**
 * The configuration of a stack, as the program reads it.
 *
 * @throws RefusedError if there are problems.
 */
export function configurationOf(
  values: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
): RehearsedConfiguration {
  const { configuration, problems } = readConfiguration(values, environment);
  if (!configuration) throw new RefusedError("The configuration cannot be used", problems);
  const defaultSubscription = values["azure-native:subscriptionId"];
  return { ...configuration, ...(defaultSubscription && { defaultSubscription }) };
}
