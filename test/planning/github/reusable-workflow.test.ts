import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { CALLABLE, CALLED } from "../../support/governing";
import {
  found,
  missing,
  plannedWeb,
  problemsOf,
  repository,
  type SnapshotChanges,
  snapshot,
  WORKFLOW,
  web,
} from "../../support/planning";
import { refusedWeb } from "../../support/refused";
import { run } from "../../support/runs";

const GIVEN = { workflow: CALLED };
const trust = { ...GIVEN, manageSubjectTemplate: true };
const calling = (changes: object = {}) => ({ ids: "variables", trust, ...changes });
const REUSABLE_KEYS = ["repo", "context", "job_workflow_ref"];
const PREFIX = "repo:Contoso@5/web@7";

/** What GitHub says of the called workflow, and of the repository's subject template. */
const there = (
  { content = CALLABLE, at = CALLED }: { content?: string; at?: string } = {},
  keys?: readonly string[],
): SnapshotChanges => {
  const custom = { use_default: false, include_claim_keys: keys, sub_claim_prefix: PREFIX };
  return {
    github: { reusableWorkflows: { [at]: found({ content, repository: "Contoso/shared" }) } },
    ...(keys && { repositories: { web: repository({ subjects: found(custom) }) } }),
  };
};
const jobOf = (plan: ReturnType<typeof plannedWeb>) =>
  parse(plan.files.committed?.files.find(({ path }) => path === WORKFLOW)?.content ?? "").jobs.sign;

