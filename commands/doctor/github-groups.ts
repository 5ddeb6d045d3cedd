import type { Answer } from "../../answer";
import type { Problem } from "../../configuration/problems";
import type { PipelineConfiguration, StackConfiguration } from "../../configuration/schema";
import { createsEnvironment } from "../../configuration/schemas/environment-schema";
import type { PipelinePlan } from "../../planning/stack-plan";
import type { RepositorySnapshot } from "../../snapshot";
import type { Survey } from "../survey";
import {
  type Check,
  type Group,
  missing,
  notAsked,
  ok,
  problemCheck,
  unknown,
  warning,
} from "./checks";
import type { Access, GitHubFacts } from "./facts";

const PERMISSIONS = "docs/permissions.md lists what the token needs.";

/** What the token can do, as far as GitHub tells it. */
export function tokenCheck(configuration: StackConfiguration, token: GitHubFacts["token"]): Check {
  const login = "Put a token into GITHUB_TOKEN, or log in with `gh auth login`.";
  if (token.status !== "found") return missing("token", token.said, login);
  if (token.value.kind === "none") return missing("token", "GitHub got no token", login);
  if (token.value.kind !== "classic") {
    const found = "fine-grained, or of an App: GitHub does not list its permissions";
    return unknown("token", found, PERMISSIONS);
  }
  const { scopes } = token.value;
  const found = `classic, with ${scopes.join(", ") || "no scope"}`;
  const lacking = wantedScopes(configuration).filter(
    (it) => !scopes.includes(it) && !INCLUDED_IN[it]?.some((wider) => scopes.includes(wider)),
  );
  if (lacking.length === 0) return ok("token", found);
  const fix = `Add ${lacking.join(" and ")} on https://github.com/settings/tokens.`;
  return missing("token", found, fix);
}

/** https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const INCLUDED_IN: Readonly<Record<string, readonly string[]>> = {
  "read:org": ["write:org", "admin:org"],
};

function wantedScopes({ pipelines }: StackConfiguration): string[] {
  const all = Object.values(pipelines);
  const hasTeams = all.some(({ environment }) => environment?.reviewers.teams.length);
  return [
    "repo",
    "workflow",
    ...(all.some(({ level }) => level === "organization") ? ["admin:org"] : []),
    ...(hasTeams ? ["read:org"] : []),
  ];
}

/** One group for each pipeline. */
export function gitHubGroups(
  { owner, pipelines }: StackConfiguration,
  survey: Survey,
  { repositories }: GitHubFacts,
  below: (prefix: string) => readonly Problem[],
): Group[] {
  return Object.entries(pipelines).map(([name, pipeline]) => {
    const problems = below(`countersign:pipelines.${name}`);
    const answer = survey.snapshot?.github.repositories[name];
    const plan = survey.plan?.pipelines.find((it) => it.name === name);
    const repository = `repository ${owner}/${pipeline.repository}`;
    return {
      name: `Pipeline ${name}`,
      checks: [
        ...(answer?.status === "found" ? repositoryChecks(answer.value, problems, plan) : []),
        ...(answer?.status === "missing" && pipeline.createRepository
          ? [ok(repository, "`pulumi up` creates it")]
          : []),
        ...(survey.snapshot ? [] : reached(repository, repositories[name])),
        ...accessCheck(pipeline, repositories[name]),
        ...(answer?.status === "found" ? readingChecks(answer.value, pipeline, plan) : []),
        ...problems.map(problemCheck),
        ...(plan?.warnings ?? []).map(warning),
      ],
    };
  });
}

/** The repository, if planning had no answers because another cloud gave none. */
function reached(name: string, access: Answer<Access> | undefined): Check[] {
  const settings = notAsked("its rules, environments, and files");
  if (access?.status === "found") return [ok(name, "found"), settings];
  if (access?.status !== "missing") return [notAsked(name), settings];
  const found = "404 Not Found: it does not exist, or the token cannot see it";
  return [missing(name, found, "Correct `repository`, or give the token access to it."), settings];
}

/** What was found of a repository. A problem of planning takes the place of the same check. */
function repositoryChecks(
  it: RepositorySnapshot,
  problems: readonly Problem[],
  plan: PipelinePlan | undefined,
): Check[] {
  const isFine = (...keys: readonly string[]) =>
    !problems.some(({ path }) => keys.some((key) => path.endsWith(`.${key}`)));
  const checks: Check[] = [];
  if (isFine("repository")) {
    const visibility = it.private ? "private" : "public";
    const found = `${visibility}, id ${it.id}, default branch ${it.defaultBranch}`;
    checks.push(ok(`repository ${it.owner.login}/${it.name}`, found));
  }
  if (plan && it.subjects.status !== "forbidden") {
    checks.push(ok("subject", plan.outputs.subjects.join(", ")));
  }
  if (
    it.actions?.status === "found" &&
    it.actions.value.enabled &&
    isFine("workflow", "repository")
  )
    checks.push(ok("Actions policy", it.actions.value.allowed_actions ?? "all"));
  if (plan) checks.push(ok("workflow", filesOf(plan)));
  return checks;
}

function filesOf({ files, outputs }: PipelinePlan): string {
  const how = files.proposal ? "proposed in a pull request" : "committed to the default branch";
  return `${outputs.workflow}, ${how}`;
}

/**
 * What the user of the token can do. An App has no user: all its fields are false, as in the example
 * of https://docs.github.com/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
function accessCheck(pipeline: PipelineConfiguration, answer: Answer<Access> | undefined): Check[] {
  const permissions = answer?.status === "found" ? answer.value.permissions : undefined;
  if (!permissions?.pull) return [];
  const makesEnvironment = createsEnvironment(pipeline);
  const isEnough = makesEnvironment ? permissions.admin : permissions.push;
  const role = permissions.admin ? "admin" : permissions.push ? "write" : "read";
  const name = "role of your user";
  if (isEnough) return [ok(name, role)];
  const wanted = makesEnvironment ? "Admin, which can create environments" : "Write";
  return [missing(name, role, `Ask an administrator of the repository for the role ${wanted}.`)];
}

/** Reads that GitHub refused, although planning goes on without them. */
function readingChecks(
  { actions, settings, subjects }: RepositorySnapshot,
  { ids, level }: PipelineConfiguration,
  plan: PipelinePlan | undefined,
): Check[] {
  const checks: Check[] = [];
  if (settings?.status === "forbidden") {
    // Permission to write includes permission to read.
    const kind = ids === "secrets" ? "Secrets" : "Variables";
    const wanted = level === "environment" ? "Environments" : kind;
    const of = level === "organization" ? "the organization permission" : "the permission";
    checks.push(missing(ids, settings.said, `Give the token ${of} ${wanted}: write.`));
  }
  if (subjects.status === "forbidden") {
    checks.push(unknown("subject", subjects.said, "Give the token the permission Actions: read."));
  }
  // A plan has a warning that says this.
  if (!plan && actions?.status === "forbidden") {
    const fix = "Give the token the permission Administration: read.";
    checks.push(unknown("Actions policy", actions.said, fix));
  }
  return checks;
}
