import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const secret = { secretName: "A", visibility: "selected", value: "one" };
const chosen = { secretName: "A", selectedRepositoryIds: [7] };
const URL = "orgs/Contoso/actions/secrets/A/repositories";

const there = (owner: object = {}) =>
  github({
    owner,
    repositories: [
      { name: "web", id: 7, private: true },
      { name: "api", id: 8, private: false },
    ],
  });
const selected = ({ state }: ReturnType<typeof github>) =>
  state.organization.secrets.get("A")?.selected;

test("repositories are selected, and are no longer when the secret is written without them", async () => {
  const cloud = there();
  const { id, outputs } = await cloud.organizationSecret.create(secret);
  expect((await cloud.secretRepositories.create(chosen)).id).toBe("A");
  expect(selected(cloud)).toEqual([7]);
  // The changed selection changes the secret's time.
  const seen = cloud.organizationSecret.read(id, secret, outputs)?.outputs;
  expect([seen?.updatedAt, seen?.remoteUpdatedAt]).toEqual([
    "2026-01-01 00:00:01 +0000 UTC",
    "2026-01-01 00:00:02 +0000 UTC",
  ]);
  await cloud.organizationSecret.update(id, { ...secret, value: "two" });
  expect(selected(cloud)).toEqual([]);
  // A refresh of the secret does not see that. One of the selection does.
  expect(cloud.organizationSecret.read(id, secret, outputs)?.inputs).toEqual(secret);
  expect(cloud.secretRepositories.read("A", chosen)?.inputs).toEqual({
    ...chosen,
    selectedRepositoryIds: [],
  });
  await cloud.secretRepositories.update("A", { ...chosen, selectedRepositoryIds: [8, 7] });
  expect(selected(cloud)).toEqual([8, 7]);
  await cloud.secretRepositories.delete("A", chosen);
  expect(selected(cloud)).toEqual([]);
});

test("a secret that names its repositories keeps them, and a refresh sees another selection", async () => {
  const cloud = there();
  const named = { ...secret, selectedRepositoryIds: [8, 7] };
  const { id, outputs } = await cloud.organizationSecret.create(named);
  await cloud.organizationSecret.update(id, { ...named, value: "two" });
  expect(selected(cloud)).toEqual([8, 7]);
  expect(cloud.organizationSecret.read(id, named, outputs)?.inputs).toEqual(named);
  await cloud.secretRepositories.update("A", chosen);
  expect(cloud.organizationSecret.read(id, named, outputs)?.inputs).toEqual({
    ...named,
    selectedRepositoryIds: [7],
  });
});

test("a variable without ids clears its selection", async () => {
  const cloud = there();
  const variable = { variableName: "B", visibility: "selected", value: "one" };
  const named = { ...variable, selectedRepositoryIds: [7] };
  const { id } = await cloud.organizationVariable.create(named);
  await cloud.organizationVariable.update(id, { ...named, value: "two" });
  expect(cloud.state.organization.variables.get("B")?.selected).toEqual([7]);
  await cloud.organizationVariable.update(id, variable);
  expect(cloud.state.organization.variables.get("B")?.selected).toEqual([]);
});

test("on the plan free, a private repository sees nothing of its organization", async () => {
  const cloud = there({ plan: "free", secrets: ["A"], variables: ["B"] });
  const seen = (name: string) =>
    (["secrets", "variables"] as const).map(
      (kind) => cloud.state.organizationValues(cloud.state.repository(name), kind).size,
    );
  expect([seen("web"), seen("api")]).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test("a secret that all may see has no selection any more", async () => {
  const cloud = there();
  const { id } = await cloud.organizationSecret.create(secret);
  await cloud.secretRepositories.create(chosen);
  await cloud.organizationSecret.update(id, { ...secret, visibility: "all" });
  expect(selected(cloud)).toEqual([]);
  expect(await refusal(() => cloud.secretRepositories.delete("A", chosen))).toEqual({
    code: "409",
    message: `409: PUT ${URL}: 409 Conflict: the visibility is all []`,
  });
});

describe("nothing is selected", () => {
  test("without the secret", async () => {
    expect(await refusal(() => there().secretRepositories.create(chosen))).toEqual({
      code: "404",
      message: `404: PUT ${URL}: 404 Not Found []`,
    });
  });

  test("for a secret that is not for selected repositories", async () => {
    const { secretRepositories } = there({ secrets: ["A"] });
    expect((await refusal(() => secretRepositories.create(chosen))).code).toBe("409");
  });

  test("that does not exist", async () => {
    const cloud = there();
    await cloud.organizationSecret.create(secret);
    const unknown = { ...chosen, selectedRepositoryIds: [7, 99] };
    expect(await refusal(() => cloud.secretRepositories.create(unknown))).toEqual({
      code: "422",
      message: `422: PUT ${URL}: 422 there is no repository 99 []`,
    });
    expect(selected(cloud)).toEqual([]);
  });
});

test("a refresh sees another selection, in any order, and that the secret is gone", async () => {
  const cloud = there();
  await cloud.organizationSecret.create(secret);
  const both = { ...chosen, selectedRepositoryIds: [8, 7] };
  await cloud.secretRepositories.create({ ...chosen, selectedRepositoryIds: [7, 8] });
  expect(cloud.secretRepositories.read("A", both)?.inputs).toEqual(both);
  await cloud.secretRepositories.update("A", chosen);
  expect(cloud.secretRepositories.read("A", both)?.inputs).toEqual(chosen);
  await cloud.organizationSecret.delete("A", secret);
  expect(cloud.secretRepositories.read("A", both)).toBeUndefined();
});

test("a repository sees what its organisation shows it", async () => {
  const cloud = there();
  const make = (secretName: string, visibility: string) =>
    cloud.organizationSecret.create({ secretName, visibility, value: "x" });
  await make("ALL", "all");
  await make("PRIVATE", "private");
  await make("A", "selected");
  await cloud.secretRepositories.create({ ...chosen, selectedRepositoryIds: [8] });
  const { state } = cloud;
  const seen = (name: string) => [
    ...state.organizationValues(state.repository(name), "secrets").keys(),
  ];
  expect([seen("web"), seen("api")]).toEqual([
    ["ALL", "PRIVATE"],
    ["ALL", "A"],
  ]);
});
