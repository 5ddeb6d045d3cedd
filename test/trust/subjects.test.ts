import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  declaredSubjects,
  MAX_SUBJECT,
  migrationNote,
  subjectPrefix,
  trustedPrefixes,
} from "../../trust/subjects";

const immutable = { prefix: "repo:Contoso@5/Web@7", form: "immutable" } as const;
const names = { prefix: "repo:Contoso/Web", form: "names" } as const;

describe("subjectPrefix", () => {
  const cases = [
    [
      "the reported prefix, ids included",
      { use_default: true, sub_claim_prefix: immutable.prefix },
      immutable,
    ],
    [
      "the reported prefix, names only",
      { use_default: true, sub_claim_prefix: names.prefix },
      names,
    ],
    ["canonical names where none is reported", { use_default: true }, names],
    ["canonical names where the host has no such answer", undefined, names],
    [
      "a template that equals the default",
      {
        use_default: false,
        include_claim_keys: ["repo", "context"],
        sub_claim_prefix: names.prefix,
      },
      names,
    ],
    [
      "no prefix under a custom template",
      { use_default: false, include_claim_keys: ["repo"] },
      undefined,
    ],
    ["no prefix under the organisation's template", { use_default: false }, undefined],
  ] as const;
  test.each(cases)("%s", (_, answer, expected) => {
    expect(subjectPrefix(answer, "Contoso/Web")).toEqual(expected);
  });

  test("a name that looks like an id is no id", () => {
    expect(subjectPrefix({ sub_claim_prefix: "repo:a/b@7" }, "a/b")?.form).toBe("names");
  });
});

describe("trustedPrefixes", () => {
  const old = { today: names, other: immutable };
  const young = { today: immutable, other: names };
  test.each([
    ["auto", old, [names]],
    ["auto", young, [immutable]],
    ["both", old, [names, immutable]],
    ["both", young, [immutable, names]],
    ["names", old, [names]],
    ["names", young, undefined],
    ["immutable", old, undefined],
    ["immutable", young, [immutable]],
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
  });
});

describe("declaredSubjects", () => {
  test("one for each branch", () => {
    expect(declaredSubjects([immutable], { branches: ["main", "release/1.0"] })).toEqual([
      { name: "branch-main-immutable", subject: "repo:Contoso@5/Web@7:ref:refs/heads/main" },
      {
        name: "branch-release-1-0-05c07dbf-immutable",
        subject: "repo:Contoso@5/Web@7:ref:refs/heads/release/1.0",
      },
    ]);
  });

  test("one in all with an environment", () => {
    expect(declaredSubjects([names], { branches: ["main", "x"], environment: "release" })).toEqual([
      { name: "environment-release-names", subject: "repo:Contoso/Web:environment:release" },
    ]);
  });

  const branch = fc.stringMatching(/^[A-Za-z0-9._/@+#-]{1,200}$/);

  test("any branches: exact subjects within Entra's limits, names that Entra takes and keeps apart", () => {
    fc.assert(
      fc.property(fc.uniqueArray(branch, { minLength: 1, maxLength: 20 }), (branches) => {
        const declared = declaredSubjects([immutable], { branches });
        expect(declared.map(({ subject }) => subject)).toEqual(
          branches.map((it) => `repo:Contoso@5/Web@7:ref:refs/heads/${it}`),
        );
        for (const { name, subject } of declared) {
          expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
          expect(subject.length).toBeLessThanOrEqual(MAX_SUBJECT);
        }
        expect(new Set(declared.map(({ name }) => name.toLowerCase())).size).toBe(branches.length);
      }),
    );
  });

  test("a branch keeps its credential's name whatever other branches there are", () => {
    fc.assert(
      fc.property(branch, fc.array(branch), (own, others) => {
        const alone = declaredSubjects([immutable], { branches: [own] })[0]?.name;
        const among = declaredSubjects([immutable], { branches: [...others, own] }).at(-1)?.name;
        expect(among).toBe(alone);
      }),
    );
  });
});
