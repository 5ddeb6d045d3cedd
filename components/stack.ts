import type { StackPlan } from "../planning/stack-plan";
import { SharedIdentity } from "./shared-identity";
import { SigningPipeline } from "./signing-pipeline";

/** A shared identity is declared before its users, and after pipelines that left it. */
export function declareStack({ sharedIdentities, pipelines }: StackPlan) {
  const made = new Map<string, SigningPipeline>();
  const shared = new Map<string, { identity: SharedIdentity; users: SigningPipeline[] }>();

  const shareOf = (name: string) => {
    const before = shared.get(name);
    if (before) return before;
    const plan = sharedIdentities.find((it) => it.name === name);
    if (!plan) throw new Error(`no pipeline shares ${name}`);
    const after = plan.formerUsers.map(pipelineOf);
    const share = { identity: new SharedIdentity(name, { ...plan, after }), users: [] };
    shared.set(name, share);
    return share;
  };
  const pipelineOf = (name: string): SigningPipeline => {
    const before = made.get(name);
    if (before) return before;
    const plan = pipelines.find((it) => it.name === name);
    if (!plan) throw new Error(`there is no pipeline ${name}`);
    const share = plan.identity.kind === "shared" ? shareOf(plan.identity.name) : undefined;
    const credentials = share?.users.flatMap((user) => user.credentials) ?? [];
    const identity = share && { identity: share.identity, credentials };
    const pipeline = new SigningPipeline(name, { ...plan, shared: identity });
    share?.users.push(pipeline);
    made.set(name, pipeline);
    return pipeline;
  };
  return new Map(pipelines.map(({ name }) => [name, pipelineOf(name)]));
}
