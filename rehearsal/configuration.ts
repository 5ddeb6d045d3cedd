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

/**
 * The configuration of a stack, as the program reads it.
 *
 * @throws RefusedError if there are problems.
 */
export function configurationOf(
  values: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
): StackConfiguration {
  const { configuration, problems } = readConfiguration(values, environment);
  if (!configuration) throw new RefusedError("The configuration cannot be used", problems);
  return configuration;
}
