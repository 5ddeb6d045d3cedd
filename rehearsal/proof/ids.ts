import { parse } from "yaml";
import type { GitHubState, Stored } from "../clouds/github/state";
import type { Intent } from "../intent";

/** The ids that a run logs in with, as GitHub would fill them into the committed workflow. */
export interface Ids {
  readonly clientId: string | undefined;
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

type Kind = "secrets" | "variables";

/** What a job sees: an environment's values go before those of its repository. */
export function visible(
  github: GitHubState,
  repository: string,
  environment: string | undefined,
  kind: Kind,
): Map<string, Stored> {
  const found = github.repository(repository);
  const held = environment && found.environments.get(environment.toLowerCase())?.[kind];
  return new Map([...found[kind], ...(held || [])]);
}

/** Reads them out of the file on the default branch; nobody's word is taken for it. */
export function idsOf(github: GitHubState, { repository, workflow }: Intent): Ids {
  const { branches, settings } = github.repository(repository);
  const text = branches.get(settings.defaultBranch)?.get(workflow);
  const [job] = Object.values<Job>(text ? parse(text).jobs : {});
  const login = job?.steps.find(({ uses }) => uses?.startsWith("azure/login@"));
  const value = (input: string) => {
    const expression = login?.with?.[input] ?? "";
    const [, context, name = ""] = /^\$\{\{ (secrets|vars)\.(\w+) \}\}$/.exec(expression) ?? [];
    if (!context) return undefined;
    const kind = context === "secrets" ? "secrets" : "variables";
    return visible(github, repository, job?.environment, kind).get(name)?.value;
  };
  return {
    clientId: value("client-id"),
    tenantId: value("tenant-id"),
    subscriptionId: value("subscription-id"),
  };
}

interface Job {
  readonly environment?: string;
  readonly steps: ReadonlyArray<{ readonly uses?: string; readonly with?: Record<string, string> }>;
}
