import { type GitHubState, PAID, type Stored } from "../clouds/github/state";
import type { Intent } from "../intent";
import { type Committed, committedWorkflow, environmentOf } from "./committed";
import { expressionOf, loginStep } from "./workflow-file";

/** The ids that a run logs in with, as GitHub inserts them into the committed workflow. */
export interface Ids {
  readonly clientId: string | undefined;
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

type Kind = "secrets" | "variables";

/**
 * The secrets or variables that a job sees. A value of the environment has precedence over the
 * repository's, and the repository's over the organization's.
 */
export function visible(
  github: GitHubState,
  repository: string,
  environment: string | undefined,
  kind: Kind,
): Map<string, Stored> {
  const found = github.repository(repository);
  // Without a paid plan, GitHub ignores them:
  // https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
  const named = github.withheld(found, PAID) ? undefined : environment;
  const held = named && found.environments.get(named.toLowerCase())?.[kind];
  return new Map([...github.organizationValues(found, kind), ...found[kind], ...(held || [])]);
}

/** Reads the ids by way of the committed file. */
export function idsOf(github: GitHubState, intent: Intent): Ids {
  const committed = committedWorkflow(github, intent);
  const value = (input: string) =>
    "refused" in committed ? undefined : storedId(github, intent, committed, input);
  return {
    clientId: value("client-id"),
    tenantId: value("tenant-id"),
    subscriptionId: value("subscription-id"),
  };
}

function storedId(
  github: GitHubState,
  { repository }: Intent,
  committed: Committed,
  input: string,
): string | undefined {
  const { job, call } = committed;
  const stored = (expression: ReturnType<typeof expressionOf>, environment?: string) => {
    if (!expression || expression.context === "inputs") return undefined;
    const kind = expression.context === "secrets" ? "secrets" : "variables";
    const name = expression.name.toUpperCase();
    return visible(github, repository, environment, kind).get(name)?.value;
  };
  const own = expressionOf(loginStep(job)?.with?.[input]);
  if (!call) return stored(own, environmentOf(committed));
  if (own?.context !== "inputs") return undefined;
  // `with` cannot pass a secret, and a job that calls a workflow is in no environment.
  const passed = expressionOf(call.with[own.name]);
  return passed?.context === "vars" ? stored(passed) : undefined;
}
