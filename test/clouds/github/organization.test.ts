import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../rehearsal/clouds/wire";
import { github, refusal } from "../support";

const AT = "2026-01-01T00:00:01Z";
/** The same time in the provider's outputs. */
const SAID = "2026-01-01 00:00:01 +0000 UTC";
const inputs = { secretName: "A", visibility: "all", value: "one" };
const variable = { variableName: "A", visibility: "all", value: "one" };

const there = (owner: object = {}) =>
  github({
    owner,
    repositories: [
      { name: "web", id: 7, private: true },
      { name: "api", id: 8, private: false },
    ],
  });

test("a secret is made, and says when", async () => {
  const cloud = there();
  const { id, outputs } = await cloud.organizationSecret.create(inputs);
  expect(id).toBe("A");
  expect(outputs).toEqual({ ...inputs, createdAt: SAID, updatedAt: SAID, remoteUpdatedAt: SAID });
  const [stored] = cloud.state.organization.secrets.values();
  const times = { createdAt: AT, updatedAt: AT };
  expect(stored).toEqual({ value: "one", ...times, visibility: "all", selected: [] });
  expect(cloud.state.inventory()).toEqual(["secret of the organization A"]);
});

test("a secret that exists is overwritten in silence, a variable is not", async () => {
  const cloud = there({ secrets: ["a"], variables: ["A"] });
  await cloud.organizationSecret.create(inputs);
  expect(cloud.state.organization.secrets.get("A")?.value).toBe("one");
  expect(await refusal(() => cloud.organizationVariable.create(variable))).toEqual({
    code: "409",
    message: "409: Already exists - Variable already exists",
  });
  expect(cloud.state.inventory()).toEqual([
    "secret of the organization A",
    "variable of the organization A",
  ]);
});

test("a person has none", async () => {
  const cloud = there({ type: "User", secrets: ["A"] });
  const refused = (request: string, kind: string) => ({
    code: "404",
    message: `404: ${request} orgs/Contoso/actions/${kind}: 404 Not Found []`,
  });
  const ids = { secretName: "A", selectedRepositoryIds: [7] };
  expect(await refusal(() => cloud.organizationSecret.create(inputs))).toEqual(
    refused("POST", "secrets"),
  );
  expect(await refusal(() => cloud.organizationVariable.create(variable))).toEqual(
    refused("POST", "variables"),
  );
  expect(await refusal(() => cloud.secretRepositories.create(ids))).toEqual(
    refused("PUT", "secrets"),
  );
  expect(cloud.state.inventory()).toEqual([]);
});

test("an organisation takes 1000 secrets, of which each may still change", async () => {
  const secrets = Array.from({ length: 1000 }, (_, n) => `S${n}`);
  const { organizationSecret } = there({ secrets });
  expect(await refusal(() => organizationSecret.create(inputs))).toEqual({
    code: "422",
    message: "422: PUT orgs/Contoso/actions/secrets/A: 422 too many secrets []",
  });
  await organizationSecret.create({ ...inputs, secretName: "S1" });
});

describe("at preview already", () => {
  const only = "cannot use selected_repository_ids without visibility being set to selected";
  const oneOf = 'expected visibility to be one of ["all" "private" "selected"]';

  test.each([
    [{ visibility: "public" }, oneOf],
    [{ selectedRepositoryIds: [7] }, only],
    [{ variableName: "A-B" }, "A-B is not a name of a variable"],
  ])("%j is refused", (changes, reason) => {
    const faults = there().organizationVariable.check({ ...variable, ...changes });
    expect(faults).toEqual([{ property: "", reason }]);
  });

  test.each([{ visibility: UNKNOWN }, { visibility: "selected", selectedRepositoryIds: UNKNOWN }])(
    "%j is not",
    (changes) => {
      expect(there().organizationVariable.check({ ...variable, ...changes })).toEqual([]);
    },
  );

  test("a secret can name its repositories itself, although that is deprecated", () => {
    const chosen = { ...inputs, visibility: "selected", selectedRepositoryIds: [7] };
    const { organizationSecret } = there();
    expect(organizationSecret.check(chosen)).toEqual([]);
    const faults = organizationSecret.check({ ...chosen, visibility: "all" });
    expect(faults).toEqual([{ property: "", reason: only }]);
  });
});

test("a name replaces, all else is written in place", () => {
  const { organizationSecret, secretRepositories } = there();
  for (const property of ["value", "visibility"]) {
    expect(organizationSecret.diff(inputs, { ...inputs, [property]: "x" }).replaces).toEqual([]);
  }
  const renamed = { ...inputs, secretName: "B" };
  expect(organizationSecret.diff(inputs, renamed).replaces).toEqual(["secretName"]);
  expect(secretRepositories.diff(inputs, renamed).replaces).toEqual(["secretName"]);
});

test("a tampered secret shows only in its time, another visibility is seen", async () => {
  const cloud = there();
  const { id, outputs } = await cloud.organizationSecret.create(inputs);
  const at = cloud.state.now();
  const theirs = { value: "x", createdAt: AT, updatedAt: at, selected: [] };
  cloud.state.organization.secrets.set("A", { ...theirs, visibility: "private" });
  const seen = cloud.organizationSecret.read(id, inputs, outputs);
  expect(seen?.inputs).toEqual({ ...inputs, visibility: "private" });
  const theirTime = "2026-01-01 00:00:02 +0000 UTC";
  expect([seen?.outputs.updatedAt, seen?.outputs.remoteUpdatedAt]).toEqual([SAID, theirTime]);
});

test("a changed variable is seen; of one that is gone nothing can be changed", async () => {
  const cloud = there();
  const chosen = { ...variable, visibility: "selected", selectedRepositoryIds: [8, 7] };
  const { id, outputs } = await cloud.organizationVariable.create(chosen);
  const stored = cloud.state.organization.variables.get("A");
  expect(cloud.organizationVariable.read(id, chosen, outputs)?.inputs).toEqual(chosen);
  Object.assign(stored as object, { value: "x", selected: [7] });
  const changed = { ...chosen, value: "x", selectedRepositoryIds: [7] };
  expect(cloud.organizationVariable.read(id, chosen, outputs)?.inputs).toEqual(changed);
  await cloud.organizationVariable.delete(id, outputs);
  expect(cloud.organizationVariable.read(id, chosen, outputs)).toBeUndefined();
  const gone = (request: string) => ({
    code: "404",
    message: `404: ${request} orgs/Contoso/actions/variables/A: 404 Not Found []`,
  });
  const { organizationVariable } = cloud;
  expect(await refusal(() => organizationVariable.update(id, chosen))).toEqual(gone("PATCH"));
  expect(await refusal(() => organizationVariable.delete(id, outputs))).toEqual(gone("DELETE"));
});

test("an unknown repository is refused", async () => {
  const chosen = { ...variable, visibility: "selected", selectedRepositoryIds: [7, 9] };
  expect(await refusal(() => there().organizationVariable.create(chosen))).toEqual({
    code: "422",
    message: "422: PUT orgs/Contoso/actions/variables/A: 422 there is no repository 9 []",
  });
});
