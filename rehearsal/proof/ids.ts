import { type GitHubState, PAID, type Stored } from "../clouds/github/state";
import type { Intent } from "../intent";
import { type Committed, committedWorkflow, environmentOf } from "./committed";
import { expressionOf, loginStep } from "./workflow-file";

/** The ids that a run logs in with, as GitHub would fill them into the committed workflow. */
export interface Ids {
  readonly clientId: string | undefined;
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

type Kind = "secrets" | "variables";

/**
 * What a job sees: an environment's values go before those of its repository, and these before
 * those of the organisation that are for this repository.
 */
export function visible(
  github: GitHubState,
  repository: string,
  environment: string | undefined,
  kind: Kind,
): Map<string, Stored> {
  const found = github.repository(repository);
  // On such a plan GitHub ignores them (github.md, 7).
  const named = github.withheld(found, PAID) ? undefined : environment;
  const held = named && found.environments.get(named.toLowerCase())?.[kind];
  return new Map([...github.organizationValues(found, kind), ...found[kind], ...(held || [])]);
}

/** Reads them out of the committed file; nobody's word is taken for it. */
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
  // A call passes no secret by `with`, and is itself in no environment.
  const passed = expressionOf(call.with[own.name]);
  return passed?.context === "vars" ? stored(passed) : undefined;
}
