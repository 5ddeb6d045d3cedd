import { posix } from "node:path";
import type { StackConfiguration } from "../../configuration/schema";
import type { WorldInput } from "../../rehearsal/world/world";
import type { BranchRules, RepositorySnapshot, Snapshot } from "../../snapshot";
import { subjectPrefix, templateKeys } from "../../trust/subjects";

type Repository = NonNullable<WorldInput["github"]["repositories"]>[number];
type Ruleset = NonNullable<Repository["rulesets"]>[number];
type Pipeline = StackConfiguration["pipelines"][string];

/** The repositories of all pipelines; one that several pipelines use has what each of them read. */
export function worldRepositories(
  { pipelines }: StackConfiguration,
  { github, state }: Snapshot,
): Repository[] {
  const byId = new Map<number, Repository>();
  for (const [name, pipeline] of Object.entries(pipelines)) {
    const answer = github.repositories[name];
    if (answer?.status !== "found") continue;
    const own = state.pipelines[name]?.plans.flatMap(({ environment }) =>
      environment?.create ? environment.name.toLowerCase() : [],
    );
    const read = repositoryOf(answer.value, pipeline, own ?? []);
    const before = byId.get(read.id);
    byId.set(read.id, before ? joined(before, read) : read);
  }
  return [...byId.values()];
}

/** @param own environments that this stack made, in lower case. */
function repositoryOf(
  it: RepositorySnapshot,
  pipeline: Pipeline,
  own: readonly string[],
): Repository {
  const { id, name, archived, defaultBranch, empty } = it;
  const subjects = it.subjects.status === "found" ? it.subjects.value : undefined;
  const isCustom = subjects?.use_default === false;
  const keys = templateKeys(subjects, organizationKeys(it));
  const prefix = subjectPrefix(subjects, `${it.owner.login}/${name}`, keys);
  return {
    id,
    name,
    private: it.private,
    archived,
    defaultBranch,
    empty,
    immutableSubjects: prefix?.form === "immutable",
    ...(isCustom && { subjectTemplate: [...(subjects.include_claim_keys ?? [])] }),
    protectedBranches: isReviewed(it.rules) ? [defaultBranch] : [],
    rulesets: rulesets(it),
    ...actions(it),
    files: files(it, pipeline),
    ...settings(it, pipeline),
    environments: environments(it, own),
  };
}

function organizationKeys({
  organizationSubjects: answer,
}: RepositorySnapshot): readonly string[] | undefined {
  return answer?.status === "found" ? answer.value.include_claim_keys : undefined;
}

/** Classic protection that requires a pull request. */
function isReviewed(rules: BranchRules | undefined): boolean {
  const { protection } = rules ?? {};
  return protection?.status === "found" && "required_pull_request_reviews" in protection.value;
}

function rulesets({ rules, proposals, pushRulesets }: RepositorySnapshot): Ruleset[] {
  const others = proposals?.rules?.rules;
  const onProposals = new Set(
    others?.status === "found" ? others.value.map((it) => it.ruleset_id) : [],
  );
  const active = rules?.rules.status === "found" ? rules.rules.value : [];
  const ids = [...new Set(active.map(({ ruleset_id }) => ruleset_id))];
  const branch = ids.map((id): Ruleset => {
    const answer = rules?.rulesets[String(id)];
    const found = answer?.status === "found" ? answer.value : undefined;
    return {
      name: found?.name ?? `ruleset ${id}`,
      branches: [onProposals.has(id) ? "~ALL" : "~DEFAULT_BRANCH"],
      rules: active.filter((it) => it.ruleset_id === id).map(ruleOf),
      bypass: bypassOf(found),
    };
  });
  const push = pushRulesets?.status === "found" ? pushRulesets.value : [];
  return [
    ...branch,
    ...push.map((it): Ruleset => {
      const rules = it.rules.map(ruleOf);
      return { name: it.name, target: "push", rules, bypass: bypassOf(it) };
    }),
  ];
}

function ruleOf({
  type,
  parameters,
}: {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}): Ruleset["rules"][number] {
  return parameters ? { type, parameters } : type;
}

function bypassOf(
  ruleset: { readonly current_user_can_bypass?: string } | undefined,
): Ruleset["bypass"] {
  return (ruleset?.current_user_can_bypass ?? "never") as Ruleset["bypass"];
}

function actions({ actions: answer }: RepositorySnapshot): Partial<Repository> {
  if (answer?.status !== "found") return answer ? { actionsPolicyHidden: true } : {};
  const { enabled, allowed_actions, sha_pinning_required, selected } = answer.value;
  const list = selected?.status === "found" ? selected.value : undefined;
  return {
    actionsEnabled: enabled,
    requireShaPins: sha_pinning_required ?? false,
    ...(allowed_actions && { allowedActions: allowed_actions as Repository["allowedActions"] }),
    ...(list && {
      selectedActions: {
        githubOwned: list.github_owned_allowed,
        verified: list.verified_allowed,
        patterns: [...(list.patterns_allowed ?? [])],
      },
    }),
  };
}

/** The workflows, and the Dockerfiles that are there, without their contents. */
function files(
  { files: texts, missingFiles = [], empty }: RepositorySnapshot,
  { images }: Pipeline,
): Repository["files"] {
  if (empty) return {};
  const dockerfiles = images
    .map(({ context, dockerfile }) => posix.join(context, dockerfile))
    .filter((path) => !missingFiles.includes(path));
  return { ...Object.fromEntries(dockerfiles.map((path) => [path, "FROM scratch\n"])), ...texts };
}

/** Names of secrets or variables of the repository; the world has none of environments. */
function settings(
  { settings: answer }: RepositorySnapshot,
  { ids, level }: Pipeline,
): Partial<Repository> {
  if (answer?.status !== "found" || level !== "repository") return {};
  return { [ids]: [...answer.value] };
}

function environments(
  { environments: answers }: RepositorySnapshot,
  own: readonly string[],
): Repository["environments"] {
  return Object.values(answers).flatMap((answer) => {
    if (answer.status !== "found" || own.includes(answer.value.name.toLowerCase())) return [];
    const { name, selective, policies } = answer.value;
    const listed = policies.map((policy) => {
      const [type = "branch", ...rest] = policy.split(" ");
      return { type: type as "branch" | "tag", name: rest.join(" ") };
    });
    return [{ name, ...(selective && { policies: listed }) }];
  });
}

function joined(one: Repository, other: Repository): Repository {
  const list = (key: "secrets" | "variables") => [
    ...new Set([...(one[key] ?? []), ...(other[key] ?? [])]),
  ];
  const known = new Set((one.environments ?? []).map(({ name }) => name));
  const more = (other.environments ?? []).filter(({ name }) => !known.has(name));
  return {
    ...one,
    files: { ...one.files, ...other.files },
    secrets: list("secrets"),
    variables: list("variables"),
    environments: [...(one.environments ?? []), ...more],
  };
}
