import type { PipelineArgs, Surveyed } from "../surroundings/survey";
import { SharedIdentity } from "./shared-identity";
import { SigningPipeline } from "./signing-pipeline";

/** All pipelines, each by its name: a shared identity before its users, and after its leavers. */
export function declarePipelines({ shared, pipelines }: Surveyed): Map<string, SigningPipeline> {
  const plans = new Map<string, PipelineArgs>(pipelines);
  const made = new Map<string, SigningPipeline>();
  const identities = new Map<string, SharedIdentity>();
  const identity = (name: string): SharedIdentity =>
    once(identities, name, () => {
      const plan = shared.find((it) => it.name === name);
      if (!plan) throw new Error(`no pipeline shares ${name}`);
      return new SharedIdentity(name, { ...plan.args, after: plan.leavers.map(pipeline) });
    });
  const pipeline = (name: string): SigningPipeline =>
    once(made, name, () => {
      const plan = plans.get(name);
      if (!plan) throw new Error(`there is no pipeline ${name}`);
      const { identity: wanted, ...args } = plan;
      const principal = wanted.kind === "shared" ? identity(wanted.name) : wanted;
      return new SigningPipeline(name, { ...args, identity: principal });
    });
  return new Map(pipelines.map(([name]) => [name, pipeline(name)]));
}

function once<T>(made: Map<string, T>, name: string, make: () => T): T {
  const before = made.get(name);
  if (before) return before;
  const now = make();
  made.set(name, now);
  return now;
}
