import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const CUSTOM = { protectedBranches: false, customBranchPolicies: true };
const inputs = { repository: "web", environment: "release", deploymentBranchPolicy: CUSTOM };
const open = { repository: "web", environment: "release" };
/** An environment that asks nothing of a run. */
const FREE = { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true };
const OLD = {
  name: "Release",
  reviewers: ["alice"],
  policies: [{ name: "main" }, { name: "v*", type: "tag" as const }],
};

const there = (environments = [OLD]) =>
  github({ repositories: [{ name: "web", id: 7, environments }] });
const at = ({ state }: ReturnType<typeof github>) => {
  const environment = state.repository("web").environments.get("release");
  if (!environment) throw new Error("there is no environment release");
  return environment;
};
const found = (cloud: ReturnType<typeof github>) => {
  const { secrets, variables, ...protection } = at(cloud);
  return protection;
};

test("an environment is made, with or without rules of who may deploy", async () => {
  const cloud = github();
  const { id, outputs } = await cloud.environment.create(inputs);
  expect(id).toBe("web:release");
  expect(outputs).toEqual({ ...inputs, repositoryId: 7 });
  expect(found(cloud)).toEqual({ name: "release", ...FREE, policies: [] });
  await cloud.environment.update(id, open);
  expect(found(cloud)).toEqual({ name: "release", ...FREE, policies: undefined });
});

test("an environment that exists is adopted in silence, and loses its reviewers", async () => {
  const cloud = there();
  const policies = [
    { id: 1, name: "main", type: "branch" },
    { id: 2, name: "v*", type: "tag" },
  ];
  expect(found(cloud)).toEqual({ name: "Release", ...FREE, reviewers: ["alice"], policies });
  const { id } = await cloud.environment.create(inputs);
  expect(id).toBe("web:release");
  expect(found(cloud)).toEqual({ name: "Release", ...FREE, policies });
});

test("without a policy of its own, the adopted environment lets everything deploy", async () => {
  const cloud = there();
  await cloud.environment.create(open);
  expect(found(cloud)).toEqual({ name: "Release", ...FREE, policies: undefined });
});

describe("plan", () => {
  const on = (plan: "free" | "pro", isPrivate: boolean) =>
    github({ owner: { plan }, repositories: [{ name: "web", id: 7, private: isPrivate }] });

  test("a private repository of the plan free has no environments", async () => {
    expect(await refusal(() => on("free", true).environment.create(inputs))).toEqual({
      code: "404",
      message: "404: PUT environments/release: 404 Not Found []",
    });
  });

  test.each([
    ["free", false],
    ["pro", true],
  ] as const)("the plan %s, private: %s", async (plan, isPrivate) => {
    const cloud = on(plan, isPrivate);
    await cloud.environment.create(inputs);
    expect(found(cloud)?.name).toBe("release");
  });
});

test("without the repository, nothing is made", async () => {
  const { environment } = github();
  expect(await refusal(() => environment.create({ ...inputs, repository: "nope" }))).toEqual({
    code: "404",
    message: "404: GET repos/Contoso/nope: 404 Not Found []",
  });
});

test.each(["labels", "repositoryId"])("%s is not served", (property) => {
  const token = "github:index/repositoryEnvironment:RepositoryEnvironment";
  expect(github().environment.check({ ...inputs, [property]: 1 })).toEqual([
    { property, reason: `the embedded github does not know ${token}.${property}` },
  ]);
});

describe("diff", () => {
  test.each([
    ["repository", "api", ["repository"]],
    ["environment", "another", ["environment"]],
    ["deploymentBranchPolicy", undefined, []],
  ])("a new %s", (property, value, replaces) => {
    const news = { ...inputs, [property]: value };
    expect(github().environment.diff(inputs, news)).toEqual({ changed: [property], replaces });
  });
});

test("a refresh sees whether there are branch policies, and no reviewers", async () => {
  const cloud = there();
  const seen = () => cloud.environment.read("web:release", inputs);
  const fresh = { inputs, outputs: { ...inputs, repositoryId: 7 } };
  expect(seen()).toEqual(fresh);
  Object.assign(at(cloud), { reviewers: [] });
  expect(seen()).toEqual(fresh);
  Object.assign(at(cloud), { policies: undefined });
  expect(cloud.environment.diff(seen()?.inputs ?? {}, inputs)).toEqual({
    changed: ["deploymentBranchPolicy"],
    replaces: [],
  });
});

test("an environment that is gone is seen so, and counts as deleted", async () => {
  const cloud = there();
  await cloud.environment.delete("web:release", inputs);
  expect(cloud.state.inventory()).toEqual([]);
  expect(cloud.environment.read("web:release", inputs)).toBeUndefined();
  expect(cloud.environment.read("nope", { ...inputs, repository: "nope" })).toBeUndefined();
  await cloud.environment.delete("web:release", inputs);
  expect(cloud.traffic.writes.length).toBe(2);
});
