import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { declaredCredentials } from "../../trust/credentials";
import { GITHUB_COM } from "../../trust/hosts";
import { type SubjectSource, templateProblem } from "../../trust/subject-template";

const repository = { name: "octo-repo", id: 8 };
const CALLED = "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main";
interface Its {
  readonly owner: SubjectSource["owner"];
  readonly repository: Omit<SubjectSource["repository"], "visibility">;
}
const workflow = { path: ".github/workflows/sign-image.yml", name: "Sign image" };

describe("any template that is accepted", () => {
  const KEYS = [
    "repo context environment ref ref_type repository repository_id repository_owner",
    "repository_owner_id repository_visibility workflow workflow_ref job_workflow_ref actor run_id",
  ].flatMap((line) => line.split(" "));
  const login = fc.stringMatching(/^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/);
  const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/);
  const branch = fc.stringMatching(/^[A-Za-z0-9._/@+#-]{1,200}$/);
  const id = fc.integer({ min: 1, max: 99 });
  /** A template that is accepted, with what it requires. */
  const template = fc
    .record({
      keys: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 8 }),
      environment: fc.option(fc.stringMatching(/^[a-z:]{1,9}$/), { nil: undefined }),
      reusableWorkflow: fc.constantFrom(undefined, CALLED),
    })
    .filter(({ keys, ...run }) => templateProblem(keys, run) === undefined);

  /** One repository's credentials, in both forms of its subjects. */
  const credentials = (
    { owner, repository: { name, id } }: Its,
    keys: readonly string[],
    runs: { branches: string[]; environment?: string; reusableWorkflow?: string },
  ) => {
    const visible = { name, id, visibility: "private" };
    const its: SubjectSource = { host: GITHUB_COM, owner, repository: visible, keys };
    const prefixes = [
      { form: "names" as const, prefix: `repo:${owner.login}/${name}` },
      { form: "immutable" as const, prefix: `repo:${owner.login}@${owner.id}/${name}@${id}` },
    ];
    return declaredCredentials(its, prefixes, { tags: [], workflow, ...runs });
  };
  const subjects = (...args: Parameters<typeof credentials>) =>
    credentials(...args).map(({ subject }) => subject);
  const shared = (one: readonly string[], other: readonly string[]) =>
    one.filter((it) => other.includes(it));

  test("distinguishes two branches if there is no environment", () => {
    fc.assert(
      fc.property(
        template.filter(({ environment }) => environment === undefined),
        fc.uniqueArray(branch, { minLength: 2, maxLength: 2 }),
        ({ keys, reusableWorkflow }, [one = "", other = ""]) => {
          const its = { owner: { login: "octo-org", id: 5 }, repository };
          const ours = subjects(its, keys, { branches: [one], reusableWorkflow });
          const theirs = subjects(its, keys, { branches: [other], reusableWorkflow });
          expect(ours.length).toBe(keys.includes("repo") ? 2 : 1);
          expect(shared(ours, theirs)).toEqual([]);
        },
      ),
    );
  });

  test("distinguishes two repositories", () => {
    const one = fc.record({
      owner: fc.record({ login, id }),
      repository: fc.record({ name, id }),
    });
    fc.assert(
      fc.property(
        template,
        fc.uniqueArray(one, {
          minLength: 2,
          maxLength: 2,
          comparator: (a, b) =>
            a.repository.id === b.repository.id ||
            `${a.owner.login}/${a.repository.name}` === `${b.owner.login}/${b.repository.name}`,
        }),
        ({ keys, ...runs }, [ours, theirs]) => {
          const [mine, others] = [ours!, theirs!].map((its) =>
            subjects(its, keys, { branches: ["main"], ...runs }),
          );
          expect(shared(mine!, others!)).toEqual([]);
        },
      ),
    );
  });

  test("distinguishes a job in an environment from a job outside it", () => {
    fc.assert(
      fc.property(
        template.filter(({ environment }) => environment !== undefined),
        ({ keys, environment, reusableWorkflow }) => {
          const branches = ["main"];
          const its = { owner: { login: "octo-org", id: 5 }, repository };
          const gated = subjects(its, keys, { branches, environment, reusableWorkflow });
          // Under a template with this key, GitHub issues no tokens to jobs outside an environment.
          const open = keys.includes("environment")
            ? []
            : subjects(its, keys, { branches, reusableWorkflow });
          expect(shared(gated, open)).toEqual([]);
        },
      ),
    );
  });

  test("leads to other names of credentials than any other template", () => {
    const its = { owner: { login: "octo-org", id: 5 }, repository };
    fc.assert(
      fc.property(template, template, (one, other) => {
        fc.pre(one.keys.join() !== other.keys.join());
        const [ours, theirs] = [one, other].map(({ keys, ...runs }) =>
          credentials(its, keys, { branches: ["main"], ...runs }).map((it) => it.name),
        );
        expect(shared(ours!, theirs!)).toEqual([]);
        for (const it of ours!) expect(it).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
      }),
    );
  });
});
