import { beforeEach, describe, expect, test } from "vitest";
import { blobSha } from "../../../rehearsal/clouds/github/state";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { failureOf, github, refusal } from "../support";
import type { Repository } from "./web";

const repository = (changes: Partial<Repository> = {}) =>
  github({ repositories: [{ name: "web", id: 7, ...changes }] });
const inputs = (changes: Properties = {}): Properties => ({
  repository: "web",
  file: "a.md",
  content: "one\n",
  ...changes,
});

let cloud: ReturnType<typeof github>;
beforeEach(() => {
  cloud = repository({ files: { "old.md": "old\n" } });
});
const main = () => cloud.state.repository("web").branches.get("main");
const commits = () => cloud.state.repository("web").commits;

test("the hash of a content is git's own", () => {
  expect(blobSha("")).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  expect(blobSha("hello\n")).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  expect(blobSha("é")).toBe("4b04fff51468d8ab5201ab02b725dc477bc7cb45");
});

test("a file without branch goes to the default branch, in one commit", async () => {
  const { id, outputs } = await cloud.file.create(inputs({ commitMessage: "Add a.md" }));
  expect(id).toBe("web:a.md:main");
  expect(outputs).toEqual({
    ...inputs({ commitMessage: "Add a.md" }),
    branch: "main",
    ref: "refs/heads/main",
    sha: blobSha("one\n"),
    commitSha: outputs.commitSha,
    repositoryId: 7,
  });
  expect(outputs.commitSha).toMatch(/^[0-9a-f]{40}$/);
  expect(main()?.get("a.md")).toBe("one\n");
  expect(commits()).toEqual([{ branch: "main", path: "a.md", message: "Add a.md" }]);
});

test("the repository is found in any case, and the id keeps what was typed", async () => {
  const { id } = await cloud.file.create(inputs({ repository: "WEB", branch: "main" }));
  expect(id).toBe("WEB:a.md:main");
  expect(main()?.get("a.md")).toBe("one\n");
});

test("an existing file is overwritten only where that is said", async () => {
  const existing = inputs({ file: "old.md" });
  const failure = await failureOf(() => cloud.file.create(existing));
  expect(failure.message).toBe(
    "refusing to overwrite existing file: configure `overwrite_on_create` to `true` to override",
  );
  expect(main()?.get("old.md")).toBe("old\n");
  expect(commits()).toEqual([]);
  const { id, outputs } = await cloud.file.create({ ...existing, overwriteOnCreate: true });
  expect(main()?.get("old.md")).toBe("one\n");
  await cloud.file.delete(id, outputs);
  expect([...(main()?.keys() ?? [])]).toEqual([]);
});

describe("what is not there", () => {
  test("a branch", async () => {
    expect(await refusal(() => cloud.file.create(inputs({ branch: "next" })))).toEqual({
      code: "404",
      message: "404: unexpected status code: 404 Not Found",
    });
  });

  test("the default branch of a repository without commits", async () => {
    const { file } = repository({ empty: true });
    expect((await refusal(() => file.create(inputs()))).code).toBe("404");
  });

  test("a repository", async () => {
    expect(await refusal(() => cloud.file.create(inputs({ repository: "nope" })))).toEqual({
      code: "404",
      message: "404: GET repos/Contoso/nope: 404 Not Found []",
    });
  });
});

test("a protected branch takes no commit of any kind", async () => {
  const { file, state } = repository({ protectedBranches: ["main"], files: { "a.md": "one\n" } });
  const refused = (act: string, method = "PUT") => ({
    code: "409",
    message:
      `409: ${method} contents/a.md: 409 Could not ${act} file: ` +
      "Changes must be made through a pull request. []",
  });
  const before = { ...inputs(), branch: "main", sha: blobSha("one\n") };
  const fresh = { ...inputs({ overwriteOnCreate: true }) };
  expect(await refusal(() => file.create(fresh))).toEqual(refused("create"));
  expect(await refusal(() => file.update("id", inputs(), before))).toEqual(refused("update"));
  expect(await refusal(() => file.delete("id", before))).toEqual(refused("delete", "DELETE"));
  expect(state.repository("web").commits).toEqual([]);
});

