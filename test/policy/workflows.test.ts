import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../policy/plain";
import { readableWorkflows } from "../../policy/workflow-file";
import { leastPermissions, noForeignCode, pinnedActions } from "../../policy/workflow-rules";
import { committed, SHA, workflow } from "./declared";

const RULES = [readableWorkflows, pinnedActions, leastPermissions, noForeignCode];
const problems = (content: unknown, file?: string) =>
  RULES.flatMap(({ name, check }) =>
    check(committed(content, file), {}).map((it) => `${name}: ${it}`),
  );

const USES = `uses: actions/checkout@${SHA}`;
const DIGEST = "a".repeat(64);
const HEAD = "${{ github.event.pull_request.head.sha }}";
const target = (step: string) =>
  workflow(["on: push", "on: [push, pull_request_target]"], [`      - ${USES}\n`, step]);

/** All generated workflows, of the pipelines and of `npm run ci`. */
const golden = readdirSync("test/golden", { recursive: true, encoding: "utf8" }).filter((it) =>
  it.endsWith(".yml"),
);

test.each(golden)("no rule objects to the generated workflow %s", (path) => {
  expect(problems(readFileSync(`test/golden/${path}`, "utf8"))).toEqual([]);
});

describe("no rule objects to", () => {
  test.each([
    ["the least workflow", workflow()],
    ["a text that is not known yet", UNKNOWN],
    ["an action of the same commit", workflow([USES, "uses: ./actions/build"])],
    ["an image by its digest", workflow([USES, `uses: docker://alpine@sha256:${DIGEST}`])],
    ["a folder of an action", workflow([USES, `uses: contoso/actions/build@${SHA}`])],
    ["a script", workflow([USES, "run: make"])],
    ["permissions of each job only", workflow(["permissions: {}\n", ""])],
    [
      "permissions of the workflow only",
      workflow(["permissions: {}", "permissions: {contents: read}"]),
    ],
    ["a workflow without jobs", "name: Release\non: push\njobs: {}\n"],
    ["a checkout of the base", target(`      - ${USES}\n`)],
    [
      "a checkout of the head, where it has no rights",
      workflow(
        ["on: push", "on: pull_request"],
        [USES, `${USES}\n        with: { ref: "${HEAD}" }`],
      ),
    ],
  ])("%s", (_, content) => {
    expect(problems(content)).toEqual([]);
  });

  test.each(["Dockerfile", "docs/.github/workflows/sign.yml", ".github/workflows/more/x.yml"])(
    "the file %s, which GitHub does not run",
    (path) => {
      expect(problems("uses: [", path)).toEqual([]);
    },
  );
});

test.each([
  ["a tag", USES, "uses: actions/checkout@v4", "actions/checkout@v4", "the full SHA"],
  ["a branch", USES, "uses: a/b/c@main", "a/b/c@main", "the full SHA"],
  ["a short SHA", USES, "uses: a/b@3d3c42e", "a/b@3d3c42e", "the full SHA"],
  ["no ref", USES, "uses: a/b", "a/b", "the full SHA"],
  ["a tag that begins like a SHA", USES, `uses: a/b@${SHA}-1`, `a/b@${SHA}-1`, "the full SHA"],
  [
    "the tag of an image",
    USES,
    "uses: docker://alpine:3.22",
    "docker://alpine:3.22",
    "`@sha256:` and the digest",
  ],
])("an action at %s can change", (_, from, to, uses, pin) => {
  expect(problems(workflow([from, to]))).toEqual([
    `pinned-actions: Job sign uses ${uses}, which can change. Fix: end it with ${pin}.`,
  ]);
});

const OWN = "    permissions:\n      contents: read\n      id-token: write\n";
const UNDECLARED =
  "least-permissions: Job sign declares no permissions. Fix: add `permissions: {}` to the workflow.";
const shorthand = (who: string, value: string) =>
  `least-permissions: ${who} has the permissions \`${value}\`. Fix: name each permission that is needed.`;

test.each([
  [
    "none",
    [
      ["permissions: {}\n", ""],
      [OWN, ""],
    ],
    UNDECLARED,
  ],
  [
    "none, but the key",
    [
      ["permissions: {}\n", "permissions:\n"],
      [OWN, ""],
    ],
    UNDECLARED,
  ],
  [
    "write-all for the workflow",
    [["permissions: {}", "permissions: write-all"]],
    shorthand("The workflow", "write-all"),
  ],
  [
    "read-all for the workflow",
    [["permissions: {}", "permissions: read-all"]],
    shorthand("The workflow", "read-all"),
  ],
  [
    "write-all for a job",
    [[OWN, "    permissions: write-all\n"]],
    shorthand("Job sign", "write-all"),
  ],
  [
    "a login for all jobs",
    [["permissions: {}", "permissions: {id-token: write, contents: read}"]],
    "least-permissions: The workflow grants `id-token: write` to all of its jobs. " +
      "Fix: move it to the permissions of the job that needs it.",
  ],
] as const)("permissions are too many: %s", (_, changes, message) => {
  expect(problems(workflow(...changes))).toEqual([message]);
});

test.each([
  `      - ${USES}\n        with: { ref: "${HEAD}" }\n`,
  `      - ${USES}\n        with: { ref: "\${{ github.head_ref }}" }\n`,
  `      - ${USES}\n        with: { ref: "refs/pull/\${{ github.event.number }}/merge" }\n`,
  `      - ${USES}\n        with: { repository: "\${{ github.event.pull_request.head.repo.full_name }}" }\n`,
  "      - run: gh pr checkout 7\n",
  "      - run: git fetch origin refs/pull/7/head\n",
])("foreign code would run with the rights of the repository: %s", (step) => {
  for (const on of ["on: [push, pull_request_target]", "on: { pull_request_target: {} }"]) {
    const content = target(step).replace("on: [push, pull_request_target]", on);
    expect(problems(content)).toEqual([
      "no-foreign-code: Job sign checks out the pull request with the rights of the repository. " +
        "Fix: use the event `pull_request`.",
    ]);
  }
});

test.each([
  ["no YAML", "jobs: [", "YAMLParseError: Flow sequence in block collection"],
  ["no jobs", "on: push\n", "✖ Invalid input: expected record, received undefined\n  → at jobs"],
  ["jobs of another form", "jobs: { a: { steps: 1 } }", "→ at jobs.a.steps"],
])("a text that is no workflow is refused: %s", (_, content, reason) => {
  const [message, ...others] = problems(content);
  expect(message).toContain(
    "readable-workflows: The file .github/workflows/sign.yml is no workflow. Fix: correct its text.\n",
  );
  expect(message).toContain(reason);
  expect(others).toEqual([]);
});
