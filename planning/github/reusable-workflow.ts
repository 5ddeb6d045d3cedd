import { parse } from "yaml";
import type { PipelineConfiguration } from "../../configuration/schema";
import type { Answer, PlanRecord, ReusableWorkflow } from "../../snapshot";
import { subjectTemplateName } from "../../trust/resource-names";
import { DEFAULT_KEYS, REUSABLE_WORKFLOW_KEYS } from "../../trust/subject-template";
import { sourceInputs } from "../../workflow/sign-image";
import type { SourcePlan } from "../../workflow/steps/build";
import type { Context } from "../context";
import { type Report, under } from "../report";
import type { PipelinePlan } from "../stack-plan";
import type { CommitMode } from "./commit-mode";

/** A reusable workflow whose jobs alone are trusted. */
export interface TrustedWorkflow {
  /** `OWNER/REPOSITORY/PATH@REF`, in GitHub's spelling, as tokens carry it. */
  readonly workflow: string;
  /** Whether the repository's subjects must be made to name it. */
  readonly needsTemplate: boolean;
}

/** What is done about a repository's subject template. */
export interface TemplatePlan {
  /** Claim keys of the wanted subjects. */
  readonly keys: readonly string[];
  /** Claim keys of the subjects after this run; others while the template waits for a merge. */
  readonly after: readonly string[];
  readonly declare: PipelinePlan["subjectTemplate"];
}

/** Whether this stack declared the subject template of the pipeline's repository. */
function holdsTemplate({ name: of, repository, snapshot }: Context): boolean {
  const name = subjectTemplateName(of, repository.snapshot.id);
  return snapshot.state.resources.some((it) => it.name === name);
}

/** A first run needs the template; runs of the current workflow need today's subjects. */
export function planTemplate(
  of: Context,
  trusted: TrustedWorkflow | undefined,
  mode: CommitMode,
  current: PlanRecord | undefined,
): TemplatePlan {
  const isHeld = holdsTemplate(of);
  const today = of.repository.source.keys;
  // Without the template a caller's runs have the subjects of any other run: so it goes at once.
  if (!trusted) {
    const keys = isHeld ? DEFAULT_KEYS : today;
    return { keys, after: keys, declare: "none" };
  }
  const keys = REUSABLE_WORKFLOW_KEYS;
  if (isHeld) return { keys, after: keys, declare: "before the files" };
  const waits = mode === "propose" && current !== undefined && !current.reusableWorkflow;
  if (!trusted.needsTemplate || waits) return { keys, after: today, declare: "none" };
  return { keys, after: keys, declare: current ? "after the files" : "before the files" };
}

/**
 * Checks that the workflow can be called and that the repository's subjects name it, or may be made
 * to. `text` is a workflow to commit, where registry and signing account are known. `manager` is
 * another pipeline that makes the subjects of this repository name their workflow.
 */
export function planTrustedWorkflow(
  of: Context,
  text: string | undefined,
  manager: string | undefined,
): TrustedWorkflow | undefined {
  const { repository, snapshot } = of;
  const { trust: wanted } = of.wanted;
  if (!wanted) return undefined;
  const report = under(of.report, "trust");
  const keys = repository.source.keys.join(", ");
  const needed = REUSABLE_WORKFLOW_KEYS.join(", ");
  const isThere = keys === needed;
  const isHeld = holdsTemplate(of);
  if (!isThere && !isHeld && keys !== DEFAULT_KEYS.join(", ")) {
    report(
      "workflow",
      wanted.workflow,
      `GitHub's default subject template, or ${needed}; the repository's template is ${keys}`,
      "Reset the repository's template on GitHub first. Countersign could not restore it later.",
    );
  } else if (!isThere && !isHeld && manager) {
    const expected = `a repository whose subject template is ${needed}; \`${manager}\` makes it so`;
    const fix = `Run \`pulumi up\` with \`${manager}\` first, and then add this pipeline.`;
    report("workflow", wanted.workflow, expected, fix);
  } else if (!isThere && !isHeld && !wanted.manageSubjectTemplate) {
    const { owner, name } = repository.snapshot;
    report(
      "manageSubjectTemplate",
      false,
      `true, or a repository whose subject template is ${needed}`,
      `Set it to true after you have changed every other federated credential for ${owner.login}/${name}, in any cloud: the template applies to the whole repository, and the other credentials stop matching.`,
    );
  }
  const answer = snapshot.github.reusableWorkflows[wanted.workflow] ?? { status: "missing" };
  return {
    workflow: checkCallable(wanted.workflow, answer, text, inputsOf(of.wanted), report),
    needsTemplate: !isThere,
  };
}

/** The workflow in GitHub's spelling, because subjects are compared to the case. */
function checkCallable(
  given: string,
  answer: Answer<ReusableWorkflow>,
  text: string | undefined,
  needed: readonly string[],
  report: Report,
): string {
  if (answer.status !== "found") {
    const fix = "Commit the workflow first, with the following text or with one of your own.";
    report("workflow", given, "an existing workflow that the token can read", fix, text);
    return given;
  }
  const { content, repository } = answer.value;
  const inputs = calledWith(content);
  const missing = needed.filter((input) => !inputs.includes(input));
  if (missing.length > 0) {
    const fix = `Add ${missing.join(", ")} under \`on.workflow_call.inputs\`.`;
    report("workflow", given, `a workflow with the inputs ${needed.join(", ")}`, fix);
  }
  return given.replace(/^[^/]+\/[^/]+/, repository);
}

/** The inputs that the pipeline's workflow passes. GitHub refuses an input that is not declared. */
function inputsOf(wanted: PipelineConfiguration): string[] {
  const given = wanted.build
    ? ["images", ...Object.keys(sourceInputs(sourceOf(wanted)))]
    : ["references", "again", "images"];
  return [...given, "environment", "client-id", "tenant-id", "subscription-id"];
}

/** What a pipeline checks out, and which tags its images get. */
export function sourceOf({ submodules, lfs, imageTags }: PipelineConfiguration): SourcePlan {
  return {
    submodules: submodules ? String(submodules) : "",
    lfs: lfs ? "true" : "",
    imageTags: imageTags.join("\n"),
  };
}

function calledWith(text: string): string[] {
  try {
    return Object.keys(parse(text)?.on?.workflow_call?.inputs ?? {});
  } catch {
    return [];
  }
}
