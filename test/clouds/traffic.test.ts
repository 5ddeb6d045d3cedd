import { describe, expect, test } from "vitest";
import type { Fault, Write } from "../../rehearsal/clouds/table";
import { azure, github, IDENTITY, identityInputs, refusal, TENANT } from "./support";

const secret = { repository: "web", secretName: "AZURE_CLIENT_ID", value: "one" };
const SECRET = "github:index/actionsSecret:ActionsSecret";

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
