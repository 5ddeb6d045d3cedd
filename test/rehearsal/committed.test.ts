import { describe, expect, test } from "vitest";
import { runsOf } from "../../rehearsal/proof/runs";
import { mint } from "../../rehearsal/proof/token";
import { built, CALLABLE, callingJob, minted, ownJob, SHARED, signing, WORKFLOW } from "./built";

const MAIN = `${SHARED}@refs/heads/main`;

describe("a job that calls a reusable workflow", () => {
  const calling = (uses: string, environment?: string, callable = MAIN, text = CALLABLE) =>
    minted({
      workflow: signing(callingJob(uses, environment)),
      github: { callableWorkflows: { [callable]: text } },
    });

  test.each([
    [`${SHARED}@main`, MAIN],
    [`${SHARED}@refs/heads/main`, MAIN],
    [`${SHARED}@v1`, `${SHARED}@refs/tags/v1`],
    [`${SHARED}@${"a".repeat(40)}`, `${SHARED}@${"a".repeat(40)}`],
    [`Octo/Central/.github/workflows/sign.yml@main`, MAIN],
  ])("as %s says who is called: %s", (uses, reference) => {
    const token = calling(uses, undefined, reference);
    expect("claims" in token && token.claims).toMatchObject({
      sub: "repo:Contoso@5/web@7:ref:refs/heads/main",
      job_workflow_ref: reference,
      workflow_ref: `Contoso/web/${WORKFLOW}@refs/heads/main`,
    });
  });

  test("runs in the environment that it passes", () => {
    expect(calling(`${SHARED}@main`, "release").subject).toBe(
      "repo:Contoso@5/web@7:environment:release",
    );
  });

  test.each([
    [`${SHARED}@v2`, MAIN, CALLABLE, `there is no reusable workflow at ${SHARED}@v2`],
    [`${SHARED}@main`, MAIN, "jobs: {}", `the workflow ${MAIN} has no job`],
    [
      `${SHARED}@main`,
      MAIN,
      CALLABLE.replace("id-token: write", "id-token: none"),
      "the job has no permission to request tokens",
    ],
  ])("is refused: %s", (uses, callable, text, refused) => {
    expect(calling(uses, undefined, callable, text)).toEqual({ subject: "", refused });
  });

  test("gives the called workflow no more than its own permissions", () => {
    const job = callingJob(`${SHARED}@main`).replace("id-token: write", "contents: read");
    const github = { callableWorkflows: { [MAIN]: CALLABLE } };
    expect(minted({ workflow: signing(job), github })).toEqual({
      subject: "",
      refused: "the job has no permission to request tokens",
    });
  });
});

describe("the workflow of a run", () => {
  const stand = () => {
    const { clouds, intents } = built({ pipelines: { web: {} }, trusted: [] });
    const repository = clouds.github.repository("web");
    const [intent] = intents;
    const push = () => mint(clouds.github, intent!, runsOf(intent!)[0]!);
    return { repository, push };
  };

  test("is the proposed one as long as the default branch has none", () => {
    const { repository, push } = stand();
    const main = repository.branches.get("main")!;
    main.delete(WORKFLOW);
    expect(push()).toEqual({
      subject: "",
      refused: `there is no workflow at ${WORKFLOW}`,
      idle: true,
    });
    repository.branches.set("ours", new Map([[WORKFLOW, signing(ownJob("release"))]]));
    const pull = { number: 1, title: "", body: "", head: "ours", base: "main", merged: false };
    repository.pullRequests.set(1, { ...pull, state: "closed" });
    expect(push()).toEqual({
      subject: "",
      refused: `there is no workflow at ${WORKFLOW}`,
      idle: true,
    });
    repository.pullRequests.set(1, { ...pull, state: "open" });
    expect(push().subject).toBe("repo:Contoso@5/web@7:environment:release");
    main.set(WORKFLOW, signing(ownJob()));
    expect(push().subject).toBe("repo:Contoso@5/web@7:ref:refs/heads/main");
  });
});
