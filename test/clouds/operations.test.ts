import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../rehearsal/clouds/wire";
import { azure, failureOf, github, IDENTITY, identityInputs } from "./support";

const secret = { repository: "web", secretName: "AZURE_CLIENT_ID", value: "one" };
const SECRET = "github:index/actionsSecret:ActionsSecret";
const IDENTITIES = "azure-native:managedidentity:UserAssignedIdentity";

describe("a type that is not served is named", () => {
  const token = "azure-native:storage:StorageAccount";
  const message = `the embedded azure-native does not serve the type ${token}`;
  test("by every operation", async () => {
    const { resource, traffic } = azure();
    const it = resource(token);
    const operations = [
      () => it.check({}),
      () => it.diff({}, {}),
      () => it.create({}),
      () => it.preview({}),
      () => it.read("id", {}),
      () => it.update("id", {}),
      () => it.delete("id"),
    ];
    for (const operation of operations) {
      expect((await failureOf(operation)).message).toBe(message);
    }
    expect(traffic.writes).toEqual([]);
  });
});

test.each([
  ["azure-native", azure, "azure-native:authorization:getRoleDefinition"],
  ["github", github, "github:index/getUser:getUser"],
] as const)("a function that %s does not serve is named", async (name, cloud, token) => {
  const failure = await failureOf(() => cloud().invoke(token, {}));
  expect(failure.message).toBe(`the embedded ${name} does not serve the function ${token}`);
});

describe("check", () => {
  test("names every missing and every unknown property", () => {
    const faults = github().secret.check({ secretName: "A-B", keyId: "1", valueEncrypted: "x" });
    expect(faults).toEqual([
      { property: "repository", reason: "repository is required" },
      { property: "value", reason: "value is required" },
      { property: "keyId", reason: `the embedded github does not know ${SECRET}.keyId` },
      {
        property: "valueEncrypted",
        reason: `the embedded github does not know ${SECRET}.valueEncrypted`,
      },
    ]);
    const isolationScope = "Regional";
    expect(azure().identity.check({ ...identityInputs, isolationScope })).toEqual([
      {
        property: "isolationScope",
        reason: `the embedded azure-native does not know ${IDENTITIES}.isolationScope`,
      },
    ]);
  });

  test("leaves the engine's own properties alone", () => {
    expect(github().secret.check({ ...secret, __defaults: [] })).toEqual([]);
  });
});

describe("diff", () => {
  const { diff } = github().secret;

  test("compares by value, however deep", () => {
    const policy = (protectedBranches: boolean) => ({
      repository: "web",
      deploymentBranchPolicy: { protectedBranches },
    });
    const none = { changed: [], replaces: [] };
    expect(github().environment.diff(policy(true), policy(true))).toEqual(none);
    expect(github().environment.diff(policy(true), policy(false))).toEqual({
      changed: ["deploymentBranchPolicy"],
      replaces: [],
    });
  });

  test("sees what was added and what was left out, and none of the engine's own", () => {
    const { value, ...rest } = secret;
    expect(diff(rest, secret)).toEqual({ changed: ["value"], replaces: [] });
    expect(diff(secret, rest)).toEqual({ changed: ["value"], replaces: [] });
    expect(diff(rest, { ...rest, value: undefined })).toEqual({ changed: [], replaces: [] });
    expect(diff({ ...secret, __defaults: [] }, { ...secret, __defaults: ["a"] })).toEqual({
      changed: [],
      replaces: [],
    });
  });
});

describe("a preview", () => {
  test("writes nothing, and leaves open what only the service knows", async () => {
    const { identity, state, traffic } = azure();
    expect(await identity.preview({ ...identityInputs, resourceGroupName: "rg-nowhere" })).toEqual({
      id: "",
      outputs: {
        location: "westeurope",
        azureApiVersion: UNKNOWN,
        systemData: UNKNOWN,
        tags: UNKNOWN,
        clientId: UNKNOWN,
        principalId: UNKNOWN,
        tenantId: UNKNOWN,
        name: UNKNOWN,
        type: UNKNOWN,
      },
    });
    expect([state.inventory(), traffic.writes]).toEqual([[], []]);
  });

  test("of a file on a branch that is given knows the branch", async () => {
    const file = { repository: "web", file: "a", content: UNKNOWN, branch: "main" };
    const { outputs } = await github().file.preview(file);
    expect([outputs.branch, outputs.content, outputs.sha]).toEqual(["main", UNKNOWN, UNKNOWN]);
  });

  test("of an update keeps what is known", async () => {
    const { secret: it, state, traffic } = github();
    const { id, outputs } = await it.create(secret);
    const news = { ...secret, value: UNKNOWN };
    expect(await it.previewUpdate(id, news, outputs)).toEqual({ ...outputs, value: UNKNOWN });
    const kept = state.repository("web").secrets.get("AZURE_CLIENT_ID")?.value;
    expect([kept, traffic.writes.length]).toEqual(["one", 1]);
  });
});

test("a value that nobody knows yet reaches no service", async () => {
  const { identity, state } = azure();
  const unknown = { ...identityInputs, tags: { list: ["a", { b: UNKNOWN }] } };
  const message = `${IDENTITIES} was given a value that nobody knows yet`;
  for (const work of [() => identity.create(unknown), () => identity.update(IDENTITY, unknown)])
    expect((await failureOf(work)).message).toBe(message);
  expect(state.inventory()).toEqual([]);
});
