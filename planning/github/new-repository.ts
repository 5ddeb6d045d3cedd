import { posix } from "node:path";
import type { PipelineConfiguration, StackConfiguration } from "../../configuration/schema";
import type { Account, RepositorySnapshot, Snapshot } from "../../snapshot";
import { isPendingId, pendingRepositoryId } from "../../trust/pending";
import { repositoryResourceName, starterName } from "../../trust/resource-names";
import { answerValue } from "../answers";
import { refuseToAdopt, refuseToCreate } from "../azure/created";
import { type Report, under } from "../report";
import type { NewRepositoryPlan } from "../stack-plan";

const TYPE = "github:index/repository:Repository";

/** The repositories that the stack creates. */
export function planNewRepositories(
  { pipelines }: StackConfiguration,
  { github, state }: Snapshot,
): NewRepositoryPlan[] {
  return Object.entries(pipelines).flatMap(([pipeline, wanted]) => {
    const { createRepository: create, repository: name } = wanted;
    if (!create) return [];
    const users = Object.values(pipelines).filter((it) => isSame(it.repository, name));
    const { visibility, protect } = create;
    const id = answerValue(github.repositories[pipeline])?.id;
    // The files of a repository that exists are the user's.
    const isFresh = id !== undefined && isPendingId(id);
    const isHeld = ({ path }: Starter) =>
      state.resources.some((it) => it.name === starterName(pipeline, path));
    const starters = startersOf(users).filter((it) => isFresh || isHeld(it));
    return [{ pipeline, name, visibility, protect, starters }];
  });
}

type Starter = NewRepositoryPlan["starters"][number];

/** Dockerfiles that need no other file, so that the first run signs something. */
function startersOf(pipelines: readonly PipelineConfiguration[]): Starter[] {
  const images = pipelines.flatMap((it) => (it.build ? it.images : []));
  const paths = images.map(({ context, dockerfile }) => posix.join(context, dockerfile));
  return [...new Set(paths)].map((path) => {
    const { dockerfile = "" } = images[paths.indexOf(path)] ?? {};
    const targets = images.flatMap(({ target }, index) =>
      paths[index] === path && target ? target : [],
    );
    // Without a target, the last stage is built.
    const stages = targets.length > 0 ? [...new Set(targets)].map((it) => ` AS ${it}`) : [""];
    const text = stages.map((stage) => `FROM scratch${stage}\nCOPY ["${dockerfile}", "/"]\n`);
    return { path, content: `# Replace this with the Dockerfile of your image.\n${text.join("")}` };
  });
}

/** The snapshot in which repositories that this run creates are as GitHub will create them. */
export function withNewRepositories(
  { pipelines, host }: StackConfiguration,
  snapshot: Snapshot,
): Snapshot {
  const account = answerValue(snapshot.github.account);
  if (!account) return snapshot;
  const created = Object.values(pipelines).filter((it) => it.createRepository);
  const repositories = Object.entries(snapshot.github.repositories).map(([name, answer]) => {
    const wanted = pipelines[name]?.repository ?? "";
    const by = created.find((it) => isSame(it.repository, wanted));
    const isHeld = by && snapshot.state.resources.some((it) => isNamed(it.name, by, pipelines));
    if (answer.status !== "missing" || !by || isHeld) return [name, answer] as const;
    const value = newRepository(by, account, host);
    return [name, { status: "found", value } as const] as const;
  });
  const github = { ...snapshot.github, repositories: Object.fromEntries(repositories) };
  return { ...snapshot, github };
}

/** Whether a resource of the state is the repository that a pipeline creates. */
function isNamed(
  resource: string,
  by: PipelineConfiguration,
  pipelines: StackConfiguration["pipelines"],
): boolean {
  return Object.keys(pipelines).some(
    (name) => pipelines[name] === by && resource === repositoryResourceName(name),
  );
}

/** New repositories of github.com have immutable subjects. On GHE.com, that is unverified. */
function newRepository(
  { repository: name, createRepository }: PipelineConfiguration,
  owner: Account,
  host: StackConfiguration["host"],
): RepositorySnapshot {
  const id = pendingRepositoryId(name);
  const visibility = createRepository?.visibility ?? "private";
  const prefix = `repo:${owner.login}@${owner.id}/${name}@${id}`;
  return {
    id,
    name,
    owner,
    private: visibility !== "public",
    visibility,
    archived: false,
    defaultBranch: createRepository?.defaultBranch ?? "main",
    url: `https://${host.name}/${owner.login}/${name}`,
    empty: false,
    subjects: {
      status: "found",
      value: { use_default: true, ...(host.kind === "cloud" && { sub_claim_prefix: prefix }) },
    },
    rules: { rules: { status: "found", value: [] }, rulesets: {} },
    files: {},
    environments: {},
    settings: { status: "found", value: [] },
  };
}

/** Whether a repository can be created, or used as it is. Undefined: there is nothing to say. */
export function checkNewRepository(
  name: string,
  { pipelines, owner }: StackConfiguration,
  { github, state }: Snapshot,
  report: Report,
): void {
  const wanted = pipelines[name];
  if (!wanted) return;
  const { repository, createRepository: create, trust, commit } = wanted;
  const found = answerValue(github.repositories[name]);
  const isPending = found !== undefined && isPendingId(found.id);
  const given = `${owner}/${repository}`;
  const at = under(report, "repository");
  const held = state.resources.find(
    (it) => it.type === TYPE && it.name === repositoryResourceName(name),
  )?.outputs;
  if (!create && held && found && Number(held.repoId) === found.id) {
    refuseToAdopt(at, given, "repository");
  } else if (create && held && Number(held.repoId) !== found?.id) {
    const expected = `${held.name}, the name of the repository that this stack created`;
    const fix =
      "To rename the repository, rename it on GitHub first. If it is gone, run `pulumi refresh`.";
    at("create.name", given, expected, fix);
  } else if (create && !held && found && !isPending) {
    refuseToCreate(at, ["create", given, "repository"], `repository: ${found.name}`);
  }
  if (create?.visibility === "internal" && found && found.owner.type !== "Organization") {
    const fix = "Use `private` or `public`.";
    at("create.visibility", "internal", "a visibility that a user's repository can have", fix);
  }
  if (!isPending) return;
  if (trust) {
    const fix = "Add `trust` after the repository exists: run `pulumi up` without it first.";
    report("trust", trust.workflow, "no `trust` while the repository is created", fix);
  }
  if (commit === "pull-request") {
    const fix = "Remove `commit`. After the first run, set it again.";
    report("commit", commit, "auto or direct while the repository is created", fix);
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
