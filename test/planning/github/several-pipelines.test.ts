import { describe, expect, test } from "vitest";
import type { PipelineRecord } from "../../../snapshot";
import { type Config, config } from "../../support/config";
import { found, planned, repository, snapshot } from "../../support/planning";
import { refused } from "../../support/refused";

const own = (name: string, more: object = {}) => ({
  repository: "web",
  tags: [`${name}@*`],
  branches: [],
  environment: name,
  level: "environment",
  workflow: `.github/workflows/sign-${name}.yml`,
  images: [{ name: `web/${name}` }],
  ...more,
});
const both = (first: object = {}, second: object = {}): Config =>
  config({
    "countersign:pipelines": { first: own("first", first), second: own("second", second) },
  });
const only = (name: string, more: object = {}): Config =>
  config({ "countersign:pipelines": { [name]: own(name, more) } });
const web = found(repository());
const there = (records: Record<string, PipelineRecord> = {}, ...names: string[]) => ({
  repositories: Object.fromEntries(names.map((name) => [name, web])),
  records,
});
const [FIRST, SECOND] = planned(both(), snapshot(there({}, "first", "second"))).pipelines;
const recorded = (name: string) => (name === "first" ? FIRST : SECOND)?.record as PipelineRecord;

describe("two pipelines of one repository", () => {
  test("have each their own workflow, environment, subject and place for the ids", () => {
    const seen = [FIRST, SECOND].map((plan) => ({
      files: plan?.files.committed?.files.map(({ path }) => path).at(-1),
      environments: plan?.environments.map((it) => [it.environment.name, ...it.tags]),
      subjects: plan?.credentials.map(({ subject }) => subject),
      settings: plan?.settings.map(({ environment }) => environment),
      images: plan?.registries.flatMap(({ images }) => images),
    }));
    const expected = (name: string) => ({
      files: `.github/workflows/sign-${name}.yml`,
      environments: [[name, `${name}@*`]],
      subjects: [`repo:Contoso@5/web@7:environment:${name}`],
      settings: [name],
      images: [`web/${name}`],
    });
    expect(seen).toEqual([expected("first"), expected("second")]);
  });

  test("stay beside each other in later runs, and one can be added or removed", () => {
    const records = { first: recorded("first"), second: recorded("second") };
    expect(refused(both(), there(records, "first", "second"))).toEqual([]);
    expect(refused(both(), there({ first: records.first }, "first", "second"))).toEqual([]);
    expect(refused(only("second"), there(records, "second"))).toEqual([]);
  });

  test("are told to use one name of the repository", () => {
    const given = both({}, { repository: "old-web", workflow: own("first").workflow });
    expect(refused(given, there({}, "first", "second"))).toEqual([
      'second.repository | "old-web" | web, the current name of the repository | `first` uses the same repository. Use its current name in both.',
    ]);
  });
});

describe("what another pipeline made and gives up in this run", () => {
  const others = "that no other pipeline of this stack made; `first` made it";
  const elsewhere = { workflow: ".github/workflows/other.yml", environment: "other" };
  test.each([
    [
      "its workflow",
      { workflow: own("first").workflow },
      `second.workflow | ".github/workflows/sign-first.yml" | a workflow ${others}`,
    ],
    [
      "its environment",
      { environment: "FIRST" },
      `second.environment | "FIRST" | an environment ${others}`,
    ],
  ])("%s is refused", (_, second, expected) => {
    const records = { first: recorded("first") };
    const moving = refused(both(elsewhere, second), there(records, "first", "second"));
    expect(moving).toEqual([`${expected} | Change \`first\` in a run of its own first.`]);
    const gone = refused(only("second", second), there(records, "second"));
    expect(gone).toEqual([
      `${expected} | Don't rename a pipeline key: Pulumi would write its objects again and then delete them with the old pipeline. Name this pipeline \`first\`, or remove \`first\` in a run of its own first.`,
    ]);
  });

  test("its verifying workflow is refused", () => {
    const verify = { verify: true };
    const [plan] = planned(only("first", verify), snapshot(there({}, "first"))).pipelines;
    const records = { first: plan?.record as PipelineRecord };
    const expected = `second.verify.workflow | ".github/workflows/verify-image.yml" | a workflow ${others} | Change \`first\` in a run of its own first.`;
    expect(refused(both({}, verify), there(records, "first", "second"))).toEqual([expected]);
    expect(refused(both(verify), there(records, "first", "second"))).toEqual([]);
  });

  test("its place for the ids is refused", () => {
    const inRepository = { level: "repository" };
    const [plan] = planned(only("first", inRepository), snapshot(there({}, "first"))).pipelines;
    const records = { first: plan?.record as PipelineRecord };
    expect(refused(only("second", inRepository), there(records, "second"))).toEqual([
      expect.stringMatching(/^second\.level \| "repository" \| a place for secrets that no other/),
    ]);
  });
});

describe("two pipelines of one repository that trust a reusable workflow", () => {
  const CALLED = "contoso/shared/.github/workflows/sign.yml@refs/heads/main";
  const inputs = ["images", "environment", "client-id", "tenant-id", "subscription-id"];
  const on = { workflow_call: { inputs: Object.fromEntries(inputs.map((it) => [it, {}])) } };
  const github = {
    reusableWorkflows: {
      [CALLED]: found({ content: JSON.stringify({ on }), repository: "contoso/shared" }),
    },
  };
  const calling = (manageSubjectTemplate: boolean) => ({
    ids: "variables",
    level: "organization",
    trust: { workflow: CALLED, manageSubjectTemplate },
  });
  const held = { type: "github:index/x:X", name: "first-subjects-7", outputs: {} };
  const keys = ["repo", "context", "job_workflow_ref"];
  const named = found(
    repository({ subjects: found({ use_default: false, include_claim_keys: keys }) }),
  );

  test("need the template before the second one is added", () => {
    const given = both(calling(true), calling(false));
    const problems = refused(given, { ...there({}, "first", "second"), github });
    expect(problems).toEqual([
      `second.trust.workflow | "${CALLED}" | a repository whose subject template is repo, context, job_workflow_ref; \`first\` makes it so | Run \`pulumi up\` with \`first\` first, and then add this pipeline.`,
    ]);
  });

  test("keep the template of the one that made it", () => {
    const first = { ...recorded("first"), plans: [] };
    const repositories = { second: named };
    const state = { records: { first }, resources: [held], repositories, github };
    const given = only("second", { ...calling(false), subjects: "immutable" });
    expect(refused(given, state)).toEqual([
      `second.trust | "${CALLED}" | no \`trust\`, because \`first\` made the subject template of the repository and gives it up | Keep \`trust\` with \`manageSubjectTemplate\` in \`first\`. GitHub would reset the template, and no run could log in.`,
    ]);
  });
});
