import type { PipelineConfiguration } from "../../configuration/schema";
import { type PipelineRecord, workflowsOf } from "../../snapshot";
import { isSameLocation, settingsLocation } from "../../trust/login-settings";
import { subjectTemplateName } from "../../trust/resource-names";
import { answerValue } from "../answers";
import type { Context } from "../context";

/**
 * Another pipeline of the stack can be in the same repository. What that one made and gives up in
 * this run would be written for this pipeline first, and then deleted with the other.
 */
export function checkNeighbors(of: Context, pipelines: Pipelines): void {
  const { name, wanted, repository, snapshot, report } = of;
  const { id, name: spelled } = repository.snapshot;
  for (const [other, { repository: typed }] of Object.entries(pipelines)) {
    const isSame = answerValue(snapshot.github.repositories[other])?.id === id;
    if (!isSame || typed.toLowerCase() === wanted.repository.toLowerCase()) continue;
    if (wanted.repository.toLowerCase() === spelled.toLowerCase()) continue;
    const fix = `\`${other}\` uses the same repository. Use its current name in both.`;
    report("repository", wanted.repository, `${spelled}, the current name of the repository`, fix);
  }
  for (const [other, record] of Object.entries(snapshot.state.pipelines)) {
    if (other === name || record.repository.id !== id) continue;
    if (wanted.trust && losesTemplate(of, other, pipelines[other])) {
      const expected = `no \`trust\`, because \`${other}\` made the subject template of the repository and gives it up`;
      const fix = `Keep \`trust\` with \`manageSubjectTemplate\` in \`${other}\`. GitHub would reset the template, and no run could log in.`;
      report("trust", wanted.trust.workflow, expected, fix);
    }
    const shared = sharedObject(of, record);
    if (!shared) continue;
    const [path, given, what] = shared;
    const expected = `${what} that no other pipeline of this stack made; \`${other}\` made it`;
    const fix = pipelines[other]
      ? `Change \`${other}\` in a run of its own first.`
      : `Don't rename a pipeline key: Pulumi would write its objects again and then delete them with the old pipeline. Name this pipeline \`${other}\`, or remove \`${other}\` in a run of its own first.`;
    report(path, given, expected, fix);
  }
}

/** Whether another pipeline declares the template of this repository no longer. */
function losesTemplate(
  { repository, snapshot }: Context,
  other: string,
  wanted: PipelineConfiguration | undefined,
): boolean {
  const resource = subjectTemplateName(other, repository.snapshot.id);
  const isHeld = snapshot.state.resources.some(({ name }) => name === resource);
  return isHeld && !wanted?.trust;
}

/** Another pipeline of the same repository that makes its subject template. */
export function managerOf(of: Context, pipelines: Pipelines): string | undefined {
  const { id } = of.repository.snapshot;
  return Object.keys(pipelines).find(
    (other) =>
      other !== of.name &&
      pipelines[other]?.trust?.manageSubjectTemplate &&
      answerValue(of.snapshot.github.repositories[other])?.id === id,
  );
}

type Pipelines = Readonly<Record<string, PipelineConfiguration>>;

/** The first object that both pipelines write: its key, its name, and what it is. */
function sharedObject(
  { name, wanted }: Context,
  { plans }: PipelineRecord,
): readonly [path: string, given: string, what: string] | undefined {
  const { workflow, verify, environment, ids: kind, level: scope } = wanted;
  const location = settingsLocation(name, { kind, scope, environment: environment?.name });
  for (const plan of plans) {
    const theirs = workflowsOf(plan);
    if (theirs.includes(workflow)) return ["workflow", workflow, "a workflow"];
    if (verify && theirs.includes(verify.workflow)) {
      return ["verify.workflow", verify.workflow, "a workflow"];
    }
    const made = plan.environment?.create ? plan.environment.name.toLowerCase() : undefined;
    if (environment && environment.name.toLowerCase() === made) {
      return ["environment", environment.name, "an environment"];
    }
    if (isSameLocation(plan.loginSettings, location)) {
      return ["level", scope, `a place for ${kind}`];
    }
  }
  return undefined;
}
