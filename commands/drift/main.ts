import { parseArgs } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import {
  differences,
  type EnvironmentNow,
  type Refreshed,
  reviewedEnvironments,
} from "../../ci/drift";
import { type IssueChange, issueChange, type OpenIssue } from "../../ci/issue";
import { findEngine } from "../../rehearsal/engine/find";
import { UnusableError } from "../../rehearsal/options";
import { nameOf } from "../../rehearsal/proof-of-state/deployment";
import { actionsRun, secretOf, summarize } from "../actions-run";
import { type GitHubClient, gitHubClient } from "../clients/github";
import type { Command } from "../command";
import { openStack } from "../open-stack";
import { projectOf } from "../project";

const usage = `npm run drift -- --stack NAME

A part of the workflow countersign-drift.yml. Compares the stack with the
clouds, and opens, updates, or closes one issue about what differs. It changes
neither the stack nor the clouds. A cloud that does not answer is an error.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { stack: { type: "string" } } });
  if (!values.stack) throw new UnusableError("--stack is missing. Name the stack to compare.");
  const { repository, url } = actionsRun();
  const issues = gitHubClient(secretOf("ISSUES_TOKEN"));
  const resources = await refreshed(values.stack);
  const now = await environmentsNow(resources, gitHubClient(secretOf("GITHUB_TOKEN")));
  const found = differences(resources, (...of) => now.get(of.join("/")) as EnvironmentNow);
  const open = await issues.list<OpenIssue>(`repos/${repository}/issues?state=open`);
  if (open.status !== "found") throw new Error(`The issues cannot be read: ${open.said}`);
  const change = issueChange(values.stack, found, open.value, url);
  await apply(change, repository, issues);
  const lines = found.map(({ resource, difference, fix }) => `${resource} ${difference}: ${fix}`);
  const text = [`${found.length} differences`, ...lines].join("\n");
  process.stdout.write(`${text}\n`);
  if ("body" in change) summarize(change.body);
  return 0;
}

/** Every resource of the stack, as a refresh finds it. */
async function refreshed(name: string): Promise<Refreshed[]> {
  const project = projectOf();
  const stack = await openStack(project, name, await findEngine(() => {}));
  if (!stack) throw new UnusableError(`--stack ${name}: the backend has no stack of this name.`);
  const resources: Refreshed[] = [];
  const errors = await stack.refresh((event) => resources.push(...resourceOf(event)));
  if (errors.length > 0) throw new Error(`The stack cannot be compared:\n${errors.join("\n")}`);
  return resources;
}

function resourceOf({ resOutputsEvent }: EngineEvent): Refreshed[] {
  if (!resOutputsEvent) return [];
  const { op, urn, type, old, new: now, diffs, detailedDiff } = resOutputsEvent.metadata;
  const change = op === "update" || op === "delete" ? op : "none";
  return [
    {
      urn,
      type,
      name: nameOf(urn),
      change,
      keys: diffs?.length ? diffs : Object.keys(detailedDiff ?? {}),
      inputs: (old ?? now)?.inputs ?? {},
      outputs: now?.outputs ?? {},
    },
  ];
}

interface EnvironmentAnswer {
  readonly protection_rules?: ReadonlyArray<{
    readonly type: string;
    readonly prevent_self_review?: boolean;
    readonly reviewers?: ReadonlyArray<{
      readonly type: string;
      readonly reviewer: { readonly id: number };
    }>;
  }>;
}

/** The reviews of each environment that the stack reviews, by `REPOSITORY/ENVIRONMENT`. */
async function environmentsNow(
  resources: readonly Refreshed[],
  gitHub: GitHubClient,
): Promise<Map<string, EnvironmentNow>> {
  const owner = ownerOf(resources);
  const asked = reviewedEnvironments(resources).map(async ({ repository, environment }) => {
    const path = `repos/${owner}/${repository}/environments/${encodeURIComponent(environment)}`;
    const answer = await gitHub.get<EnvironmentAnswer>(path);
    if (answer.status !== "found") {
      throw new Error(
        `GET ${path}: ${answer.said}. The GitHub App needs the permission Actions: read.`,
      );
    }
    const rules = answer.value.protection_rules ?? [];
    const review = rules.find(({ type }) => type === "required_reviewers");
    const now = {
      reviewers: (review?.reviewers ?? []).map(({ type, reviewer }) => `${type} ${reviewer.id}`),
      preventSelfReview: review?.prevent_self_review === true,
    };
    return [`${repository}/${environment}`, now] as const;
  });
  return new Map(await Promise.all(asked));
}

/** The owner of the repositories: the provider that reads them has it. */
function ownerOf(resources: readonly Refreshed[]): string {
  const reads = resources.find(({ type }) => type === "pulumi:providers:github");
  return String(reads?.inputs.owner ?? process.env.GITHUB_OWNER ?? "");
}

async function apply(change: IssueChange, repository: string, issues: GitHubClient): Promise<void> {
  const path = `repos/${repository}/issues`;
  if (change.kind === "open") {
    const { title, body } = change;
    await issues.send("POST", path, { title, body });
  } else if (change.kind === "update") {
    await issues.send("PATCH", `${path}/${change.number}`, { body: change.body });
  } else if (change.kind === "close") {
    await issues.send("POST", `${path}/${change.number}/comments`, { body: change.comment });
    await issues.send("PATCH", `${path}/${change.number}`, { state: "closed" });
  }
}

export const command: Command = { usage, run };
