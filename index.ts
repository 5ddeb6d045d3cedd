import { SharedIdentity } from "./components/shared-identity";
import { SigningPipeline } from "./components/signing-pipeline";
import { readConfiguration } from "./config";
import { survey } from "./surroundings/survey";

/** The stack: one signing pipeline for each that the configuration names. */
async function stack(): Promise<Record<string, unknown>> {
  const { shared, pipelines } = await survey(readConfiguration());
  const identities = new Map(shared.map(([name, args]) => [name, new SharedIdentity(name, args)]));
  return Object.fromEntries(
    pipelines.map(([name, { identity: wanted, ...args }]) => {
      const identity =
        wanted.kind === "shared" ? (identities.get(wanted.name) as SharedIdentity) : wanted;
      const pipeline = new SigningPipeline(name, { ...args, identity });
      const { clientId, subjects, images, workflow, notation, pullRequest } = pipeline;
      return [name, { clientId, subjects, images, workflow, notation, pullRequest }];
    }),
  );
}

// Pulumi calls a program that is a function; in CommonJS a default export would be an output.
export = stack;
