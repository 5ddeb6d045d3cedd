import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const stores = [
  ["actionsEnvironmentSecret:ActionsEnvironmentSecret", "secretName", "secrets"],
  ["actionsEnvironmentVariable:ActionsEnvironmentVariable", "variableName", "variables"],
] as const;

describe.each(stores)("%s", (type, nameOf, kind) => {
  const there = () =>
    github({ repositories: [{ name: "web", id: 7, environments: [{ name: "Release" }] }] });
  const inputs = { repository: "web", environment: "release", [nameOf]: "A", value: "one" };

  test("is kept in its environment, found in any case", async () => {
    const cloud = there();
    const { id } = await cloud.resource(`github:index/${type}`).create(inputs);
    expect(id).toBe("web:release:A");
    const [environment] = cloud.state.repository("web").environments.values();
    expect([...(environment?.[kind].keys() ?? [])]).toEqual(["A"]);
    expect([...cloud.state.repository("web")[kind].keys()]).toEqual([]);
  });

  test("needs the environment", async () => {
    const cloud = github();
    const store = cloud.resource(`github:index/${type}`);
    expect(await refusal(() => store.create(inputs))).toEqual({
      code: "404",
      message: `404: GET environments/release/${kind}/public-key: 404 Not Found []`,
    });
  });

  test("is replaced with its name or environment, written in place with its value", () => {
    const store = there().resource(`github:index/${type}`);
    for (const key of [nameOf, "environment"]) {
      expect(store.diff(inputs, { ...inputs, [key]: "other" }).replaces).toEqual([key]);
    }
    expect(store.diff(inputs, { ...inputs, value: "two" }).replaces).toEqual([]);
  });
});

describe("a variable", () => {
  const inputs = { repository: "web", variableName: "A", value: "one" };
  const type = "github:index/actionsVariable:ActionsVariable";

  test("that exists is never overwritten", async () => {
    const variable = github().resource(type);
    await variable.create(inputs);
    expect(await refusal(() => variable.create(inputs))).toEqual({
      code: "409",
      message: "409: Already exists - Variable already exists",
    });
  });

  test("changed by hand is seen by a refresh", async () => {
    const cloud = github();
    const variable = cloud.resource(type);
    const { id, outputs } = await variable.create(inputs);
    const at = cloud.state.now();
    const theirs = { value: "theirs", createdAt: at, updatedAt: at };
    cloud.state.repository("web").variables.set("A", theirs);
    expect(variable.read(id, inputs, outputs)?.inputs).toEqual({ ...inputs, value: "theirs" });
  });
});
