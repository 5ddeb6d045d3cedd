import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import type { Intent } from "../../rehearsal/intent";
import { prove } from "../../rehearsal/proof/prove";
import { strayTrust } from "../../rehearsal/proof/stray";
import { committedFiles, leftovers } from "../../rehearsal/traces";
import { built, ownJob, signing } from "./built";

const RUN = "the workflow of pipeline api";
const release = (name: string) => `repo:Contoso@5/web@7:environment:${name}`;

/** Two pipelines of the repository `web`, each with its own workflow. `web` is judged. */
function neighbors(pipelines: { readonly web: object; readonly api: object }, trusted: string[]) {
  const { clouds, intents } = built({ pipelines, trusted });
  const both = intents.map((intent) => ({
    ...intent,
    repository: "web",
    workflow: `.github/workflows/sign-${intent.pipeline}.yml`,
  }));
  const files = clouds.github.repository("web").branches.get("main");
  files?.clear();
  for (const { workflow, environment, branches, tags } of both) {
    const on = `branches: ${JSON.stringify(branches)}, tags: ${JSON.stringify(tags)}`;
    files?.set(workflow, signing(ownJob(environment), on));
  }
  return { clouds, intents: both as [Intent, Intent] };
}

const rows = ({ clouds, intents }: { clouds: Clouds; intents: readonly Intent[] }) =>
  prove(clouds, intents)
    .filter(({ pipeline, run }) => pipeline === "web" && run === RUN)
    .map(({ exchange, subject, violations }) => [exchange, subject, violations]);

describe("another pipeline of the repository", () => {
  test("does not log in from its own environment", () => {
    const two = neighbors({ web: { environment: "first" }, api: { environment: "second" } }, [
      release("first"),
    ]);
    expect(rows(two)).toEqual([["AADSTS700213", release("second"), []]]);
  });

  test("must not: its environment is trusted", () => {
    const two = neighbors({ web: { environment: "first" }, api: { environment: "second" } }, [
      release("first"),
      release("second"),
    ]);
    const violation = `web, ${RUN}: logs in with federated credential c1`;
    expect(rows(two)).toEqual([["token", release("second"), [violation]]]);
  });

  test("does not log in from its own branch", () => {
    const two = neighbors({ web: {}, api: { branches: ["main", "develop"] } }, [
      "repo:Contoso@5/web@7:ref:refs/heads/main",
    ]);
    const subject = "repo:Contoso@5/web@7:ref:refs/heads/develop";
    expect(rows(two)).toEqual([["AADSTS700213", subject, []]]);
  });

  test("has the reusable workflow that it calls in its token", () => {
    const workflow = "octo/central/.github/workflows/sign.yml@refs/heads/main";
    const trust = { ids: "variables", trust: { workflow } };
    const two = neighbors(
      { web: { environment: "first" }, api: { environment: "second", ...trust } },
      [release("first")],
    );
    two.clouds.github.repository("web").subjectTemplate = ["repo", "context", "job_workflow_ref"];
    expect(rows(two)).toEqual([
      ["AADSTS700213", `${release("second")}:job_workflow_ref:${workflow}`, []],
    ]);
  });

  test.each([
    ["the same subjects", { web: {}, api: {} }],
    [
      "the same environment",
      { web: { environment: "release" }, api: { environment: "Release", branches: ["x"] } },
    ],
    [
      "the same identity",
      {
        web: { environment: "first", identity: { share: "team" } },
        api: { environment: "second", identity: { share: "team" } },
      },
    ],
  ])("has no row of its own with %s", (_, pipelines) => {
    expect(rows(neighbors(pipelines, []))).toEqual([]);
  });

  test("is another one in another repository", () => {
    const { clouds, intents } = neighbors({ web: {}, api: { environment: "second" } }, []);
    const apart = intents.map((it, index) => (index === 0 ? it : { ...it, repository: "api" }));
    expect(rows({ clouds, intents: apart })).toEqual([]);
  });
});

describe("what two pipelines of one repository leave", () => {
  const two = neighbors({ web: { environment: "first" }, api: { adopt: true } }, []);

  test("is listed once", () => {
    const { clouds, intents } = two;
    const { commits } = clouds.github.repository("web");
    for (const { workflow } of intents)
      commits.push({ branch: "main", path: workflow, message: "" });
    expect(committedFiles(clouds, intents).map(({ path }) => path)).toEqual([
      ".github/workflows/sign-web.yml",
      ".github/workflows/sign-api.yml",
    ]);
  });

  test("may be only what the adopting one took over", () => {
    const left = ["web", "api"].map(
      (name) => `file web/.github/workflows/sign-${name}.yml on main`,
    );
    expect(leftovers([], left, two.intents)).toEqual([`destroy did not delete ${left[0]}`]);
  });

  test("trusts nothing astray", () => {
    const both = neighbors({ web: { environment: "first" }, api: { environment: "second" } }, [
      release("first"),
      release("second"),
    ]);
    // Both log in as one identity here, so that each credential has its declared runs.
    expect(strayTrust(both.clouds, both.intents)).toEqual([]);
  });
});
