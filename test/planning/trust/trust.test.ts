import { describe, expect, test } from "vitest";
import { found, planned, repository, snapshot, web } from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";
import { subjects, under } from "../../support/templates";

describe("what Entra would refuse", () => {
  const called = `Contoso/shared/.github/workflows/${"w".repeat(100)}.yml@refs/heads/${"r".repeat(200)}`;
  /** A workflow and a branch so long that together they leave so many characters. */
  const long = (length: number) => {
    const start = "repo:Contoso@5/web@7:ref:refs/heads/:job_workflow_ref:".length + called.length;
    const trust = { workflow: called, manageSubjectTemplate: true };
    return { branches: ["b".repeat(length - start)], ids: "variables", trust };
  };
  const inputs = ["images", "environment", "client-id", "tenant-id", "subscription-id"];
  const content = JSON.stringify({
    on: { workflow_call: { inputs: Object.fromEntries(inputs.map((it) => [it, {}])) } },
  });
  const there = {
    github: { reusableWorkflows: { [called]: found({ content, repository: "Contoso/shared" }) } },
  };

  test("a subject of 601 characters, and not one of 600", () => {
    const { branches } = long(601);
    const subject = `repo:Contoso@5/web@7:ref:refs/heads/${branches[0]}:job_workflow_ref:${called}`;
    expect(refusedWeb(long(601), there)).toEqual([
      `web.branches | "${subject}" | a subject of at most 600 characters | This one has 601 characters. Shorten the name of the branch, tag or environment.`,
    ]);
    expect(subjects(long(600), there).map(({ length }) => length)).toEqual([600]);
  });

  const refs = (count: number) => Array.from({ length: count }, (_, it) => `release-${it}`);
  const AT_MOST = "at most 20 federated credentials on one identity";
  test("21 credentials, where the template tells refs apart in an environment", () => {
    const keys = ["repository", "environment", "ref"];
    const pipeline = { environment: "release", branches: refs(21) };
    expect(refusedWeb(pipeline, under(keys))).toEqual([
      `web.branches | 21 | ${AT_MOST} | There are 21. Add an \`environment\`, or declare fewer branches and tags.`,
    ]);
    expect(refusedWeb({ ...pipeline, branches: refs(20) }, under(keys))).toEqual([]);
  });
});

describe("another host of GitHub", () => {
  const SERVER = "https://github.contoso.example/api/v3";
  const TENANT = "https://api.contoso.ghe.com";
  const names = found({ use_default: true, sub_claim_prefix: "repo:Contoso/web" });
  const silent = found({ use_default: false, include_claim_keys: ["repo", "context", "ref"] });
  const hosted = (url: string, pipeline: object = {}) => web(pipeline, { "github:baseUrl": url });
  const having = (answer: typeof names | typeof silent) => ({
    repositories: { web: repository({ subjects: answer }) },
  });
  const MAIN = "repo:Contoso/web:ref:refs/heads/main";

  test.each([
    [SERVER, "https://github.contoso.example/_services/token"],
    [TENANT, "https://token.actions.contoso.ghe.com"],
  ])("%s: its issuer, and subjects of names", (url, issuer) => {
    const plan = planned(hosted(url), snapshot(having(names))).pipelines[0];
    expect(plan?.credentials).toEqual([{ name: "branch-main-names", subject: MAIN }]);
    expect(plan?.terms).toEqual({ issuer, audience: "api://AzureADTokenExchange" });
  });

  test("a server that does not tell the form issues names", () => {
    for (const answer of [silent, { status: "missing" } as const]) {
      const plan = planned(hosted(SERVER), snapshot(having(answer as never))).pipelines[0];
      expect(plan?.outputs.subjects[0]).toMatch(/^repo:Contoso\/web:ref:refs\/heads\/main/);
    }
  });

  test("of a tenant that does not tell the form, both can be trusted", () => {
    const plan = planned(hosted(TENANT, { subjects: "both" }), snapshot(having(silent)));
    expect(plan.pipelines[0]?.outputs.subjects).toEqual([
      `${MAIN}:ref:refs/heads/main`,
      "repo:Contoso@5/web@7:ref:refs/heads/main:ref:refs/heads/main",
    ]);
    expect(refused(hosted(TENANT), having(silent))).toEqual([
      'web.subjects | "auto" | immutable, names or both, because GitHub does not report the form under this custom subject template | Set `subjects: both`, run the workflow, and keep the form that azure/login logs.',
    ]);
  });
});
