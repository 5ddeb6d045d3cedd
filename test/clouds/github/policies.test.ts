import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const branch = { repository: "web", environment: "release", branchPattern: "main" };
const tag = { repository: "web", environment: "release", tagPattern: "v*" };

const on = (policies: { name: string; type?: "branch" | "tag" }[] | undefined = []) =>
  github({
    repositories: [{ name: "web", id: 7, environments: [{ name: "release", policies }] }],
  });
const policies = ({ state }: ReturnType<typeof github>) =>
  state.repository("web").environments.get("release")?.policies;

test("branches and tags that may deploy are added, and say their ids", async () => {
  const cloud = on();
  const first = await cloud.policy.create(branch);
  const second = await cloud.policy.create(tag);
  expect(first).toEqual({
    id: "web:release:1",
    outputs: { ...branch, policyId: 1, repositoryId: 7 },
  });
  expect(second).toEqual({
    id: "web:release:2",
    outputs: { ...tag, policyId: 2, repositoryId: 7 },
  });
  expect(policies(cloud)).toEqual([
    { id: 1, name: "main", type: "branch" },
    { id: 2, name: "v*", type: "tag" },
  ]);
});

test("a pattern of the same kind is refused, one of the other kind is not", async () => {
  const cloud = on([{ name: "main" }]);
  expect(await refusal(() => cloud.policy.create(branch))).toEqual({
    code: "303",
    message: "303: POST deployment-branch-policies: 303 location ",
  });
  const { branchPattern: tagPattern, ...rest } = branch;
  expect((await cloud.policy.create({ ...rest, tagPattern })).id).toBe("web:release:2");
});

describe("not found", () => {
  const missing = {
    code: "404",
    message: "404: POST environments/release/deployment-branch-policies: 404 Not Found []",
  };

  test("an environment without custom policies", async () => {
    const cloud = github({
      repositories: [{ name: "web", id: 7, environments: [{ name: "release" }] }],
    });
    expect(await refusal(() => cloud.policy.create(branch))).toEqual(missing);
  });

  test("no environment", async () => {
    expect(await refusal(() => github().policy.create(branch))).toEqual(missing);
  });

  test("no repository", async () => {
    expect(await refusal(() => github({ repositories: [] }).policy.create(branch))).toEqual({
      code: "404",
      message: "404: GET repos/Contoso/web: 404 Not Found []",
    });
  });
});

test.each([
  [{}, 1],
  [{ branchPattern: "main", tagPattern: "v*" }, 1],
  [{ branchPattern: "main" }, 0],
  [{ tagPattern: "v*" }, 0],
])("the patterns %j at preview", (patterns, faults) => {
  const reason = "exactly one of branchPattern, tagPattern must be given";
  const expected = [{ property: "", reason }].slice(0, faults);
  const inputs = { repository: "web", environment: "release", ...patterns };
  expect(on().policy.check(inputs)).toEqual(expected);
});

describe("diff", () => {
  test.each([
    ["repository", "api", ["repository"]],
    ["environment", "another", ["environment"]],
    ["branchPattern", "next", []],
  ])("a new %s", (property, value, replaces) => {
    const news = { ...branch, [property]: value };
    expect(on().policy.diff(branch, news)).toEqual({ changed: [property], replaces });
  });
});

test("a pattern's text is changed in place, its kind is not", async () => {
  const cloud = on([{ name: "main" }]);
  const news = { ...branch, branchPattern: "next" };
  expect(await cloud.policy.update("web:release:1", news)).toEqual({
    ...news,
    policyId: 1,
    repositoryId: 7,
  });
  expect(policies(cloud)).toEqual([{ id: 1, name: "next", type: "branch" }]);
  const seen = cloud.policy.read("web:release:1", branch)?.inputs;
  expect(seen).toEqual({ ...branch, branchPattern: "next" });
  expect(cloud.policy.diff(branch, tag).replaces).toEqual(["branchPattern", "tagPattern"]);
});

test("a policy that is gone is seen so; to change or delete it fails", async () => {
  const cloud = on([{ name: "main" }, { name: "v*", type: "tag" }]);
  const outputs = { ...branch, policyId: 1, repositoryId: 7 };
  expect(cloud.policy.read("web:release:1", branch)).toEqual({ inputs: branch, outputs });
  await cloud.policy.delete("web:release:1", outputs);
  expect(policies(cloud)).toEqual([{ id: 2, name: "v*", type: "tag" }]);
  expect(cloud.policy.read("web:release:1", branch)).toBeUndefined();
  expect(await refusal(() => cloud.policy.delete("web:release:1", outputs))).toEqual({
    code: "404",
    message: "404: DELETE deployment-branch-policies/web:release:1: 404 Not Found []",
  });
  expect(await refusal(() => cloud.policy.update("web:release:1", branch))).toEqual({
    code: "404",
    message: "404: PUT deployment-branch-policies/web:release:1: 404 Not Found []",
  });
});

test("with its environment, a policy is gone", async () => {
  const cloud = on([{ name: "main" }]);
  cloud.state.repository("web").environments.clear();
  expect(cloud.policy.read("web:release:1", branch)).toBeUndefined();
  expect((await refusal(() => cloud.policy.delete("web:release:1", branch))).code).toBe("404");
});
