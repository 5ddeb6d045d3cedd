import { describe, expect, test } from "vitest";
import {
  CALLABLE,
  callingJob,
  MAIN,
  outcome,
  ownJob,
  reached,
  refused,
  repository,
  rowOf,
  SHARED,
  signing,
  violated,
  web,
} from "./built";

const RELEASE = "repo:Contoso@5/web@7:environment:release";

describe("a recycled name", () => {
  const RECYCLED = "a new repository of the same name";
  const GETS =
    "After a rename or deletion, anyone who gets this repository's name also gets its trust. Fix:";

  const NAMES = "repo:Contoso/web:ref:refs/heads/main";

  test("gets in without ids while both forms are trusted, and the proof says so", () => {
    const both = { pipelines: { web: { subjects: "both" } }, trusted: [MAIN, NAMES] };
    expect(rowOf(both, "a new repository of the same name")).toMatchObject({
      subject: MAIN.replace("@7", "@99999999"),
      exchange: "AADSTS700213",
    });
    expect(rowOf(both, "a new one of that name, without ids")).toMatchObject({
      subject: NAMES,
      exchange: "token",
      reaches: [`${GETS} subjects: immutable (docs/subjects.md#forms)`],
      violations: [],
    });
  });

  test.each([
    ["ids keep it out", {}, MAIN, refused("AADSTS700213")],
    [
      "names let it in",
      repository({ immutableSubjects: false }),
      "repo:Contoso/web:ref:refs/heads/main",
      reached(`${GETS} immutable subjects (use_immutable_subject) (docs/subjects.md#forms)`),
    ],
    [
      "names in a template let it in",
      repository({ subjectTemplate: ["repository", "ref"] }),
      "repository:Contoso/web:ref:refs/heads/main",
      reached(
        `${GETS} repository_id in the repository's subject template (docs/subjects.md#custom-templates)`,
      ),
    ],
    [
      "on another host there are names only",
      { host: "git.contoso.example" },
      "repo:Contoso/web:ref:refs/heads/main",
      reached(
        `${GETS} repository_id in the repository's subject template (docs/subjects.md#custom-templates)`,
      ),
    ],
    [
      "the id in a template keeps it out",
      repository({ subjectTemplate: ["repository_id", "ref"] }),
      "repository_id:7:ref:refs/heads/main",
      refused("AADSTS700213"),
    ],
    [
      "the owner's id is not enough, and could be more",
      repository({ subjectTemplate: ["repository_owner_id", "ref"] }),
      "repository_owner_id:5:ref:refs/heads/main",
      violated(RECYCLED),
    ],
    [
      "the repository's id in an expression keeps it out",
      repository({ immutableSubjects: false }),
      "claims['sub'] eq 'repo:Contoso/web:ref:refs/heads/main' and claims['repository_id'] eq '7'",
      refused("AADSTS700213"),
    ],
    [
      "the owner's id in one does not",
      repository({ immutableSubjects: false }),
      "claims['sub'] eq 'repo:Contoso/web:ref:refs/heads/main' and claims['repository_owner_id'] eq '5'",
      violated(RECYCLED),
    ],
  ])("%s", (_, github, trusted, expected) => {
    expect(outcome(web({ github, trusted: [trusted] }), RECYCLED)).toEqual(expected);
  });
});

describe("a renamed repository", () => {
  const RENAMED = "the repository after a rename";

  test("loses its trust where names are asked for", () => {
    expect(outcome(web(), RENAMED)).toEqual(refused("AADSTS700213"));
  });

  test("keeps it where ids alone are", () => {
    const github = repository({ subjectTemplate: ["repository_id", "ref"] });
    const trusted = ["repository_id:7:ref:refs/heads/main"];
    expect(outcome(web({ github, trusted }), RENAMED)).toEqual(
      reached("A renamed repository keeps its id, so it is the same repository"),
    );
  });

  test("is nobody's where neither is", () => {
    const github = repository({ subjectTemplate: ["ref"] });
    expect(outcome(web({ github, trusted: ["ref:refs/heads/main"] }), RENAMED)).toEqual(
      violated(RENAMED),
    );
  });
});

describe("another workflow", () => {
  const GOVERNED = `${SHARED}@refs/heads/main`;
  const template = repository({ subjectTemplate: ["repo", "context", "job_workflow_ref"] });
  const governed = {
    pipelines: { web: { ids: "variables", trust: { workflow: GOVERNED } } },
    workflow: signing(callingJob(`${SHARED}@main`)),
    github: { ...template, callableWorkflows: { [GOVERNED]: CALLABLE } },
  };

  test("logs in where none is demanded", () => {
    expect(outcome(web(), "another workflow of the repository")).toEqual(
      reached(
        "Any workflow that runs on a declared ref can log in. Fix: set trust.workflow (docs/subjects.md#one-reusable-workflow)",
      ),
    );
    const pipelines = { web: { environment: "release" } };
    const workflow = signing(ownJob("release"));
    expect(
      outcome(
        web({ pipelines, workflow, trusted: [RELEASE] }),
        "another workflow in the environment",
      ),
    ).toEqual(
      reached(
        "Any workflow that runs in the environment release can log in. Fix: set trust.workflow (docs/subjects.md#one-reusable-workflow)",
      ),
    );
  });

  test("is turned away where one is", () => {
    const it = web({ ...governed, trusted: [`${MAIN}:job_workflow_ref:${GOVERNED}`] });
    expect(outcome(it, "push to branch main")).toEqual(refused("token"));
    expect(outcome(it, "another workflow of the repository")).toEqual(refused("AADSTS700213"));
  });

  test("must not log in where one is meant to be", () => {
    const github = { ...governed.github, ...repository({}) };
    const run = "another workflow of the repository";
    expect(outcome(web({ ...governed, github }), run)).toEqual(violated(run));
  });

  test("calling the trusted one from elsewhere does not help", () => {
    const it = web({ ...governed, trusted: [`${MAIN}:job_workflow_ref:${GOVERNED}`] });
    expect(outcome(it, "a fork")).toEqual(refused("AADSTS700213"));
    // …unless the template asks for nothing else.
    const github = { ...governed.github, ...repository({ subjectTemplate: ["job_workflow_ref"] }) };
    const trusted = [`job_workflow_ref:${GOVERNED}`];
    expect(outcome(web({ ...governed, github, trusted }), "a fork")).toEqual(violated("a fork"));
  });
});
