import type { PipelinePlan } from "../../planning/stack-plan";
import type { PullRequestAnswer, StateResource } from "../../snapshot";
import {
  committedFilesName,
  fileName,
  proposalBranch,
  proposalBranchName,
  proposalName,
  pullRequestName,
  subjectTemplateName,
} from "../../trust/resource-names";
import { REUSABLE_WORKFLOW_KEYS } from "../../trust/subject-template";
import type { Config } from "./config";
import {
  environment,
  found,
  planned,
  problemsOf,
  repository,
  type SnapshotChanges,
  snapshot,
} from "./planning";
import { line } from "./refused";

const FILE = "github:index/repositoryFile:RepositoryFile";

/** What a run of pipeline `web` left, as far as planning asks for it: plain data, no engine. */
export interface World {
  /** Files of the default branch. */
  readonly main: Readonly<Record<string, string>>;
  /** Branches whose names begin with `countersign`. */
  readonly branches: readonly string[];
  readonly pullRequest?: PullRequestAnswer;
  readonly changes: SnapshotChanges;
  readonly plan?: PipelinePlan;
}

export const NEW: World = { main: {}, branches: [], changes: {} };

/** Runs the program once: plans `config`, and leaves what a successful `up` would leave. */
export function run(config: Config, before: World = NEW, changes: SnapshotChanges = {}): World {
  const plan = planned(config, seen(before, changes)).pipelines[0] as PipelinePlan;
  const { committed, proposal } = plan.files;
  const main = Object.fromEntries(committed?.files.map((it) => [it.path, it.content]) ?? []);
  const branch = proposal && proposalBranch("web", proposal.id);
  const isSame = proposal && before.plan?.files.proposal?.id === proposal.id;
  const pullRequest = isSame ? before.pullRequest : proposal && pullRequestTo("main");
  return {
    main: { ...before.main, ...main },
    branches: [...new Set([...before.branches, ...(branch ? [branch] : [])])],
    ...(pullRequest && { pullRequest }),
    changes: { resources: resourcesOf(plan), records: { web: plan.record } },
    plan,
  };
}

/** What the next run's discovery returns. */
export function seen(world: World, changes: SnapshotChanges = {}) {
  const { web, ...others } = changes.repositories ?? {};
  const its = web && !("status" in web) ? web : undefined;
  const proposals = {
    branches: found(world.branches),
    rules: { rules: found([]), rulesets: {} },
    ...(world.pullRequest && { pullRequest: found(world.pullRequest) }),
  };
  return snapshot({
    ...world.changes,
    ...changes,
    resources: [...(world.changes.resources ?? []), ...(changes.resources ?? [])],
    repositories: {
      ...others,
      web: repository({ proposals, ...its, files: { ...world.main, ...its?.files } }),
    },
  });
}

/** What keeps the next run from being planned, in lines. */
export function refusedNext(
  config: Config,
  before: World,
  changes: SnapshotChanges = {},
): readonly string[] {
  return problemsOf(config, seen(before, { ...made(before), ...changes })).map(line);
}

/** The next run, with what the one before made on GitHub. */
export function next(config: Config, before: World, changes: SnapshotChanges = {}): World {
  return run(config, before, { ...made(before), ...changes });
}

/** A first plan, proposed, merged, and run again: its workflow is on the default branch. */
export function standing(config: Config): World {
  return next(config, merge(run(config)));
}

/** A person merges the open pull request. */
export function merge(world: World, { deleteBranch = false } = {}): World {
  const { proposal } = world.plan?.files ?? {};
  const files = Object.fromEntries(proposal?.files.map((it) => [it.path, it.content]) ?? []);
  return {
    ...world,
    main: { ...world.main, ...files },
    branches: deleteBranch ? [] : world.branches,
    pullRequest: { ...pullRequestTo("main"), state: "closed", merged: true },
  };
}

/** A person changes a file on the default branch. */
export function edit(world: World, path: string, change: (text: string) => string): World {
  return { ...world, main: { ...world.main, [path]: change(world.main[path] ?? "") } };
}

export function close(world: World): World {
  return { ...world, pullRequest: { ...pullRequestTo("main"), state: "closed" } };
}

export function pullRequestTo(ref: string): PullRequestAnswer {
  const html_url = "https://github.com/Contoso/web/pull/1";
  return { state: "open", merged: false, html_url, base: { ref } };
}

/** What a run made in GitHub beside the files: its environments, and the subject template. */
export function made({ plan }: World): SnapshotChanges {
  const its = plan?.environments ?? [];
  const id = plan?.repository.id ?? 0;
  const isNamed = plan?.subjectTemplate !== "none";
  const refs = its.flatMap(({ environment: { name }, branches, tags }) => [
    ...branches.map((branchPattern) => ({ environment: name, branchPattern })),
    ...tags.map((tagPattern) => ({ environment: name, tagPattern })),
  ]);
  const resource = (type: string, name: string, outputs: object) => ({
    type: `github:index/${type}`,
    name,
    outputs: { repositoryId: id, ...outputs },
  });
  const web = repository({
    environments: Object.assign(
      {},
      ...its.map(({ environment: { name }, branches, tags }) =>
        environment(name, [
          ...branches.map((it) => `branch ${it}`),
          ...tags.map((it) => `tag ${it}`),
        ]),
      ),
    ),
    ...(isNamed && {
      subjects: found({ use_default: false, include_claim_keys: REUSABLE_WORKFLOW_KEYS }),
    }),
  });
  return {
    repositories: { web },
    resources: [
      ...its.map(({ environment: { name } }) =>
        resource("repositoryEnvironment:RepositoryEnvironment", "", { environment: name }),
      ),
      ...refs.map((outputs) =>
        resource(
          "repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
          "",
          outputs,
        ),
      ),
      ...(isNamed ? [resource("oidc", subjectTemplateName("web", id), {})] : []),
    ],
  };
}

function resourcesOf({ files, repository: { id } }: PipelinePlan): StateResource[] {
  const file = (component: string, branch: string) =>
    (files.committed ?? files.proposal)?.files.map(({ key, path, content }) => ({
      type: FILE,
      name: fileName(component, key),
      outputs: { repositoryId: id, branch, file: path, content },
    })) ?? [];
  if (files.committed) return file(committedFilesName("web"), "main");
  if (!files.proposal) return [];
  const name = proposalName("web", files.proposal.id);
  return [
    { type: "github:index/branch:Branch", name: proposalBranchName(name), outputs: {} },
    {
      type: "github:index/repositoryPullRequest:RepositoryPullRequest",
      name: pullRequestName(name),
      outputs: { number: 1 },
    },
    ...file(name, proposalBranch("web", files.proposal.id)),
  ];
}