describe("two commits at once", () => {
  const busy = (file: string) => ({
    code: "409",
    message: `409: PUT ${file}: 409 is at a newer commit but expected`,
  });

  test("on one branch: the second is refused", async () => {
    const first = cloud.file.create(inputs());
    const second = inputs({ file: "b.md", branch: "main", repository: "Web" });
    expect(await refusal(() => cloud.file.create(second))).toEqual(busy("b.md"));
    await first;
    expect([...(main()?.keys() ?? [])]).toEqual(["old.md", "a.md"]);
    expect((await cloud.file.create(second)).id).toBe("Web:b.md:main");
  });

  test("an update and a deletion are commits too", async () => {
    const { id, outputs } = await cloud.file.create(inputs());
    const update = cloud.file.update(id, inputs({ content: "two\n" }), outputs);
    expect(await refusal(() => cloud.file.delete(id, outputs))).toEqual(busy("a.md"));
    await update;
    const deletion = cloud.file.delete(id, outputs);
    const other = inputs({ file: "b.md" });
    expect(await refusal(() => cloud.file.create(other))).toEqual(busy("b.md"));
    await deletion;
    expect([...(main()?.keys() ?? [])]).toEqual(["old.md"]);
  });

  test("on two branches, or in two repositories: both succeed", async () => {
    const two = github({
      repositories: [
        { name: "web", id: 7 },
        { name: "api", id: 8 },
      ],
    });
    two.state.repository("web").branches.set("next", new Map());
    const made = await Promise.all([
      two.file.create(inputs()),
      two.file.create(inputs({ branch: "next" })),
      two.file.create(inputs({ repository: "api" })),
    ]);
    expect(made.map(({ id }) => id)).toEqual(["web:a.md:main", "web:a.md:next", "api:a.md:main"]);
  });
});

describe("diff", () => {
  test.each([
    ["file", ["file"]],
    ["branch", ["branch"]],
    ["content", []],
    ["commitMessage", []],
    ["overwriteOnCreate", []],
  ])("a new %s", (property, replaces) => {
    const news = inputs({ [property]: "another" });
    expect(cloud.file.diff(inputs(), news)).toEqual({ changed: [property], replaces });
  });
});

test("a changed content is committed over the content that was known, and no other", async () => {
  const { id, outputs } = await cloud.file.create(inputs());
  const news = inputs({ content: "two\n", commitMessage: "Change it" });
  const after = await cloud.file.update(id, news, outputs);
  expect([after.content, after.sha]).toEqual(["two\n", blobSha("two\n")]);
  expect(after.commitSha).not.toBe(outputs.commitSha);
  expect(commits().at(-1)).toEqual({ branch: "main", path: "a.md", message: "Change it" });
  const refused = {
    code: "409",
    message: "409: PUT contents/a.md: 409 a.md does not match SHA []",
  };
  main()?.set("a.md", "by hand\n");
  expect(await refusal(() => cloud.file.update(id, inputs(), after))).toEqual(refused);
  main()?.delete("a.md");
  expect(await refusal(() => cloud.file.update(id, inputs(), after))).toEqual(refused);
});

test("a refresh sees what was changed by hand, and the next update repairs it", async () => {
  const { id, outputs } = await cloud.file.create(inputs());
  expect(cloud.file.read(id, inputs())).toEqual({ inputs: inputs(), outputs });
  main()?.set("a.md", "by hand\n");
  const seen = cloud.file.read(id, inputs());
  expect(seen?.inputs).toEqual(inputs({ content: "by hand\n" }));
  expect(seen?.outputs.sha).toBe(blobSha("by hand\n"));
  await cloud.file.update(id, inputs(), seen?.outputs);
  expect(main()?.get("a.md")).toBe("one\n");
});

test("a refresh sees that a file is gone, whose deletion then fails", async () => {
  const { id, outputs } = await cloud.file.create(inputs());
  main()?.delete("a.md");
  expect(cloud.file.read(id, inputs())).toBeUndefined();
  expect(await refusal(() => cloud.file.delete(id, outputs))).toEqual({
    code: "404",
    message: "404: DELETE contents/a.md: 404 Not Found []",
  });
});
