import { describe, expect, test } from "vitest";
import { github, refusal } from "./support";

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

test("repositories are selected, and stay so when the secret is written", async () => {
  const cloud = there();
  const { id } = await cloud.organizationSecret.create(secret);
  expect((await cloud.secretRepositories.create(chosen)).id).toBe("A");
  await cloud.organizationSecret.update(id, { ...secret, value: "two" });
  expect(selected(cloud)).toEqual([7]);
  await cloud.secretRepositories.update("A", { ...chosen, selectedRepositoryIds: [8, 7] });
  expect(selected(cloud)).toEqual([8, 7]);
  await cloud.secretRepositories.delete("A", chosen);
  expect(selected(cloud)).toEqual([]);
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
