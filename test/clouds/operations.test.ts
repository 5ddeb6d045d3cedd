import { describe, expect, test } from "vitest";
import type { Fault, Write } from "../../rehearsal/clouds/table";
import { UNKNOWN } from "../../rehearsal/clouds/wire";
import { azure, failureOf, github, IDENTITY, identityInputs, refusal, TENANT } from "./support";

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
        location: UNKNOWN,
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
    expect(state.repository("web").secrets.get("AZURE_CLIENT_ID")?.value).toBe("one");
    expect(traffic.writes.length).toBe(1);
  });
});

test("a value that nobody knows yet reaches no service", async () => {
  const { identity, state } = azure();
  const unknown = { ...identityInputs, tags: { list: ["a", { b: UNKNOWN }] } };
  const message = `${IDENTITIES} was given a value that nobody knows yet`;
  expect((await failureOf(() => identity.create(unknown))).message).toBe(message);
  expect((await failureOf(() => identity.update(IDENTITY, unknown))).message).toBe(message);
  expect(state.inventory()).toEqual([]);
});

describe("traffic", () => {
  const writes: readonly Write["operation"][] = ["create", "update", "delete"];
  const run = async (fault: (write: Write) => Fault) => {
    const { secret: it, state, traffic } = github();
    traffic.fault = fault;
    const tried = {
      create: () => it.create(secret),
      update: () => it.update("web:AZURE_CLIENT_ID", { ...secret, value: "two" }),
      delete: () => it.delete("web:AZURE_CLIENT_ID", secret),
    };
    const value = () => state.repository("web").secrets.get("AZURE_CLIENT_ID")?.value;
    return { tried, traffic, value };
  };

  test("notes every write by operation, type and name", async () => {
    const { tried, traffic } = await run(() => undefined);
    for (const operation of writes) await tried[operation]();
    expect(traffic.writes).toEqual(
      writes.map((operation) => ({ operation, token: SECRET, name: "it" })),
    );
  });

  test("notes none that the service refused", async () => {
    const { identity, traffic } = azure();
    expect((await refusal(() => identity.create({ ...identityInputs, location: "" }))).code).toBe(
      "LocationRequired",
    );
    expect(traffic.writes).toEqual([]);
  });

  test.each([
    ["create", undefined, "one"],
    ["update", "one", "two"],
    ["delete", "one", undefined],
  ] as const)(
    "a %s refused on the way has no effect; one lost has it",
    async (operation, before, after) => {
      let fault: Fault;
      const { tried, traffic, value } = await run((write) =>
        write.operation === operation ? fault : undefined,
      );
      if (operation !== "create") await tried.create();
      const count = traffic.writes.length;
      fault = "refused";
      const injected = (code: string, what: string) => ({
        code,
        message: `${code}: injected fault: ${what}`,
      });
      expect(await refusal(tried[operation])).toEqual(injected("503", "refused"));
      expect([value(), traffic.writes.length]).toEqual([before, count]);
      fault = "lost";
      expect(await refusal(tried[operation])).toEqual(injected("502", "the answer was lost"));
      expect([value(), traffic.writes.length]).toEqual([after, count + 1]);
    },
  );

  test("a fault disturbs neither functions nor reads", () => {
    const { identity, invoke, traffic } = azure();
    traffic.fault = () => "refused";
    expect(invoke("azure-native:authorization:getClientConfig", {}).tenantId).toBe(TENANT);
    expect(identity.read(IDENTITY, identityInputs)).toBeUndefined();
  });
});
