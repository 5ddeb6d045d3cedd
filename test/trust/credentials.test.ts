import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GITHUB_ISSUER } from "../../rehearsal/clouds/azure/credential-rules";
import { parseExpression, termsOf } from "../../rehearsal/clouds/entra/expression";
import { expressionFault } from "../../rehearsal/clouds/entra/expression-rules";
import { declaredCredentials, type TrustedTriggers } from "../../trust/credentials";
import { GITHUB_COM } from "../../trust/hosts";
import { DEFAULT_KEYS, type SubjectSource } from "../../trust/subject-template";

const immutable = { prefix: "repo:Contoso@5/Web@7", form: "immutable" } as const;
const names = { prefix: "repo:Contoso/Web", form: "names" } as const;

const declared = (
  triggers: Partial<TrustedTriggers>,
  {
    keys = DEFAULT_KEYS,
    forms = [immutable],
    owner,
  }: {
    keys?: readonly string[];
    forms?: readonly (typeof immutable | typeof names)[];
    owner?: string;
  } = {},
) => {
  const source: SubjectSource = {
    host: GITHUB_COM,
    owner: { login: "Contoso", id: 5 },
    repository: { name: "Web", id: 7, visibility: "private" },
    keys,
  };
  const workflow = { path: ".github/workflows/sign-image.yml", name: "Sign image" };
  return declaredCredentials(
    source,
    forms,
    { branches: [], tags: [], workflow, ...triggers },
    owner,
  );
};

const plain = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/@#-]{0,40}$/);
const pattern = fc.tuple(plain, fc.option(plain, { nil: "" })).map(([one, two]) => `${one}*${two}`);
const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);

describe("a pattern needs a flexible credential", () => {
  test("the expression requires the subject and the repository's id", () => {
    expect(declared({ tags: ["v*"] }, { forms: [immutable, names] })).toEqual([
      {
        name: "tag-v--af7e9fa4-immutable",
        subject: "repo:Contoso@5/Web@7:ref:refs/tags/v*",
        expression:
          "claims['sub'] matches 'repo:Contoso@5/Web@7:ref:refs/tags/v*' and claims['repository_id'] eq '7'",
      },
      {
        name: "tag-v--af7e9fa4-names",
        subject: "repo:Contoso/Web:ref:refs/tags/v*",
        expression:
          "claims['sub'] matches 'repo:Contoso/Web:ref:refs/tags/v*' and claims['repository_id'] eq '7'",
      },
    ]);
  });

  test("Entra accepts the expression of any pattern, and the expression has the subject", () => {
    fc.assert(
      fc.property(pattern, (tag) => {
        const [{ subject, expression = "" } = { subject: "" }, ...more] = declared({ tags: [tag] });
        expect(more).toEqual([]);
        expect(expressionFault(expression, GITHUB_ISSUER)).toBeUndefined();
        expect(termsOf(expression)).toEqual([
          { claim: "sub", operator: "matches", value: subject },
          { claim: "repository_id", operator: "eq", value: "7" },
        ]);
      }),
    );
  });

  test("any tag that the pattern covers logs in; other tags, repositories, kinds, and forms do not", () => {
    fc.assert(
      fc.property(pattern, plain, (tag, filling) => {
        const [{ expression = "" } = {}] = declared({ tags: [tag] });
        const admits = parseExpression(expression);
        const claims = (sub: string, id = "7") => ({ sub, repository_id: id });
        const name = tag.replace("*", () => filling);
        const good = `repo:Contoso@5/Web@7:ref:refs/tags/${name}`;
        expect(admits(claims(good))).toBe(true);
        expect(admits(claims(good, "8"))).toBe(false);
        expect(admits({ sub: good })).toBe(false);
        expect(admits(claims(good.replace("tags", "heads")))).toBe(false);
        expect(admits(claims(good.replace("@5/Web@7", "/Web")))).toBe(false);
        expect(admits(claims(good.replace("/tags/", "/tags/!")))).toBe(false);
        expect(admits(claims("repo:Contoso@5/Web@7:pull_request"))).toBe(false);
      }),
    );
  });

  test("exact refs need none, and patterns need none in an environment", () => {
    fc.assert(
      fc.property(fc.uniqueArray(plain, { maxLength: 9 }), fc.array(pattern), (exact, patterns) => {
        const all = [
          ...declared({ branches: exact, tags: exact }),
          ...declared({ branches: ["main"], tags: patterns, environment: "release" }),
        ];
        expect(all.filter(({ expression }) => expression)).toEqual([]);
        expect(all).toHaveLength(2 * exact.length + 1);
      }),
    );
  });

  test("a pattern needs one in an environment too, if the template names the ref", () => {
    const keys = ["repository_id", "environment", "ref"];
    expect(declared({ tags: ["v*", "v1"], environment: "release" }, { keys })).toEqual([
      {
        name: "tag-v--af7e9fa4-165040",
        subject: "repository_id:7:environment:release:ref:refs/tags/v*",
        expression:
          "claims['sub'] matches 'repository_id:7:environment:release:ref:refs/tags/v*' and claims['repository_id'] eq '7'",
      },
      {
        name: "tag-v1-165040",
        subject: "repository_id:7:environment:release:ref:refs/tags/v1",
      },
    ]);
  });
});

describe("names of credentials", () => {
  const branches = fc.uniqueArray(plain, { maxLength: 6 });
  const tags = fc.uniqueArray(fc.oneof(plain, pattern), { maxLength: 6 });

  test("Entra accepts the names of branches, tags, and patterns, and the names differ", () => {
    fc.assert(
      fc.property(branches, tags, fc.option(key, { nil: undefined }), (branches, tags, owner) => {
        const all = declared({ branches, tags }, { owner, forms: [immutable, names] });
        for (const { name } of all) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
        const distinct = new Set(all.map(({ name }) => name.toLowerCase()));
        expect(distinct.size).toBe(2 * (branches.length + tags.length));
      }),
    );
  });

  test("the names differ if a pipeline and its branch look like another pipeline and its branch", () => {
    const [one] = declared({ branches: ["branch-x"] }, { owner: "web" });
    const [other] = declared({ branches: ["x"] }, { owner: "web-branch" });
    expect([one?.name, other?.name]).toEqual([
      "web_branch-branch-x-immutable",
      "web-branch_branch-x-immutable",
    ]);
  });

  test("any two pipelines on one identity have different names", () => {
    const words = fc.constantFrom("web", "branch", "tag", "x", "environment", "immutable");
    const joined = fc.array(words, { minLength: 1, maxLength: 4 }).map((it) => it.join("-"));
    const owners = fc.tuple(joined, joined).filter(([one, other]) => one !== other);
    const refs = { branches: fc.uniqueArray(joined), tags: fc.uniqueArray(joined) };
    fc.assert(
      fc.property(owners, fc.record(refs), fc.record(refs), ([first, second], one, other) => {
        const all = [...declared(one, { owner: first }), ...declared(other, { owner: second })];
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
      }),
    );
  });

  test("another template or reusable workflow leads to other names", () => {
    const keys = ["repo", "context", "job_workflow_ref"];
    const at = (reusableWorkflow: string) =>
      declared({ branches: ["main"], reusableWorkflow }, { keys })[0]?.name;
    const all = [at("o/r/.github/workflows/a.yml@refs/heads/main"), at("o/r/b.yml@refs/heads/x")];
    const [plain] = declared({ branches: ["main"] });
    expect(new Set([...all, plain?.name]).size).toBe(3);
  });
});
