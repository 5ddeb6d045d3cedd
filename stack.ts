import * as pulumi from "@pulumi/pulumi";
import { declareStack } from "./components/stack";
import { describeProblems, type Problem } from "./configuration/problems";
import { readConfiguration } from "./configuration/read";
import type { StackConfiguration } from "./configuration/schema";
import { VERIFICATION } from "./configuration/schemas/fields";
import { discover } from "./discovery/discover";
import { planStack } from "./planning/plan-stack";
import type { StackPlan } from "./planning/stack-plan";

/**
 * A Pulumi program: one signing pipeline for each that the stack's configuration names. The keys of
 * the configuration begin with `countersign:`, whatever the name of the project is.
 *
 * @returns the outputs of each pipeline, by its key, and what verifiers need as `verification`.
 * @throws RunError with every problem of the configuration, or of what exists.
 */
export async function stack(): Promise<Record<string, unknown>> {
  const { configuration, problems } = readConfiguration(pulumi.runtime.allConfig(), process.env);
  throwIfAny("The configuration cannot be used", problems);
  const { snapshot, providers } = await discover(configuration as StackConfiguration);
  const planned = planStack(configuration as StackConfiguration, snapshot);
  throwIfAny("What exists does not fit the configuration", planned.problems);
  const { pipelines, verification } = declareStack(planned.plan as StackPlan, providers);
  const outputs = Object.fromEntries(
    [...pipelines].map(([name, it]) => {
      const { clientId, subjects, signs, images, workflow, notation, reusableWorkflow } = it;
      const { pullRequest } = it;
      const own = { clientId, subjects, signs, images, workflow, notation, pullRequest };
      return [name, { ...own, reusableWorkflow }];
    }),
  );
  return { ...outputs, ...(verification && { [VERIFICATION]: verification }) };
}

/** One error with every problem; the engine prints it without a stack trace. */
function throwIfAny(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new pulumi.RunError(describeProblems(subject, problems));
}
