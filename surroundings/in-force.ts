import * as pulumi from "@pulumi/pulumi";
import type { GatedEnvironment } from "../components/deployment-environment";
import type { IdHolder, IdPlace } from "../components/stored-ids";
import type { TrustedRuns } from "../trust/credentials";
import { type WorkflowInForce, workflowInForce } from "../workflow/in-force";
import { callOf } from "../workflow/sign-image";
import type { EnvironmentPlan } from "./environment-plan";
import { get, path } from "./github";
import { type Held, heldAs, heldResources } from "./held";
import type { Repository } from "./repository";

/** What of this stack's stays until a proposal is merged, as runs of the old workflow need it. */
export interface InForcePlan {
  readonly workflow: WorkflowInForce | undefined;
  readonly environments: readonly GatedEnvironment[];
  readonly ids: readonly IdPlace[];
}

const NOTHING: InForcePlan = { workflow: undefined, environments: [], ids: [] };

/** What a pipeline is going to have, as far as an older workflow may need something else. */
export interface Wanted {
  readonly mode: "direct" | "propose";
  readonly file: string;
  readonly environment: string | undefined;
  readonly ids: IdPlace;
}

/** Reads the workflow on the default branch, and finds what it needs that is wanted no more. */
export async function planInForce(repository: Repository, wanted: Wanted): Promise<InForcePlan> {
  // What is committed directly is there before anything goes.
  if (wanted.mode === "direct") return NOTHING;
  const { owner, name, defaultBranch } = repository;
  const found = await get<{ readonly content: string }>(
    path`repos/${owner}/${name}/contents/${wanted.file}?ref=${defaultBranch}`,
  );
  const text = found && Buffer.from(found.content, "base64").toString("utf8");
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  const workflow = text === undefined ? undefined : workflowInForce(text, stack);
  if (!workflow) return NOTHING;
  const held = (await heldResources()) ?? {};
  const { environment } = workflow;
  const isOther = environment && environment !== wanted.environment;
  return {
    workflow,
    environments: isOther ? heldEnvironments(held, name, environment) : [],
    ids: serves(wanted.ids, workflow) ? [] : heldPlaces(held, repository, workflow),
  };
}

type Runs = Omit<TrustedRuns, "workflow">;

/** Its runs that are wanted still; what else it started is not to sign any more. */
export async function runsInForce(
  { branches, tags, environment, calls }: WorkflowInForce,
  wanted: Runs,
): Promise<Runs> {
  const governed = calls && (await calledRef(calls, wanted.governed));
  return {
    branches: branches.filter((it) => wanted.branches.includes(it)),
    tags: tags.filter((it) => wanted.tags.includes(it)),
    ...(environment && { environment }),
    ...(governed && { governed }),
  };
}

/** A call has the ref's short name; the credentials that this stack holds have the full one. */
async function calledRef(calls: string, wanted: string | undefined): Promise<string | undefined> {
  const held = (await heldResources()) ?? {};
  const named = Object.values(held).flatMap(
    ({ subject }) => /job_workflow_ref:([^:]+)/.exec(String(subject))?.[1] ?? [],
  );
  return [...(wanted ? [wanted] : []), ...named].find((it) => callOf(it) === calls);
}

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

/** As this stack made it, so that keeping it changes nothing. */
function heldEnvironments(held: Held, repository: string, environment: string): GatedEnvironment[] {
  const outputs = (type: string) =>
    heldAs(held, type, { repository, environment }).map((urn) => held[urn] ?? {});
  const patterns = (key: string) => outputs(POLICY).flatMap((it) => (it[key] as string) || []);
  return outputs(ENVIRONMENT).map((it) => ({
    environment: planOf(environment, it),
    branches: patterns("branchPattern"),
    tags: patterns("tagPattern"),
  }));
}

function planOf(name: string, outputs: Held[string]): EnvironmentPlan {
  type Reviewers = { readonly users?: number[]; readonly teams?: number[] };
  const [reviewers] = (outputs.reviewers ?? []) as readonly Reviewers[];
  return {
    name,
    create: true,
    reviewers: { users: reviewers?.users ?? [], teams: reviewers?.teams ?? [] },
    preventSelfReview: outputs.preventSelfReview === true,
    waitMinutes: (outputs.waitTimer as number | undefined) || undefined,
    adminsCanBypass: outputs.canAdminsBypass === false ? false : undefined,
  };
}

/** The places that this stack keeps and where the workflow would find its ids. */
function heldPlaces(
  held: Held,
  { name: repository, id: repositoryId }: Repository,
  { ids: kind, idSuffix: suffix, environment }: WorkflowInForce,
): IdPlace[] {
  const what = kind === "secrets" ? "Secret" : "Variable";
  const named = {
    [kind === "secrets" ? "secretName" : "variableName"]: `AZURE_CLIENT_ID${suffix}`,
  };
  const isHeld = (prefix: string, values: Record<string, unknown>) =>
    heldAs(held, `github:index/${prefix}${what}:${upper(prefix)}${what}`, { ...named, ...values })
      .length > 0;
  const holders: IdHolder[] = [];
  if (suffix && isHeld("actionsOrganization", {}))
    holders.push({ level: "organization", repositoryId });
  if (environment && isHeld("actionsEnvironment", { repository, environment })) {
    holders.push({ level: "environment", environment });
  }
  if (isHeld("actions", { repository })) holders.push({ level: "repository" });
  return holders.map((holder) => ({ kind, suffix, holder }));
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the workflow finds its ids there. */
function serves({ kind, suffix, holder }: IdPlace, workflow: WorkflowInForce): boolean {
  if (kind !== workflow.ids || suffix !== workflow.idSuffix) return false;
  return holder.level !== "environment" || holder.environment === workflow.environment;
}
