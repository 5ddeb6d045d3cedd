import { parse } from "yaml";
import { subjectTemplateName } from "../components/subject-template";
import { type Problem, refuse } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import { DEFAULT_KEYS, GOVERNED_KEYS } from "../trust/subject-template";
import { get, path } from "./github";
import { type Held, heldResources, typeOf } from "./held";
import type { Repository } from "./repository";

/** A reusable workflow whose jobs alone are trusted. */
export interface GovernedPlan {
  /** `OWNER/REPOSITORY/PATH@REF`, in GitHub's spelling, as tokens carry it. */
  readonly workflow: string;
  /** Whether the repository's subjects must be made to name it. */
  readonly needsTemplate: boolean;
}

/** What is done about a repository's subject template. */
export interface TemplatePlan {
  /** Claim keys of the wanted subjects. */
  readonly keys: readonly string[];
  /** Claim keys of the subjects when this run is through: others as long as something waits. */
  readonly after: readonly string[];
  /** Whether it is declared here; first, or only when the files are there that it goes with. */
  readonly declare: "not" | "before the files" | "after the files";
}

/**
 * Runs of the old workflow stand until the new one is there, and need the subjects of today; only
 * where none is committed yet, its first run needs the template.
 *
 * @param inForce the workflow on the default branch; undefined where there is none of ours.
 */
export async function planTemplate(
  repository: Repository,
  governed: GovernedPlan | undefined,
  mode: "direct" | "propose",
  inForce: { readonly calls: string | undefined } | undefined,
): Promise<TemplatePlan> {
  const isOurs = holdsTemplate(await heldResources(), repository.id);
  const today = repository.source.keys;
  // Without the template a caller's runs have the subjects of any other: so it goes at once, and
  // not after a merge, when the new workflow's runs would still name themselves in theirs.
  if (!governed) {
    const keys = isOurs ? DEFAULT_KEYS : today;
    return { keys, after: keys, declare: "not" };
  }
  const keys = GOVERNED_KEYS;
  if (isOurs) return { keys, after: keys, declare: "before the files" };
  const waits = mode === "propose" && inForce !== undefined && !inForce.calls;
  if (!governed.needsTemplate || waits) return { keys, after: today, declare: "not" };
  return { keys, after: keys, declare: inForce ? "after the files" : "before the files" };
}

const TEMPLATE =
  "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate";

/** Whether the stack made the subject template of a repository, whatever that is called by now. */
export function holdsTemplate(held: Held, repositoryId: number): boolean {
  return Object.keys(held).some(
    (urn) => typeOf(urn) === TEMPLATE && urn.endsWith(subjectTemplateName("", repositoryId)),
  );
}

/**
 * Checks that the workflow can be called and that the repository's subjects name it, or may be made
 * to. The template is of the whole repository (github.md, 2.4).
 */
export async function planGoverned(
  repository: Repository,
  wanted: NonNullable<PipelineConfiguration["trust"]>,
  at: string,
): Promise<GovernedPlan> {
  const isOurs = holdsTemplate(await heldResources(), repository.id);
  const keys = repository.source.keys.join(", ");
  const isThere = keys === GOVERNED_KEYS.join(", ");
  const problems: Problem[] = [];
  if (!isThere && !isOurs && keys !== DEFAULT_KEYS.join(", ")) {
    problems.push({
      path: `${at}.workflow`,
      given: wanted.workflow,
      allowed: `GitHub's default subject template, or ${GOVERNED_KEYS.join(", ")}; it is ${keys}`,
      remedy: "reset it on GitHub first: deleting ours would not bring it back",
    });
  } else if (!isThere && !isOurs && !wanted.manageSubjectTemplate) {
    problems.push({
      path: `${at}.manageSubjectTemplate`,
      given: false,
      allowed: `true, or a repository whose subject template is ${GOVERNED_KEYS.join(", ")}`,
      remedy: `the template is of the whole repository: with it every other federated credential for ${repository.owner}/${repository.name}, in any cloud, stops matching; set it once those are changed`,
    });
  }
  const { workflow, problem } = await findCallable(wanted.workflow, `${at}.workflow`);
  refuse("The reusable workflow cannot be trusted", [...problems, ...(problem ? [problem] : [])]);
  return { workflow, needsTemplate: !isThere };
}

/** The workflow in GitHub's spelling, as subjects are compared to the case. */
async function findCallable(
  given: string,
  at: string,
): Promise<{ workflow: string; problem?: Problem }> {
  const [, owner = "", name = "", file = "", ref = ""] =
    /^([^/]+)\/([^/]+)\/(.+?)@(.+)$/.exec(given) ?? [];
  const found = await get<{ readonly content: string }>(
    `${path`repos/${owner}/${name}/contents/${file}`}?ref=${encodeURIComponent(ref)}`,
  );
  const problem = (allowed: string, remedy: string): Problem => ({
    path: at,
    given,
    allowed,
    remedy,
  });
  if (!found) {
    const remedy =
      "commit it there first: `npm run rehearse -- --config FILE --out DIR` writes one to DIR/callable";
    return {
      workflow: given,
      problem: problem("an existing workflow that the token may read", remedy),
    };
  }
  const text = Buffer.from(found.content, "base64").toString("utf8");
  const inputs = calledWith(text);
  const missing = inputs ? INPUTS.filter((input) => !inputs.includes(input)) : INPUTS;
  if (missing.length > 0) {
    const remedy = `it lacks ${missing.join(", ")}: add them under \`on.workflow_call.inputs\``;
    return {
      workflow: given,
      problem: problem(`a workflow that can be called with ${INPUTS.join(", ")}`, remedy),
    };
  }
  const repository = await get<{ readonly full_name: string }>(path`repos/${owner}/${name}`);
  return { workflow: `${repository?.full_name ?? `${owner}/${name}`}/${file}@${ref}` };
}

const INPUTS = ["images", "environment", "client-id", "tenant-id", "subscription-id"];

function calledWith(text: string): string[] | undefined {
  try {
    const call = parse(text)?.on?.workflow_call;
    return call && Object.keys(call.inputs ?? {});
  } catch {
    return undefined;
  }
}
