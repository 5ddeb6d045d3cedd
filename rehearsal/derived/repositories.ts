import { posix } from "node:path";
import type { StackConfiguration } from "../../configuration/schema";
import { createsEnvironment } from "../../configuration/schemas/environment-schema";
import type { WorldInput } from "../world/world";

type Pipeline = StackConfiguration["pipelines"][string];
type Repository = NonNullable<WorldInput["github"]["repositories"]>[number];
type Environment = NonNullable<Repository["environments"]>[number];

/** The reviewer of an environment that exists already. */
export const SOMEBODY = "alice";

const FIRST_ID = 821093847;

/** The subject template of a repository that trusts one reusable workflow. */
const GOVERNED = ["repo", "context", "job_workflow_ref"];

/** The repositories of all pipelines, with what each pipeline requires. */
export function repositoriesOf({ pipelines, host }: StackConfiguration): Repository[] {
  const byName = new Map<string, Pipeline[]>();
  const all = Object.values(pipelines);
  const isNew = (key: string) =>
    all.some((it) => it.createRepository && it.repository.toLowerCase() === key);
  for (const pipeline of all) {
    const key = pipeline.repository.toLowerCase();
    if (isNew(key)) continue;
    byName.set(key, [...(byName.get(key) ?? []), pipeline]);
  }
  return [...byName.values()].map((users, index) => ({
    ...repository(users),
    id: FIRST_ID + index,
    immutableSubjects:
      host.name === "github.com" && users.every(({ subjects }) => subjects !== "names"),
  }));
}

function repository(users: readonly Pipeline[]): Omit<Repository, "id"> {
  const branches = users.flatMap((it) => it.branches ?? ["main"]);
  const exact = branches.find((branch) => !branch.includes("*"));
  const defaultBranch = branches.includes("main") ? "main" : (exact ?? "main");
  const templated = users.some(({ trust }) => trust && !trust.manageSubjectTemplate);
  return {
    name: users[0]?.repository ?? "",
    defaultBranch,
    subjectTemplate: templated ? GOVERNED : undefined,
    protectedBranches: users.some((it) => it.commit === "pull-request") ? [defaultBranch] : [],
    files: Object.fromEntries(users.flatMap(filesOf)),
    secrets: users.some((it) => adoptsSecrets(it, "repository")) ? ["AZURE_CLIENT_ID"] : [],
    environments: merged(users.flatMap((it) => environmentsOf(it, it.branches ?? [defaultBranch]))),
  };
}

/** The Dockerfile of each image, and the workflow that is taken over. */
function filesOf({ images, adopt, workflow }: Pipeline): Array<readonly [string, string]> {
  return [
    ...images.map(({ context, dockerfile }) => {
      return [posix.join(context, dockerfile), "FROM scratch\n"] as const;
    }),
    ...(adopt ? [[workflow, "name: the workflow that is taken over\n"] as const] : []),
  ];
}

export function adoptsSecrets({ adopt, ids, level }: Pipeline, where: Pipeline["level"]): boolean {
  return adopt && ids === "secrets" && level === where;
}

/** The environment that exists already. It admits the declared refs, after a review. */
function environmentsOf(pipeline: Pipeline, branches: readonly string[]): Environment[] {
  const { environment, tags } = pipeline;
  if (!environment || createsEnvironment(pipeline)) return [];
  const { users, teams } = environment.reviewers;
  const reviewers = [...users, ...teams];
  const policies = [
    ...branches.map((name) => ({ name, type: "branch" as const })),
    ...tags.map((name) => ({ name, type: "tag" as const })),
  ];
  return [
    { name: environment.name, reviewers: reviewers.length > 0 ? reviewers : [SOMEBODY], policies },
  ];
}

/** Pipelines can use one environment. It then has what each of them requires. */
function merged(all: readonly Environment[]): Environment[] {
  const byName = new Map<string, Environment>();
  for (const it of all) {
    const found = byName.get(it.name.toLowerCase());
    const policies = [...(found?.policies ?? []), ...(it.policies ?? [])];
    byName.set(it.name.toLowerCase(), {
      ...(found ?? it),
      reviewers: [...new Set([...(found?.reviewers ?? []), ...(it.reviewers ?? [])])],
      policies: policies.filter(
        (one, index) =>
          index === policies.findIndex(({ name, type }) => name === one.name && type === one.type),
      ),
    });
  }
  return [...byName.values()];
}
