import { beforeEach, describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../rehearsal/clouds/wire";
import { github, refusal } from "../support";

const inputs = { repository: "web", secretName: "AZURE_CLIENT_ID", value: "one" };
const BEFORE = "2025-01-01T00:00:00Z";

let cloud: ReturnType<typeof github>;
beforeEach(() => {
  cloud = github({
    repositories: [
      { name: "web", id: 7, secrets: ["OLD"] },
      { name: "api", id: 8 },
    ],
  });
});
const secrets = (repository = "web") => cloud.state.repository(repository).secrets;

test("a secret is made, and says when", async () => {
  const { id, outputs } = await cloud.secret.create(inputs);
  const at = "2026-01-01T00:00:01Z";
  const said = "2026-01-01 00:00:01 +0000 UTC";
  expect(id).toBe("web:AZURE_CLIENT_ID");
  expect(outputs).toEqual({
    ...inputs,
    createdAt: said,
    updatedAt: said,
    remoteUpdatedAt: said,
    repositoryId: 7,
  });
  expect(secrets().get("AZURE_CLIENT_ID")).toEqual({ value: "one", createdAt: at, updatedAt: at });
});

test("a name is one in any case", async () => {
  const { outputs } = await cloud.secret.create({ ...inputs, secretName: "azure_Client_id" });
  expect(outputs.secretName).toBe("azure_Client_id");
  expect([...secrets().keys()]).toEqual(["OLD", "AZURE_CLIENT_ID"]);
});

test("a secret that exists is overwritten in silence, and destroyed later", async () => {
  expect(secrets().get("OLD")).toEqual({ value: undefined, createdAt: BEFORE, updatedAt: BEFORE });
  const { id, outputs } = await cloud.secret.create({ ...inputs, secretName: "OLD" });
  expect(secrets().get("OLD")).toEqual({
    value: "one",
    createdAt: BEFORE,
    updatedAt: "2026-01-01T00:00:01Z",
  });
  await cloud.secret.delete(id, outputs);
  expect([...secrets().keys()]).toEqual([]);
});

test("a repository takes 100 secrets, of which each may still change", async () => {
  for (let n = 1; n < 100; n += 1) await cloud.secret.create({ ...inputs, secretName: `S${n}` });
  expect(await refusal(() => cloud.secret.create(inputs))).toEqual({
    code: "422",
    message: "422: PUT actions/secrets/AZURE_CLIENT_ID: 422 too many secrets []",
  });
  await cloud.secret.create({ ...inputs, secretName: "OLD" });
  await cloud.secret.update("web:S1", { ...inputs, secretName: "S1" });
  await cloud.secret.create({ ...inputs, repository: "api" });
  expect([secrets().size, secrets("api").size]).toEqual([100, 1]);
});

test("without the repository, nothing is written", async () => {
  expect(await refusal(() => cloud.secret.create({ ...inputs, repository: "nope" }))).toEqual({
    code: "404",
    message: "404: GET repos/Contoso/nope: 404 Not Found []",
  });
});

describe("at preview already", () => {
  test.each(["GITHUB_TOKEN", "github_token", "1A", "A-B", "A B", "", "Ä"])(
    "%j is not a name",
    (secretName) => {
      expect(cloud.secret.check({ ...inputs, secretName })).toEqual([
        { property: "", reason: `${secretName} is not a name of a secret` },
      ]);
    },
  );

  test.each(["A", "_a1", "GITHUB", "MY_GITHUB_TOKEN", UNKNOWN])("%j may be one", (secretName) => {
    expect(cloud.secret.check({ ...inputs, secretName })).toEqual([]);
  });

  test("a value must be given, and may be known only later", () => {
    expect(cloud.secret.check({ ...inputs, value: "" })).toEqual([
      { property: "", reason: "one of `encrypted_value,value` must be specified" },
    ]);
    expect(cloud.secret.check({ ...inputs, value: undefined })).toEqual([
      { property: "value", reason: "value is required" },
    ]);
    expect(cloud.secret.check({ ...inputs, value: UNKNOWN })).toEqual([]);
  });
});

describe("diff", () => {
  test.each([
    ["secretName", "ANOTHER", ["secretName"]],
    ["repository", "api", ["repository"]],
    ["value", "two", []],
  ])("a new %s", (property, value, replaces) => {
    const news = { ...inputs, [property]: value };
    expect(cloud.secret.diff(inputs, news)).toEqual({ changed: [property], replaces });
  });
});

test("another case of the repository's name is the same repository, as the state has its id", async () => {
  const news = { ...inputs, repository: "WEB" };
  const { outputs } = await cloud.secret.create(inputs);
  const { changed, replaces } = cloud.secret.diff(outputs, { ...outputs, ...news });
  expect([changed, replaces]).toEqual([["repository"], []]);
});

test("a changed value is written in place", async () => {
  const { id } = await cloud.secret.create(inputs);
  const outputs = await cloud.secret.update(id, { ...inputs, value: "two" });
  const at = "2026-01-01T00:00:02Z";
  const said = "2026-01-01 00:00:02 +0000 UTC";
  expect([outputs.updatedAt, outputs.remoteUpdatedAt]).toEqual([said, said]);
  expect(secrets().get("AZURE_CLIENT_ID")).toEqual({
    value: "two",
    createdAt: "2026-01-01T00:00:01Z",
    updatedAt: at,
  });
});

test("a tampered value shows only in its time: a refresh finds no input changed", async () => {
  const { id, outputs } = await cloud.secret.create(inputs);
  const at = cloud.state.now();
  secrets().set("AZURE_CLIENT_ID", { value: "tampered", createdAt: at, updatedAt: at });
  const seen = cloud.secret.read(id, inputs, outputs);
  expect(seen?.outputs.updatedAt).toBe(outputs.updatedAt);
  expect(seen?.inputs).toEqual(inputs);
  expect(seen?.outputs.remoteUpdatedAt).toBe("2026-01-01 00:00:02 +0000 UTC");
  expect(cloud.secret.diff(seen?.inputs ?? {}, inputs)).toEqual({ changed: [], replaces: [] });
  await cloud.secret.update(id, { ...inputs, value: "two" });
  expect(secrets().get("AZURE_CLIENT_ID")?.value).toBe("two");
});

test("the time right after a write can be too early, until a refresh reads it again", async () => {
  cloud.state.clockSkewSeconds = 1;
  const { id, outputs } = await cloud.secret.create(inputs);
  const early = "2026-01-01 00:00:00 +0000 UTC";
  expect([outputs.updatedAt, outputs.remoteUpdatedAt]).toEqual([early, early]);
  const seen = cloud.secret.read(id, inputs, outputs)?.outputs;
  const right = "2026-01-01 00:00:01 +0000 UTC";
  expect([seen?.updatedAt, seen?.remoteUpdatedAt]).toEqual([early, right]);
});

test("a refresh sees that a secret is gone, whose deletion then fails", async () => {
  const { id, outputs } = await cloud.secret.create(inputs);
  secrets().delete("AZURE_CLIENT_ID");
  expect(cloud.secret.read(id, inputs)).toBeUndefined();
  expect(cloud.secret.read(id, { ...inputs, repository: "nope" })).toBeUndefined();
  expect(await refusal(() => cloud.secret.delete(id, outputs))).toEqual({
    code: "404",
    message: "404: DELETE actions/secrets/AZURE_CLIENT_ID: 404 Not Found []",
  });
});

test("replaced under its own name, new before old, a secret is lost", async () => {
  const { id, outputs } = await cloud.secret.create(inputs);
  await cloud.secret.create(inputs);
  await cloud.secret.delete(id, outputs);
  expect([...secrets().keys()]).toEqual(["OLD"]);
});
