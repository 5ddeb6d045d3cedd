import { describe, expect, test } from "vitest";
import { runsOf } from "../../rehearsal/proof/runs";
import { declaredClaims } from "../../rehearsal/proof/token";
import { type Building, built, minted, repository, WORKFLOW } from "./built";

const subject = (it?: Partial<Building>, run?: string) => minted(it, run).subject;
describe("a token", () => {
  test("says all that a credential may ask for", () => {
    const token = minted({ github: repository({ private: false }) });
    expect("claims" in token && token.claims).toMatchObject({
      sub: "repo:Contoso@5/web@7:ref:refs/heads/main",
      actor: "alice",
      event_name: "push",
      ref: "refs/heads/main",
      ref_type: "branch",
      repository: "Contoso/web",
      repository_id: "7",
      repository_owner: "Contoso",
      repository_owner_id: "5",
      repository_visibility: "public",
      workflow: "Sign image",
      workflow_ref: `Contoso/web/${WORKFLOW}@refs/heads/main`,
      job_workflow_ref: `Contoso/web/${WORKFLOW}@refs/heads/main`,
    });
  });

  test("of a hostile run is not alice's", () => {
    const token = minted({}, "a pull request");
    expect("claims" in token && token.claims).toMatchObject({
      sub: "repo:Contoso@5/web@7:pull_request",
      actor: "mallory",
      event_name: "pull_request",
      ref: "refs/pull/1/merge",
      base_ref: "main",
    });
  });

  test.each([
    ["another branch", "repo:Contoso@5/web@7:ref:refs/heads/hostile"],
    ["a tag that is not declared", "repo:Contoso@5/web@7:ref:refs/tags/hostile"],
    ["a fork", "repo:mallory@99999999/web@99999999:ref:refs/heads/main"],
    ["another repository of the owner", "repo:Contoso@5/web-other@99999999:ref:refs/heads/main"],
    ["a new repository of the same name", "repo:Contoso@5/web@99999999:ref:refs/heads/main"],
    ["the repository after a rename", "repo:Contoso@5/web-renamed@7:ref:refs/heads/main"],
    ["another workflow of the repository", "repo:Contoso@5/web@7:ref:refs/heads/main"],
    ["the owner in another case", "repo:CONTOSO@5/web@7:ref:refs/heads/main"],
    ["the repository in another case", "repo:Contoso@5/WEB@7:ref:refs/heads/main"],
  ])("of %s", (run, expected) => {
    expect(subject({}, run)).toBe(expected);
  });

  test("follows the repository's template, and its organisation's where it opted in", () => {
    const subjectTemplate = ["repository_id", "ref"];
    expect(subject({ github: repository({ subjectTemplate }) })).toBe(
      "repository_id:7:ref:refs/heads/main",
    );
    const owner = { login: "Contoso", id: 5, subjectTemplate: ["repository_owner_id", "context"] };
    const opted = { owner, ...repository({ subjectTemplate: [] }) };
    expect(subject({ github: opted })).toBe("repository_owner_id:5:ref:refs/heads/main");
    expect(subject({ github: { owner, ...repository({}) } })).toBe(
      "repo:Contoso@5/web@7:ref:refs/heads/main",
    );
  });

  test("is not issued where the template asks for what the job lacks", () => {
    const subjectTemplate = ["repo", "environment"];
    expect(minted({ github: repository({ subjectTemplate }) })).toEqual({
      subject: "",
      refused: "the token has no claim environment",
    });
  });

  test("has names only before the opt-in, and on another host", () => {
    expect(subject({ github: repository({ immutableSubjects: false }) })).toBe(
      "repo:Contoso/web:ref:refs/heads/main",
    );
    expect(subject({ github: { host: "git.contoso.example" } })).toBe(
      "repo:Contoso/web:ref:refs/heads/main",
    );
  });
});

describe("the claims of a declared run", () => {
  const subs = (it: Partial<Building>) => {
    const { clouds, intents } = built({ pipelines: { web: {} }, trusted: [], ...it });
    const [run] = runsOf(intents[0]!);
    return declaredClaims(clouds.github, intents[0]!, run!).map(({ sub }) => sub);
  };

  test("are there in both forms, as long as they differ", () => {
    expect(subs({})).toEqual([
      "repo:Contoso/web:ref:refs/heads/main",
      "repo:Contoso@5/web@7:ref:refs/heads/main",
    ]);
    const subjectTemplate = ["repository_id", "ref"];
    expect(subs({ github: repository({ subjectTemplate }) })).toEqual([
      "repository_id:7:ref:refs/heads/main",
    ]);
    expect(subs({ github: { host: "git.contoso.example" } })).toEqual([
      "repo:Contoso/web:ref:refs/heads/main",
    ]);
  });
});
