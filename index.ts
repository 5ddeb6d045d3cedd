import { SigningPipeline } from "./components/signing-pipeline";
import { readConfiguration } from "./config";
import { survey } from "./surroundings/survey";

/** The stack: one signing pipeline for each that the configuration names. */
async function stack(): Promise<Record<string, unknown>> {
  const pipelines = await survey(readConfiguration());
  return Object.fromEntries(
    pipelines.map(([name, args]) => {
      const { clientId, subjects, images, workflow, notation } = new SigningPipeline(name, args);
      return [name, { clientId, subjects, images, workflow, notation }];
    }),
  );
}

// Pulumi calls a program that is a function; in CommonJS a default export would be an output.
export = stack;
