import { declarePipelines } from "./components/pipelines";
import { readConfiguration } from "./config";
import { survey } from "./surroundings/survey";

/** The stack: one signing pipeline for each that the configuration names. */
async function stack(): Promise<Record<string, unknown>> {
  const pipelines = declarePipelines(await survey(readConfiguration()));
  return Object.fromEntries(
    [...pipelines].map(([name, it]) => {
      const { clientId, subjects, images, workflow, notation, pullRequest } = it;
      return [name, { clientId, subjects, images, workflow, notation, pullRequest }];
    }),
  );
}

// Pulumi calls a program that is a function; in CommonJS a default export would be an output.
export = stack;
