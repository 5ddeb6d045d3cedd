import { SharedIdentity } from "./components/shared-identity";
import { SigningPipeline } from "./components/signing-pipeline";
import { readConfiguration } from "./config";
import { type Surveyed, survey } from "./surroundings/survey";

/** The stack: one signing pipeline for each that the configuration names. */
async function stack(): Promise<Record<string, unknown>> {
  const made = declare(await survey(readConfiguration()));
  return Object.fromEntries(
    made.map(([name, { clientId, subjects, images, workflow, notation, pullRequest }]) => [
      name,
      { clientId, subjects, images, workflow, notation, pullRequest },
    ]),
  );
}

/** A shared identity before those who use it, and after those who leave it. */
function declare({ shared, pipelines }: Surveyed): Array<[string, SigningPipeline]> {
  const plans = new Map(pipelines);
  const made = new Map<string, SigningPipeline>();
  const identities = new Map<string, SharedIdentity>();
  const identity = (name: string): SharedIdentity => {
    const before = identities.get(name);
    if (before) return before;
    const plan = shared.find((it) => it.name === name);
    if (!plan) throw new Error(`no pipeline shares ${name}`);
    const now = new SharedIdentity(name, { ...plan.args, after: plan.leavers.map(pipeline) });
    identities.set(name, now);
    return now;
  };
  const pipeline = (name: string): SigningPipeline => {
    const before = made.get(name);
    if (before) return before;
    const plan = plans.get(name);
    if (!plan) throw new Error(`there is no pipeline ${name}`);
    const { identity: wanted, ...args } = plan;
    const principal = wanted.kind === "shared" ? identity(wanted.name) : wanted;
    const now = new SigningPipeline(name, { ...args, identity: principal });
    made.set(name, now);
    return now;
  };
  return pipelines.map(([name]) => [name, pipeline(name)]);
}

// Pulumi calls a program that is a function; in CommonJS a default export would be an output.
export = stack;
