import * as pulumi from "@pulumi/pulumi";
import type { SharedIdentityPlan, StackPlan } from "../planning/stack-plan";
import { CLUSTER } from "../trust/resource-names";
import { SharedIdentity } from "./access/shared-identity";
import { Verifier } from "./access/verifier";
import { type AzureProviders, declareCreated } from "./created";
import { NewRepository } from "./new-repository";
import { AS_PLANNED, settleWith } from "./settle";
import { SigningPipeline } from "./signing-pipeline";

/** A shared identity is declared before its users, and after pipelines that left it. */
export function declareStack(
  { created, newRepositories, sharedIdentities, pipelines, assignments, ...plan }: StackPlan,
  providers: AzureProviders,
) {
  const { all: foundation, loginServer } = declareCreated(created, providers);
  const { generation } = created;
  const made = new Map<string, SigningPipeline>();
  const shared = new Map<
    string,
    { identity: SharedIdentity; plan: SharedIdentityPlan; users: SigningPipeline[] }
  >();

  /** By the name of the repository, in lowercase. */
  const repositories = new Map(
    newRepositories.map((it) => [it.name.toLowerCase(), new NewRepository(it)]),
  );
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
        generation,
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
    const files = plan.files.committed?.files ?? plan.files.proposal?.files ?? [];
    const fresh = repositories.get(plan.repository.name.toLowerCase());
    const pending = plan.repository.id;
    const repository = fresh?.repositoryId.apply((id) => ({ pending, id }));
    const settle = plan.isPending ? settleWith({ loginServer, repository }, files) : AS_PLANNED;
    const earlierCommits = [...(fresh?.commits ?? []), ...(commits.get(plan.repository.id) ?? [])];
    const pipeline = new SigningPipeline(name, {
      ...plan,
      ...option,
      ...(fresh && { repositoryName: fresh.repository }),
      settle,
      foundation,
      generation,
      assignments,
      shared: identity,
      earlierCommits,
    });
    share?.users.push(pipeline);
    commits.set(plan.repository.id, [...earlierCommits, ...pipeline.commits]);
    made.set(name, pipeline);
    return pipeline;
  };
  for (const warning of plan.warnings) pulumi.log.warn(warning);
  const cluster =
    plan.cluster &&
    new Verifier(CLUSTER, {
      ...plan.cluster,
      ...providers(plan.cluster.identity.subscription),
      foundation,
      generation,
      assignments,
    });
  const settle = settleWith({ loginServer, clientId: cluster?.clientId }, []);
  return {
    pipelines: new Map(pipelines.map(({ name }) => [name, pipelineOf(name)])),
    verification: plan.verification && pulumi.output(settle(plan.verification)),
  };
}
