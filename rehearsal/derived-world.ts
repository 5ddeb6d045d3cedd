import type { StackConfiguration } from "../configuration/schema";
import { settingsSuffix } from "../trust/login-settings";
import { callableWorkflows } from "./callable-workflows";
import { parseWorld, type World, type WorldInput } from "./world";

type Pipeline = StackConfiguration["pipelines"][string];
type AzureInput = WorldInput["azure"];
type RepositoryInput = NonNullable<WorldInput["github"]["repositories"]>[number];

/** The reviewer of an environment that exists already. */
const SOMEBODY = "alice";

/** The subject template of a repository that trusts one reusable workflow. */
const GOVERNED = ["repo", "context", "job_workflow_ref"];

/** A world in which everything that a configuration requires exists and fits. */
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
          .map(([name]) => `AZURE_CLIENT_ID${settingsSuffix(name)}`),
      },
      users: numbered([...named("users"), SOMEBODY], 1001, (login) => ({ login })),
      teams: numbered(named("teams"), 2001, (slug) => ({ slug })),
      repositories: pipelines.map(([, pipeline], index) =>
        repository(pipeline, {
          id: 821093847 + index,
          immutableSubjects: host.name === "github.com" && pipeline.subjects !== "names",
        }),
      ),
    },
  });
  const callable = callableWorkflows(configuration, world.azure);
  return { ...world, github: { ...world.github, callableWorkflows: callable } };
}

/** Resource groups, and the identities and applications that exist already. */
function existing(
  { registry, signing, identity }: StackConfiguration,
  pipelines: ReadonlyArray<readonly [string, Pipeline]>,
): Pick<AzureInput, "subscriptionId" | "resourceGroups" | "identities" | "applications"> {
  const wanted = pipelines.map(([name, it]) => ({ name, ...it.identity, key: name }));
  const identities = wanted.filter((it) => it.kind === "existing");
  const applications = wanted.filter((it) => it.kind === "existingApplication");
  const groups = [registry, signing, identity, ...identities].map((it) => it.resourceGroup);
  return {
    // Pulumi reads existing identities in the subscription that the stack is deployed to.
    subscriptionId: identities.find(({ subscription }) => subscription)?.subscription,
    resourceGroups: [...new Set(groups)],
    identities: identities.map(({ resourceGroup, name }) => ({ resourceGroup, name })),
    applications: applications.map(({ key, clientId }) => ({ displayName: key, clientId })),
  };
}

/**
 * Whether an environment needs the plan `enterprise` in a private repository.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
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
  pipeline: Pipeline,
  its: Pick<RepositoryInput, "id" | "immutableSubjects">,
): RepositoryInput {
  const { adopt, workflow, trust, commit } = pipeline;
  const exact = pipeline.branches?.find((branch) => !branch.includes("*"));
  const defaultBranch = pipeline.branches?.includes("main") ? "main" : (exact ?? "main");
  return {
    ...its,
    name: pipeline.repository,
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

/** The environment that exists already. It admits the declared refs, after a review. */
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
