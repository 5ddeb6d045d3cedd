import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaredCredentials, MAX_SUBJECT, type TrustedTriggers } from "../../trust/credentials";
import { GITHUB_COM } from "../../trust/hosts";
import { DEFAULT_KEYS, type SubjectSource } from "../../trust/subject-template";
import { migrationNote, subjectPrefix, templateKeys, trustedPrefixes } from "../../trust/subjects";

const immutable = { prefix: "repo:Contoso@5/Web@7", form: "immutable" } as const;
const names = { prefix: "repo:Contoso/Web", form: "names" } as const;
const custom = ["repo", "context", "workflow_ref"];

describe("templateKeys", () => {
  test.each([
    ["GitHub's keys if there is no answer", undefined, undefined, DEFAULT_KEYS],
    ["GitHub's keys by default", { use_default: true }, custom, DEFAULT_KEYS],
    [
      "GitHub's keys by default, although the answer has other keys",
      { use_default: true, include_claim_keys: custom },
      undefined,
      DEFAULT_KEYS,
    ],
    ["its own keys", { use_default: false, include_claim_keys: custom }, ["repository_id"], custom],
    ["its organization's keys if the repository has none", { use_default: false }, custom, custom],
    [
      "its organization's keys if the repository has an empty list",
      { use_default: false, include_claim_keys: [] },
      custom,
      custom,
    ],
    ["GitHub's keys if neither has any", { use_default: false }, undefined, DEFAULT_KEYS],
  ] as const)("%s", (_, answer, organization, expected) => {
    expect(templateKeys(answer, organization)).toEqual(expected);
  });
});

describe("subjectPrefix", () => {
  const cases = [
    ["the reported prefix with ids", immutable.prefix, DEFAULT_KEYS, immutable],
    ["the reported prefix with names only", names.prefix, DEFAULT_KEYS, names],
    ["GitHub's spelling of the names if no prefix is reported", undefined, DEFAULT_KEYS, names],
    ["ids under a custom template", immutable.prefix, custom, immutable],
    ["names under a custom template", names.prefix, custom, names],
    ["undefined if a custom template hides the prefix", undefined, custom, undefined],
    ["undefined if a custom template shows another prefix", "repo:Contoso", custom, undefined],
  ] as const;
  test.each(cases)("%s", (_, sub_claim_prefix, keys, expected) => {
    expect(subjectPrefix({ sub_claim_prefix }, "Contoso/Web", keys)).toEqual(expected);
  });

  test("GitHub's spelling of the names if the host does not answer", () => {
    expect(subjectPrefix(undefined, "Contoso/Web", DEFAULT_KEYS)).toEqual(names);
  });

  test("a repository name that looks like an id is not an id", () => {
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

  test("migrationNote says which form GitHub uses, and what to do next", () => {
    expect(migrationNote(old)).toBe(
      "trusts both forms of the repository's subjects. GitHub uses the names form today (`repo:Contoso/Web:…`). Next, opt the repository in to immutable subjects, run the workflow, and then set `subjects: immutable`",
    );
    expect(migrationNote(young)).toBe(
      "trusts both forms of the repository's subjects. GitHub uses the immutable form today (`repo:Contoso@5/Web@7:…`). To stop trusting the names form, set `subjects: immutable`",
    );
    expect(migrationNote(hidden)).toBe(
      "trusts both forms of the repository's subjects. GitHub does not report which form it uses",
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
    triggers: Partial<TrustedTriggers>,
    owner?: string,
  ) =>
    declaredCredentials(source, prefixes, { branches: [], tags: [], workflow, ...triggers }, owner);

  test("each branch has one", () => {
    expect(declared([immutable], { branches: ["main", "release/1.0"] })).toEqual([
      { name: "branch-main-immutable", subject: "repo:Contoso@5/Web@7:ref:refs/heads/main" },
      {
        name: "branch-release-1-0-05c07dbf-immutable",
        subject: "repo:Contoso@5/Web@7:ref:refs/heads/release/1.0",
      },
    ]);
  });

  test("each form has one", () => {
    expect(declared([names, immutable], { branches: ["main"] })).toEqual([
      { name: "branch-main-names", subject: "repo:Contoso/Web:ref:refs/heads/main" },
      { name: "branch-main-immutable", subject: "repo:Contoso@5/Web@7:ref:refs/heads/main" },
    ]);
  });

  test("an environment has one for all refs", () => {
    const triggers = { branches: ["main", "x"], tags: ["v*"], environment: "release" };
    expect(declared([names], triggers)).toEqual([
      { name: "environment-release-names", subject: "repo:Contoso/Web:environment:release" },
    ]);
  });

  test("names begin with the owner on an identity that others use too", () => {
    expect(declared([names], { branches: ["main"] }, "web").map(({ name }) => name)).toEqual([
      "web_branch-main-names",
    ]);
  });

  const branch = fc.stringMatching(/^[A-Za-z0-9._/@+#-]{1,200}$/);

  test("any branches have exact subjects within Entra's limits, and different names", () => {
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

  test("the name of a branch's credential does not depend on other branches", () => {
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