describe("a pipeline that calls a reusable workflow", () => {
  test("trusts its jobs alone, and has the subject template made first", () => {
    const plan = plannedWeb(calling({ environment: "release" }), there());
    expect(plan.credentials).toEqual([
      {
        name: "environment-release-immutable-6a13d8",
        subject: `${PREFIX}:environment:release:job_workflow_ref:${CALLED}`,
      },
    ]);
    expect(plan.subjectTemplate).toBe("before the files");
    expect(plan.record.plans[0]?.reusableWorkflow).toBe(CALLED);
    expect(jobOf(plan)).toMatchObject({
      uses: "Contoso/shared/.github/workflows/sign.yml@main",
      with: { environment: "release", "client-id": "${{ vars.AZURE_CLIENT_ID }}" },
    });
  });

  test("leaves a template alone that is there already", () => {
    const plan = plannedWeb(calling({ trust: GIVEN }), there({}, REUSABLE_KEYS));
    expect(plan.subjectTemplate).toBe("none");
    expect(plan.outputs.subjects).toEqual([
      `${PREFIX}:ref:refs/heads/main:job_workflow_ref:${CALLED}`,
    ]);
  });

  const own = {
    resources: [{ type: "github:…", name: "web-subjects-7", outputs: {} }],
  };
  test.each([
    ["the template as it is wanted", REUSABLE_KEYS],
    ["another template, which somebody set", ["repository_id"]],
    ["no template, as somebody reset it", undefined],
  ])("keeps the template that this stack made, where GitHub has %s", (_, keys) => {
    const plan = plannedWeb(calling(), { ...there({}, keys), ...own });
    expect(plan.subjectTemplate).toBe("before the files");
    expect(plan.outputs.subjects).toEqual([
      `${PREFIX}:ref:refs/heads/main:job_workflow_ref:${CALLED}`,
    ]);
  });

  test("knows the form of its subjects where the template hides it, by what it recorded", () => {
    const first = run(web(calling()), undefined, there());
    const silent = { use_default: false, include_claim_keys: REUSABLE_KEYS };
    const repositories = { web: repository({ subjects: found(silent) }) };
    const again = run(web(calling()), first, { ...there(), ...own, repositories });
    expect(again.plan?.credentials).toEqual(first.plan?.credentials);
    expect(refusedWeb(calling(), { ...there(), ...own, repositories })).toHaveLength(1);
  });

  test("gives a template of its own to another repository of the same pipeline", () => {
    const repositories = { web: repository({ name: "api", id: 8 }) };
    const plan = plannedWeb(calling({ repository: "api" }), { ...there(), ...own, repositories });
    expect(plan.subjectTemplate).toBe("before the files");
    expect(
      refusedWeb(calling({ repository: "api", trust: GIVEN }), {
        ...there(),
        ...own,
        repositories,
      }),
    ).toHaveLength(1);
  });

  test.each([
    ["contoso/Shared/.github/workflows/sign.yml@refs/heads/main", CALLED],
    [
      "CONTOSO/SHARED/.github/workflows/sign.yml@refs/tags/v1",
      "Contoso/shared/.github/workflows/sign.yml@refs/tags/v1",
    ],
  ])("%s is corrected to GitHub's spelling", (workflow, spelled) => {
    const plan = plannedWeb(calling({ trust: { ...trust, workflow } }), there({ at: workflow }));
    expect(plan.outputs.subjects).toEqual([
      `${PREFIX}:ref:refs/heads/main:job_workflow_ref:${spelled}`,
    ]);
    expect(jobOf(plan).uses).toBe(spelled.replace(/refs\/(heads|tags)\//, ""));
  });

  test("on another host it is the same again", () => {
    const given = web(calling(), { "github:baseUrl": "https://github.contoso.example/api/v3" });
    const names = found({ use_default: true });
    const repositories = { web: repository({ subjects: names }) };
    const { plan } = run(given, undefined, { ...there(), repositories });
    expect(plan?.outputs.subjects).toEqual([
      `repo:Contoso/web:ref:refs/heads/main:job_workflow_ref:${CALLED}`,
    ]);
  });
});

describe("a pipeline that stops calling it", () => {
  test("trusts GitHub's default subjects at once, as the template goes", () => {
    const own = { resources: [{ type: "github:…", name: "web-subjects-7", outputs: {} }] };
    const plan = plannedWeb({ ids: "variables" }, { ...there({}, REUSABLE_KEYS), ...own });
    expect([plan.subjectTemplate, plan.outputs.subjects]).toEqual([
      "none",
      [`${PREFIX}:ref:refs/heads/main`],
    ]);
  });
});

describe("what is refused", () => {
  const ALL = "images, environment, client-id, tenant-id, subscription-id";
  const lacks = (what: string) =>
    `workflow | "${CALLED}" | a workflow with the inputs ${ALL} | Add ${what} under \`on.workflow_call.inputs\`.`;
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, string]> = [
    [
      "without manageSubjectTemplate, telling what else it would break",
      GIVEN,
      there(),
      "manageSubjectTemplate | false | true, or a repository whose subject template is repo, context, job_workflow_ref | Set it to true after you have changed every other federated credential for Contoso/web, in any cloud: the template applies to the whole repository, and the other credentials stop matching.",
    ],
    [
      "another custom template",
      trust,
      there({}, ["repository_id", "context"]),
      `workflow | "${CALLED}" | GitHub's default subject template, or repo, context, job_workflow_ref; the repository's template is repository_id, context | Reset the repository's template on GitHub first. Countersign could not restore it later.`,
    ],
    ["a workflow for pushes", trust, there({ content: "on: push\n" }), lacks(ALL)],
    ["no workflow at all", trust, there({ content: "on: [" }), lacks(ALL)],
    [
      "a workflow without inputs",
      trust,
      there({ content: "on: { workflow_call: }\n" }),
      lacks(ALL),
    ],
    [
      "a workflow without two of them",
      trust,
      there({ content: CALLABLE.replace("tenant-id:", "x:").replace("images:", "y:") }),
      lacks("images, tenant-id"),
    ],
  ];
  test.each(rows)("%s", (_, given, changes, expected) => {
    expect(refusedWeb(calling({ trust: given }), changes)).toEqual([`web.trust.${expected}`]);
  });

  test("a workflow that is missing: the text to commit is attached, for this registry and account", () => {
    const github = { reusableWorkflows: { [CALLED]: missing } };
    const [problem, ...others] = problemsOf(web(calling()), snapshot({ github }));
    expect(others).toEqual([]);
    expect(problem).toEqual({
      path: "countersign:pipelines.web.trust.workflow",
      given: CALLED,
      expected: "an existing workflow that the token can read",
      fix: "Commit the workflow first, with the following text or with one of your own.",
      attachment: plannedWeb(calling(), there()).outputs.reusableWorkflow,
    });
    const text = problem?.attachment ?? "";
    expect(text).toContain("https://weu.codesigning.azure.net/");
    expect(Object.keys(parse(text).on.workflow_call.inputs).sort()).toEqual(
      [...ALL.split(", "), "image-tags", "lfs", "submodules"].sort(),
    );
    const unread = { github, azure: { registry: missing } };
    expect(problemsOf(web(calling()), snapshot(unread)).map((it) => it.attachment)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
