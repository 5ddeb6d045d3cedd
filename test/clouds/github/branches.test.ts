import { describe, expect, test } from "vitest";
import { failureOf, github, refusal } from "../support";
import type { Repository } from "./web";

const inputs = { repository: "web", branch: "next" };

const on = (changes: Partial<Repository> = {}) =>
  github({ repositories: [{ name: "web", id: 7, files: { "a.md": "one\n" }, ...changes }] });
const branches = ({ state }: ReturnType<typeof github>) => state.repository("web").branches;

test("a branch starts with a copy of its source's files", async () => {
  const cloud = on();
  const { id, outputs } = await cloud.branch.create(inputs);
  expect(id).toBe("web:next");
  const { sha, ...rest } = outputs;
  expect(rest).toEqual({ ...inputs, ref: "refs/heads/next", sourceBranch: "main" });
  expect(sha).toMatch(/^[0-9a-f]{40}$/);
  branches(cloud).get("next")?.set("b.md", "two\n");
  expect([...(branches(cloud).get("main")?.keys() ?? [])]).toEqual(["a.md"]);
  expect(cloud.state.inventory()).toEqual([
    "branch web/next",
    "file web/a.md on main",
    "file web/a.md on next",
    "file web/b.md on next",
  ]);
});

test("a branch that exists is adopted in silence, and destroyed later", async () => {
  const cloud = on();
  branches(cloud).set("next", new Map([["theirs.md", "x"]]));
  const { id, outputs } = await cloud.branch.create(inputs);
  expect([...(branches(cloud).get("next")?.keys() ?? [])]).toEqual(["theirs.md"]);
  await cloud.branch.delete(id, outputs);
  expect([...branches(cloud).keys()]).toEqual(["main"]);
});

test.each([
  ["next", "next/one"],
  ["next/one", "next"],
])("beside %s there can be no %s", async (there, branch) => {
  const cloud = on();
  branches(cloud).set(there, new Map());
  expect(await refusal(() => cloud.branch.create({ ...inputs, branch }))).toEqual({
    code: "422",
    message: "422: POST git/refs: 422 Reference cannot be made []",
  });
});

describe("a source that is not there", () => {
  const missing = (repository: string, source: string) => ({
    code: "404",
    message:
      `404: error querying GitHub branch reference Contoso/${repository} (refs/heads/${source}): ` +
      `GET repos/Contoso/${repository}/git/ref/heads/${source}: 404 Not Found []`,
  });

  test("a branch", async () => {
    const { branch } = on();
    const from = { ...inputs, sourceBranch: "nope" };
    expect(await refusal(() => branch.create(from))).toEqual(missing("web", "nope"));
  });

  test("`main`, which is meant where nothing is said", async () => {
    const { branch } = on({ defaultBranch: "master" });
    expect(await refusal(() => branch.create(inputs))).toEqual(missing("web", "main"));
    expect((await branch.create({ ...inputs, sourceBranch: "master" })).id).toBe("web:next");
  });

  test("a commit, or a repository", async () => {
    const { branch } = on({ empty: true });
    expect(await refusal(() => branch.create(inputs))).toEqual(missing("web", "main"));
    const elsewhere = { ...inputs, repository: "nope" };
    expect(await refusal(() => branch.create(elsewhere))).toEqual(missing("nope", "main"));
  });
});

test("a commit is no source here", () => {
  const reason = "the embedded github does not know github:index/branch:Branch.sourceSha";
  const faults = on().branch.check({ ...inputs, sourceSha: "abc" });
  expect(faults).toEqual([{ property: "sourceSha", reason }]);
});

test("another repository or source replaces; a renaming is not served", async () => {
  const { branch } = on();
  for (const property of ["repository", "sourceBranch"]) {
    expect(branch.diff(inputs, { ...inputs, [property]: "x" }).replaces).toEqual([property]);
  }
  expect(branch.diff(inputs, { ...inputs, branch: "x" }).replaces).toEqual([]);
  const { id, outputs } = await branch.create(inputs);
  const failure = await failureOf(() => branch.update(id, { ...inputs, branch: "x" }, outputs));
  expect(failure.message).toBe("the embedded github does not serve the renaming of a branch");
});

test("a refresh sees the branch's commit, and that it is gone", async () => {
  const cloud = on();
  const { id, outputs } = await cloud.branch.create(inputs);
  expect(cloud.branch.read(id, inputs)?.outputs).toEqual(outputs);
  branches(cloud).get("next")?.set("b.md", "two\n");
  expect(cloud.branch.read(id, inputs)?.outputs.sha).not.toBe(outputs.sha);
  branches(cloud).delete("next");
  expect(cloud.branch.read(id, inputs)).toBeUndefined();
  expect(cloud.branch.read(id, { ...inputs, repository: "nope" })).toBeUndefined();
});

describe("GitHub refuses with 422", () => {
  const refused = (branch: string, why: string) => ({
    code: "422",
    message: `422: DELETE git/refs/heads/${branch}: 422 ${why} []`,
  });
  const covered = (rule: "creation" | "deletion", changes: object = {}) => [
    { name: "strict", branches: ["n*"], rules: [rule], ...changes },
  ];

  test("to delete a branch that is gone", async () => {
    expect(await refusal(() => on().branch.delete("web:next", inputs))).toEqual(
      refused("next", "Reference does not exist"),
    );
  });

  test("to delete the default branch, though it was adopted", async () => {
    const { branch } = on();
    const { id, outputs } = await branch.create({ ...inputs, branch: "main" });
    expect(await refusal(() => branch.delete(id, outputs))).toEqual(
      refused("main", "Cannot delete the default branch"),
    );
  });

  test.each([{ rulesets: covered("deletion") }, { protectedBranches: ["next"] }])(
    "to delete one under %j",
    async (changes) => {
      const { branch } = on(changes);
      const { id, outputs } = await branch.create(inputs);
      expect(await refusal(() => branch.delete(id, outputs))).toEqual(
        refused("next", "Cannot delete this protected branch"),
      );
    },
  );

  test("to make one whose creation is restricted", async () => {
    const cloud = on({ rulesets: covered("creation") });
    expect(await refusal(() => cloud.branch.create(inputs))).toEqual({
      code: "422",
      message:
        "422: error creating GitHub branch reference Contoso/web (refs/heads/next): " +
        "POST git/refs: 422 Reference update failed []",
    });
    expect([...branches(cloud).keys()]).toEqual(["main"]);
    expect((await cloud.branch.create({ ...inputs, branch: "other" })).id).toBe("web:other");
  });

  test("but not who may bypass it", async () => {
    const always = on({ rulesets: covered("creation", { bypass: "always" }) });
    expect((await always.branch.create(inputs)).id).toBe("web:next");
    const pulls = on({ rulesets: covered("creation", { bypass: "pull_requests_only" }) });
    expect((await refusal(() => pulls.branch.create(inputs))).code).toBe("422");
  });
});

test("GitHub leads from a branch's former name to it, until another one takes that name", async () => {
  const cloud = on();
  cloud.state.renameBranch("web", "main", "trunk");
  expect([...branches(cloud).keys()]).toEqual(["trunk"]);
  const named = (name: string) => cloud.get(`repos/Contoso/web/branches/${name}`).body;
  expect(named("main")).toMatchObject({ name: "trunk", protected: false });
  await cloud.branch.create({ ...inputs, branch: "main", sourceBranch: "trunk" });
  expect(named("main")).toMatchObject({ name: "main", protected: false });
});
