import type { StackConfiguration } from "../config";
import { idSuffix } from "../configuration/sharing-rules";
import { callableWorkflows } from "./callable-workflows";
import { parseWorld, type World, type WorldInput } from "./world";

type Pipeline = StackConfiguration["pipelines"][string];
type AzureInput = WorldInput["azure"];
type RepositoryInput = NonNullable<WorldInput["github"]["repositories"]>[number];

/** Who approves in an environment that is taken over. */
const SOMEBODY = "alice";

/** The template of a repository whose trust in one workflow somebody declared (github.md, 2.3). */
const GOVERNED = ["repo", "context", "job_workflow_ref"];

/** The world in which everything that a configuration takes for granted exists and fits. */
export function derivedWorld(configuration: StackConfiguration): World {
  const { registry, signing, owner, host } = configuration;
  const pipelines = Object.entries(configuration.pipelines);
  const all = pipelines.map(([, pipeline]) => pipeline);
  const named = (kind: "users" | "teams") =>
    all.flatMap(({ environment }) => environment?.reviewers[kind] ?? []);
  const world = parseWorld({
    azure: {
      ...existing(configuration, pipelines),
      registries: [
        {
          resourceGroup: registry.resourceGroup,
          name: registry.name,
          mode: registry.permissions === "rbac" ? "rbac" : "abac",
          loginServer: `${registry.name.toLowerCase()}.azurecr.io`,
        },
      ],
      signingAccounts: [
        {
          resourceGroup: signing.resourceGroup,
          name: signing.account,
          profiles: [{ name: signing.profile }, { name: "another-profile" }],
        },
      ],
    },
    github: {
      host: host.name,
      owner: {
        login: owner,
        plan: all.some(guarded) ? "enterprise" : "team",
        secrets: pipelines
          .filter(([, it]) => adoptsSecrets(it, "organization"))
          .map(([name]) => `AZURE_CLIENT_ID${idSuffix(name)}`),
      },
      users: numbered([...named("users"), SOMEBODY], 1001, (login) => ({ login })),
      teams: numbered(named("teams"), 2001, (slug) => ({ slug })),
      repositories: pipelines.map(([name, pipeline], index) =>
        repository(name, pipeline, {
          id: 821093847 + index,
          immutableSubjects: host.name === "github.com" && pipeline.subjects !== "names",
        }),
      ),
    },
  });
  const callable = callableWorkflows(configuration, world.azure);
  return { ...world, github: { ...world.github, callableWorkflows: callable } };
}

/** The groups, and the identities and applications that somebody else made. */
function existing(
  { registry, signing, identity }: StackConfiguration,
  pipelines: ReadonlyArray<readonly [string, Pipeline]>,
): Pick<AzureInput, "subscriptionId" | "resourceGroups" | "identities" | "applications"> {
  const wanted = pipelines.map(([name, it]) => ({ name, ...it.identity, key: name }));
  const identities = wanted.filter((it) => it.kind === "existing");
  const applications = wanted.filter((it) => it.kind === "existingApplication");
  const groups = [registry, signing, identity, ...identities].map((it) => it.resourceGroup);
  return {
    // Identities are reached in the subscription that the stack is deployed to.
    subscriptionId: identities.find(({ subscription }) => subscription)?.subscription,
    resourceGroups: [...new Set(groups)],
    identities: identities.map(({ resourceGroup, name }) => ({ resourceGroup, name })),
    applications: applications.map(({ key, clientId }) => ({ displayName: key, clientId })),
  };
}

/** Private repositories have these on one plan only (github.md, 7). */
function guarded({ environment }: Pipeline): boolean {
  if (!environment) return false;
  const { reviewers, waitMinutes, adminsCanBypass } = environment;
  const reviewed = reviewers.users.length + reviewers.teams.length > 0;
  return reviewed || waitMinutes !== undefined || adminsCanBypass === false;
}

function numbered<T>(
  names: readonly string[],
  first: number,
  entry: (name: string) => T,
): Array<T & { id: number }> {
  return [...new Set(names)].map((name, index) => ({ ...entry(name), id: first + index }));
}

function repository(
  key: string,
  pipeline: Pipeline,
  its: Pick<RepositoryInput, "id" | "immutableSubjects">,
): RepositoryInput {
  const { adopt, workflow, trust, commit } = pipeline;
  const exact = pipeline.branches?.find((branch) => !branch.includes("*"));
  const defaultBranch = pipeline.branches?.includes("main") ? "main" : (exact ?? "main");
  return {
    ...its,
    name: pipeline.repository ?? key,
    defaultBranch,
    subjectTemplate: trust && !trust.manageSubjectTemplate ? GOVERNED : undefined,
    protectedBranches: commit === "pull-request" ? [defaultBranch] : [],
    files: adopt ? { [workflow]: "name: the workflow that is taken over\n" } : {},
    secrets: adoptsSecrets(pipeline, "repository") ? ["AZURE_CLIENT_ID"] : [],
    environments: environments(pipeline, pipeline.branches ?? [defaultBranch]),
  };
}

function adoptsSecrets({ adopt, ids, level }: Pipeline, where: Pipeline["level"]): boolean {
  return adopt && ids === "secrets" && level === where;
}

/** The environment that is used as it is: it lets in what is declared, after a review. */
function environments(
  { environment, adopt, tags }: Pipeline,
  branches: readonly string[],
): RepositoryInput["environments"] {
  if (!environment || (environment.create ?? !adopt)) return [];
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
