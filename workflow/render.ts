import { Document, isScalar, type Pair, Scalar, type YAMLMap } from "yaml";
import type { Call, CallJob, Input, Job, Permissions, PinnedAction, Step, Workflow } from "./model";

/** The text of a workflow file: the banner as comments, and then the workflow. */
export function renderWorkflow(workflow: Workflow, banner: readonly string[]): string {
  const doc = new Document();
  const node = (value: unknown) =>
    doc.createNode(value, { aliasDuplicateObjects: false }) as YAMLMap;

  const permissions = (wanted: Permissions) => {
    const map = node(Object.fromEntries(Object.entries(wanted).map(([k, v]) => [k, v.access])));
    for (const [scope, { why }] of Object.entries(wanted)) comment(map, scope, why);
    if (map.items.length === 0) map.flow = true;
    return map;
  };
  const uses = ({ action, sha, version }: PinnedAction) => {
    const scalar = new Scalar(`${action}@${sha}`);
    scalar.comment = ` ${version}`;
    return scalar;
  };
  const step = (item: Step) => ({
    name: item.name,
    ...(item.id && { id: item.id }),
    ...(item.if && { if: item.if }),
    ...(item.continueOnError && { "continue-on-error": true }),
    ...("uses" in item && { uses: uses(item.uses) }),
    ...(item.env && { env: item.env }),
    ...("uses" in item ? item.with && { with: item.with } : { run: script(item.run) }),
  });
  const job = (item: Job) => ({
    name: item.name,
    ...(item.needs && { needs: item.needs }),
    ...(item.if && { if: item.if }),
    "runs-on": item.runsOn,
    "timeout-minutes": item.timeoutMinutes,
    ...(item.environment && { environment: item.environment }),
    permissions: permissions(item.permissions),
    ...(item.matrix && { strategy: { "fail-fast": false, matrix: { include: item.matrix } } }),
    ...(item.outputs && { outputs: item.outputs }),
    steps: item.steps.map(step),
  });
  const call = ({ name, if: condition, needs, ...item }: CallJob) => ({
    name,
    ...(needs && { needs }),
    ...(condition && { if: condition }),
    ...item,
    permissions: permissions(item.permissions),
  });

  const { concurrency } = workflow;
  const steps = Object.values(workflow.jobs).some((it) => "steps" in it);
  doc.contents = node({
    name: workflow.name,
    on: triggers(workflow.on),
    permissions: permissions(workflow.permissions),
    ...(concurrency && { concurrency }),
    ...(steps && { defaults: { run: { shell: "bash" } } }),
    jobs: Object.fromEntries(
      Object.entries(workflow.jobs).map(([k, v]) => [k, "uses" in v ? call(v) : job(v)]),
    ),
  }) as typeof doc.contents;
  doc.commentBefore = banner.map((line) => ` ${line}`).join("\n");
  for (const pair of (doc.contents as unknown as YAMLMap).items as Pair[]) {
    if (isScalar(pair.key) && pair.key.value !== "name") pair.key.spaceBefore = true;
  }
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function triggers({ push, pullRequest, schedule, ...on }: Workflow["on"]): object {
  const { workflowDispatch, workflowCall } = on;
  return {
    ...(push && { push: filters(push) }),
    ...(pullRequest && { pull_request: filters(pullRequest) }),
    ...(schedule && { schedule: [{ cron: schedule }] }),
    ...(workflowDispatch && { workflow_dispatch: given(workflowDispatch) }),
    ...(workflowCall && { workflow_call: called(workflowCall) }),
  };
}

function called({ inputs, secrets, outputs }: Call): object {
  const declared = Object.entries(secrets ?? {}).map(([name, required]) => [name, { required }]);
  return {
    ...given(inputs),
    ...(secrets && { secrets: Object.fromEntries(declared) }),
    ...(outputs && { outputs }),
  };
}

function given(inputs: Readonly<Record<string, Input>> = {}): object {
  const written = Object.entries(inputs).map(([name, { description, required, type, ...it }]) => {
    const fallback = type === "boolean" ? false : (it.fallback ?? "");
    const rest = required ? { required } : { required, default: fallback };
    return [name, { description, type: type ?? "string", ...rest }];
  });
  return written.length > 0 ? { inputs: Object.fromEntries(written) } : {};
}

function filters(kinds: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, patterns]) => [kind, patterns.map(quoted)]),
  );
}

/** A filter has characters that YAML reads too, such as `*`, `!`, and `\\`. */
function quoted(filter: string): Scalar {
  const scalar = new Scalar(filter);
  scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}

function comment(map: YAMLMap, key: string, text: string): void {
  const scalar = map.get(key, true);
  if (isScalar(scalar)) scalar.comment = ` ${text}`;
}

/**
 * GitHub inserts the values of expressions into a script before the shell reads it, so that a value
 * could contain commands: https://docs.github.com/actions/reference/security/secure-use
 */
function script(text: string): string {
  if (text.includes("${{")) throw new Error(`a script must not contain an expression:\n${text}`);
  return text;
}
