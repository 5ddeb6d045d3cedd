import * as pulumi from "@pulumi/pulumi";
import type { SharedIdentityPlan, StackPlan } from "../planning/stack-plan";
import { type AzureProviders, declareCreated } from "./created";
import { AS_PLANNED, settleWith } from "./settle";
import { SharedIdentity } from "./shared-identity";
import { SigningPipeline } from "./signing-pipeline";

/** A shared identity is declared before its users, and after pipelines that left it. */
export function declareStack(
  { created, sharedIdentities, pipelines, assignments, warnings }: StackPlan,
  providers: AzureProviders,
) {
  const { all: foundation, loginServer } = declareCreated(created, providers);
  const made = new Map<string, SigningPipeline>();
  const shared = new Map<
    string,
    { identity: SharedIdentity; plan: SharedIdentityPlan; users: SigningPipeline[] }
  >();

  /** By the id of the repository. */
  const commits = new Map<number, readonly pulumi.Resource[]>();

  const shareOf = (name: string) => {
    const before = shared.get(name);
    if (before) return before;
    const plan = sharedIdentities.find((it) => it.name === name);
    if (!plan) throw new Error(`no pipeline shares ${name}`);
    const after = plan.formerUsers.map(pipelineOf);
    const share = {
      identity: new SharedIdentity(name, {
        ...plan,
        ...providers(plan.identity.subscription),
        assignments,
        foundation,
        after,
      }),
      plan,
      users: [],
    };
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
    const whose = share ? share.plan.identity : plan.identity;
    const option = providers("subscription" in whose ? whose.subscription : undefined);
    const earlierCommits = commits.get(plan.repository.id) ?? [];
    const files = plan.files.committed?.files ?? plan.files.proposal?.files ?? [];
    const settle = plan.isPending ? settleWith({ loginServer }, files) : AS_PLANNED;
    const pipeline = new SigningPipeline(name, {
      ...plan,
      ...option,
      settle,
      foundation,
      assignments,
      shared: identity,
      earlierCommits,
    });
    share?.users.push(pipeline);
    commits.set(plan.repository.id, [...earlierCommits, ...pipeline.commits]);
    made.set(name, pipeline);
    return pipeline;
  };
  for (const warning of warnings) pulumi.log.warn(warning);
  return new Map(pipelines.map(({ name }) => [name, pipelineOf(name)]));
}
