import { beforeEach, describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const inputs = { baseRepository: "web", baseRef: "main", headRef: "next", title: "Sign images" };

let cloud: ReturnType<typeof github>;
beforeEach(async () => {
  cloud = github({
    repositories: [{ name: "web", id: 7, files: { "a.md": "one\n", "b.md": "two\n" } }],
  });
  await cloud.branch.create({ repository: "web", branch: "next" });
  files("next")?.set("new.md", "three\n");
});
const repository = () => cloud.state.repository("web");
const files = (branch: string) => repository().branches.get(branch);
const opened = () => cloud.state.inventory().filter((it) => it.startsWith("open pull request"));
const refused = (what: string, why: string) => ({
  code: "422",
  message: `422: ${what}: 422 ${why} []`,
});

test("a pull request is opened, and says its number", async () => {
  const { id, outputs } = await cloud.pull.create(inputs);
  expect(id).toBe("Contoso:web:1");
  const { headSha, baseSha, ...rest } = outputs;
  expect(rest).toEqual({ ...inputs, number: 1, state: "open", draft: false });
  const sha = expect.stringMatching(/^[0-9a-f]{40}$/);
  expect([headSha, baseSha]).toEqual([sha, sha]);
  expect(headSha).not.toBe(baseSha);
  expect(opened()).toEqual(["open pull request web#1"]);
});

describe("GitHub refuses", () => {
  test("a second one of the same branch", async () => {
    await cloud.pull.create(inputs);
    expect(await refusal(() => cloud.pull.create({ ...inputs, title: "x" }))).toEqual(
      refused("POST pulls", "A pull request already exists for Contoso:next."),
    );
  });

  test("one that brings nothing", async () => {
    files("next")?.delete("new.md");
    expect(await refusal(() => cloud.pull.create(inputs))).toEqual(
      refused("POST pulls", "No commits between main and next"),
    );
    expect(await refusal(() => cloud.pull.create({ ...inputs, headRef: "main" }))).toEqual(
      refused("POST pulls", "No commits between main and main"),
    );
  });

  test("one that brings nothing, though the base has moved on", async () => {
    files("next")?.delete("new.md");
    files("main")?.set("c.md", "x");
    expect((await refusal(() => cloud.pull.create(inputs))).code).toBe("422");
  });

  test.each([
    [{ headRef: "nope" }, "the head is not a branch"],
    [{ baseRef: "nope" }, "the base is not a branch"],
  ])("%j", async (changes, why) => {
    const wanted = { ...inputs, ...changes };
    expect(await refusal(() => cloud.pull.create(wanted))).toEqual(refused("POST pulls", why));
  });

  test("one of a repository that is not there", async () => {
    const wanted = { ...inputs, baseRepository: "nope" };
    expect((await refusal(() => cloud.pull.create(wanted))).code).toBe("404");
  });
});

test("title, body and base are changed in place, the head is not", async () => {
  const { id, outputs } = await cloud.pull.create(inputs);
  for (const property of ["baseRepository", "headRef"]) {
    expect(cloud.pull.diff(inputs, { ...inputs, [property]: "x" }).replaces).toEqual([property]);
  }
  const news = { ...inputs, title: "Sign", body: "Why" };
  expect(cloud.pull.diff(inputs, news)).toEqual({ changed: ["title", "body"], replaces: [] });
  await cloud.pull.update(id, news, outputs);
  expect(cloud.state.pullRequest("web", 1)).toMatchObject({ title: "Sign", body: "Why" });
  expect(await refusal(() => cloud.pull.update(id, { ...inputs, baseRef: "x" }, outputs))).toEqual(
    refused("PATCH pulls/1", "the base is not a branch"),
  );
  cloud.state.closePullRequest("web", 1);
  expect(await refusal(() => cloud.pull.update(id, { ...inputs, baseRef: "x" }, outputs))).toEqual(
    refused("PATCH pulls/1", "Cannot change the base branch of a closed pull request."),
  );
});

describe("after a merge", () => {
  test("the base has the head's changes, and its own", async () => {
    const { id, outputs } = await cloud.pull.create(inputs);
    files("next")?.delete("b.md");
    files("main")?.set("a.md", "moved on\n");
    cloud.state.merge("web", 1);
    expect([...(files("main") ?? [])].sort()).toEqual([
      ["a.md", "moved on\n"],
      ["new.md", "three\n"],
    ]);
    const message = "Merge pull request #1 from next";
    expect(repository().commits).toEqual([
      { branch: "main", path: "new.md", message },
      { branch: "main", path: "b.md", message },
    ]);
    const seen = cloud.pull.read(id, inputs, outputs);
    expect([seen?.outputs.state, seen?.inputs]).toEqual(["closed", inputs]);
    expect(cloud.state.pullRequest("web", 1).merged).toBe(true);
    expect([opened(), files("next")?.has("new.md")]).toEqual([[], true]);
  });

  test("the head may be deleted, of which the last commit stays known", async () => {
    const { id, outputs } = await cloud.pull.create(inputs);
    cloud.state.merge("WEB", 1, { deleteBranch: true });
    expect([...repository().branches.keys()]).toEqual(["main"]);
    expect(cloud.pull.read(id, inputs, outputs)?.outputs.headSha).toBe(outputs.headSha);
  });

  test("later changes of the head are new ones", async () => {
    await cloud.pull.create(inputs);
    cloud.state.merge("web", 1);
    expect((await refusal(() => cloud.pull.create(inputs))).code).toBe("422");
    files("next")?.set("new.md", "four\n");
    expect((await cloud.pull.create(inputs)).id).toBe("Contoso:web:2");
  });

  test("of both sides' changes of one file there is none", async () => {
    await cloud.pull.create(inputs);
    files("main")?.set("new.md", "theirs\n");
    expect(await refusal(() => cloud.state.merge("web", 1))).toEqual({
      code: "405",
      message: "405: PUT pulls/1/merge: 405 Pull Request is not mergeable []",
    });
    expect(files("main")?.get("new.md")).toBe("theirs\n");
  });
});

test("to delete it is to close it, and to merge it never", async () => {
  const { id, outputs } = await cloud.pull.create(inputs);
  await cloud.pull.delete(id, outputs);
  expect(cloud.state.pullRequest("web", 1)).toMatchObject({ state: "closed", merged: false });
  expect([opened(), files("main")?.has("new.md")]).toEqual([[], false]);
  expect((await refusal(() => cloud.state.merge("web", 1))).code).toBe("405");
  await cloud.pull.delete("Contoso:gone:1", { ...outputs, state: "closed" });
});

test("closed by hand is no drift; a deleted branch closes it too", async () => {
  const { id, outputs } = await cloud.pull.create(inputs);
  await cloud.branch.delete("web:next", { repository: "web", branch: "next" });
  const seen = cloud.pull.read(id, inputs, outputs);
  expect([seen?.outputs.state, seen?.inputs]).toEqual(["closed", inputs]);
});

test("a refresh fails without the repository", async () => {
  expect(await refusal(() => cloud.pull.read("Contoso:nope:1", inputs))).toEqual({
    code: "404",
    message: "404: GET repos/Contoso/nope: 404 Not Found []",
  });
});

test("GitHub answers pull requests, the newest first", async () => {
  await cloud.pull.create(inputs);
  cloud.state.merge("web", 1);
  files("next")?.set("new.md", "four\n");
  await cloud.pull.create(inputs);
  const first = {
    number: 1,
    title: "Sign images",
    state: "closed",
    merged: true,
    html_url: "https://github.com/Contoso/web/pull/1",
    head: { ref: "next" },
    base: { ref: "main" },
  };
  expect(cloud.get("repos/contoso/web/pulls/1")).toMatchObject({ code: 200, body: first });
  expect(cloud.get("repos/contoso/web/pulls/3").code).toBe(404);
  const numbers = (query: string) =>
    cloud.get(`repos/contoso/web/pulls${query}`).body.map((it: { number: number }) => it.number);
  expect(numbers("?state=all&head=contoso:next")).toEqual([2, 1]);
  expect([numbers(""), numbers("?state=closed")]).toEqual([[2], [1]]);
  expect(numbers("?state=all&head=contoso:other")).toEqual([]);
  expect(numbers("?state=all&head=mallory:next")).toEqual([]);
});
