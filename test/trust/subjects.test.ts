import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaredCredentials, MAX_SUBJECT, type TrustedRuns } from "../../trust/credentials";
import { GITHUB_COM } from "../../trust/hosts";
import { DEFAULT_KEYS, type SubjectSource } from "../../trust/subject-template";
import { migrationNote, subjectPrefix, templateKeys, trustedPrefixes } from "../../trust/subjects";

const immutable = { prefix: "repo:Contoso@5/Web@7", form: "immutable" } as const;
const names = { prefix: "repo:Contoso/Web", form: "names" } as const;
const custom = ["repo", "context", "workflow_ref"];

describe("templateKeys", () => {
  test.each([
    ["GitHub's where nothing is answered", undefined, undefined, DEFAULT_KEYS],
    ["GitHub's by default", { use_default: true }, custom, DEFAULT_KEYS],
    [
      "GitHub's by default, whatever keys stand beside it",
      { use_default: true, include_claim_keys: custom },
      undefined,
      DEFAULT_KEYS,
    ],
    ["its own", { use_default: false, include_claim_keys: custom }, ["repository_id"], custom],
    ["its organisation's where it has none", { use_default: false }, custom, custom],
    [
      "its organisation's where it has an empty one",
      { use_default: false, include_claim_keys: [] },
      custom,
      custom,
    ],
    ["GitHub's where neither has one", { use_default: false }, undefined, DEFAULT_KEYS],
  ] as const)("%s", (_, answer, organization, expected) => {
    expect(templateKeys(answer, organization)).toEqual(expected);
  });
});

describe("subjectPrefix", () => {
  const cases = [
    ["the reported prefix, ids included", immutable.prefix, DEFAULT_KEYS, immutable],
    ["the reported prefix, names only", names.prefix, DEFAULT_KEYS, names],
    ["canonical names where none is reported", undefined, DEFAULT_KEYS, names],
    ["ids under a custom template", immutable.prefix, custom, immutable],
    ["names under a custom template", names.prefix, custom, names],
    ["nothing where a custom template hides it", undefined, custom, undefined],
    ["nothing where a custom template shows another", "repo:Contoso", custom, undefined],
  ] as const;
  test.each(cases)("%s", (_, sub_claim_prefix, keys, expected) => {
    expect(subjectPrefix({ sub_claim_prefix }, "Contoso/Web", keys)).toEqual(expected);
  });

  test("canonical names where the host has no such answer", () => {
    expect(subjectPrefix(undefined, "Contoso/Web", DEFAULT_KEYS)).toEqual(names);
  });

  test("a name that looks like an id is no id", () => {
    const reported = { sub_claim_prefix: "repo:a/b@7" };
    expect(subjectPrefix(reported, "a/b", DEFAULT_KEYS)?.form).toBe("names");
  });
});

describe("trustedPrefixes", () => {
  const old = { today: names, names, immutable };
  const young = { today: immutable, names, immutable };
  const hidden = { today: undefined, names, immutable };
  test.each([
    ["auto", old, [names]],
    ["auto", young, [immutable]],
    ["auto", hidden, undefined],
    ["both", old, [names, immutable]],
    ["both", young, [immutable, names]],
    ["both", hidden, [names, immutable]],
    ["names", old, [names]],
    ["names", young, undefined],
    ["names", hidden, [names]],
    ["immutable", old, undefined],
    ["immutable", young, [immutable]],
    ["immutable", hidden, [immutable]],
  ] as const)("%s", (choice, prefixes, trusted) => {
    expect(trustedPrefixes(choice, prefixes)).toEqual(trusted);
  });

  test("a migration's note says what is used, and what comes next", () => {
    expect(migrationNote(old)).toBe(
      "trusts both forms of its subjects; a run uses the names one today, repo:Contoso/Web:…; opt the repository in to immutable subjects, run the workflow, then set `subjects: immutable`",
    );
    expect(migrationNote(young)).toBe(
      "trusts both forms of its subjects; a run uses the immutable one today, repo:Contoso@5/Web@7:…; the names form may go: set `subjects: immutable`",
    );
    expect(migrationNote(hidden)).toBe(
      "trusts both forms of its subjects, as GitHub does not say which one it uses",
    );
  });
});

describe("declaredCredentials under GitHub's default template", () => {
  const source: SubjectSource = {
    host: GITHUB_COM,
    owner: { login: "Contoso", id: 5 },
    repository: { name: "Web", id: 7, visibility: "private" },
    keys: DEFAULT_KEYS,
  };
  const workflow = { path: ".github/workflows/sign-image.yml", name: "Sign image" };
  const declared = (
    prefixes: readonly (typeof immutable | typeof names)[],
    runs: Partial<TrustedRuns>,
    owner?: string,
  ) => declaredCredentials(source, prefixes, { branches: [], tags: [], workflow, ...runs }, owner);

  test("one for each branch", () => {
    expect(declared([immutable], { branches: ["main", "release/1.0"] })).toEqual([
      { name: "branch-main-immutable", subject: "repo:Contoso@5/Web@7:ref:refs/heads/main" },
      {
        name: "branch-release-1-0-05c07dbf-immutable",
        subject: "repo:Contoso@5/Web@7:ref:refs/heads/release/1.0",
      },
    ]);
  });

  test("one for each form", () => {
    expect(declared([names, immutable], { branches: ["main"] })).toEqual([
      { name: "branch-main-names", subject: "repo:Contoso/Web:ref:refs/heads/main" },
      { name: "branch-main-immutable", subject: "repo:Contoso@5/Web@7:ref:refs/heads/main" },
    ]);
  });

  test("one in all with an environment", () => {
    const runs = { branches: ["main", "x"], tags: ["v*"], environment: "release" };
    expect(declared([names], runs)).toEqual([
      { name: "environment-release-names", subject: "repo:Contoso/Web:environment:release" },
    ]);
  });

  test("named apart on an identity that others use too", () => {
    expect(declared([names], { branches: ["main"] }, "web").map(({ name }) => name)).toEqual([
      "web_branch-main-names",
    ]);
  });

  const branch = fc.stringMatching(/^[A-Za-z0-9._/@+#-]{1,200}$/);

  test("any branches: exact subjects within Entra's limits, names that Entra takes and keeps apart", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(branch, { minLength: 1, maxLength: 20 }),
        fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/), { nil: undefined }),
        (branches, owner) => {
          const all = declared([immutable], { branches }, owner);
          expect(all.map(({ subject }) => subject)).toEqual(
            branches.map((it) => `repo:Contoso@5/Web@7:ref:refs/heads/${it}`),
          );
          for (const { name, subject } of all) {
            expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
            expect(subject.length).toBeLessThanOrEqual(MAX_SUBJECT);
          }
          expect(new Set(all.map(({ name }) => name.toLowerCase())).size).toBe(branches.length);
        },
      ),
    );
  });

  test("a branch keeps its credential's name whatever other branches there are", () => {
    fc.assert(
      fc.property(branch, fc.array(branch), (own, others) => {
        const nameOf = (branches: string[]) =>
          declared([immutable], { branches }).find(({ subject }) =>
            subject.endsWith(`:ref:refs/heads/${own}`),
          )?.name;
        expect(nameOf([...others, own])).toBe(nameOf([own]));
      }),
    );
  });
});
