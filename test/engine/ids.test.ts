import type { EngineEvent } from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { meant } from "../support/meant";

const NAMES = ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];
const inEnvironment = { branches: ["main"], tags: ["v*"], environment: "release" };
const storing = (web: object) =>
  config({ "countersign:pipelines": { web: { ...inEnvironment, ...web } } });

const choices = [
  [{ ids: "secrets", level: "repository" }, (name: string) => `secret web/${name}`],
  [{ ids: "variables", level: "repository" }, (name: string) => `variable web/${name}`],
  [{ ids: "secrets", level: "environment" }, (name: string) => `secret web/release/${name}`],
  [{ ids: "variables", level: "environment" }, (name: string) => `variable web/release/${name}`],
] as const;

describe("where the three ids live", () => {
  test("each choice in turn: they are there only, and every declared run logs in", async () => {
    await onEngine({ config: storing({}) }, async ({ run, configure, clouds }) => {
      const before = clouds.inventory();
      for (const [choice, there] of choices) {
        await configure(storing(choice));
        await run("preview", "preview");
        await run("up", `${choice.ids} of the ${choice.level}`);
        const held = clouds.inventory().filter((it) => /^(secret|variable) /.test(it));
        expect(held).toEqual(NAMES.map(there));
        const rows = prove(clouds, meant(storing(choice), world()));
        expect(rows.flatMap(({ violations }) => violations)).toEqual([]);
        // What the workflow reads is written before it, and the old goes after it.
        const writes = clouds.traffic.writes.map(({ operation, name }) => `${operation} ${name}`);
        const file = writes.lastIndexOf("update web-files-workflow");
        const made = writes.lastIndexOf("create web-ids-azure-client-id");
        const gone = writes.lastIndexOf("delete web-ids-azure-client-id");
        if (file >= 0 && gone >= 0) expect([made < file, file < gone]).toEqual([true, true]);
        expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      }
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("a variable that is there is refused at preview, even with adopt", async () => {
    const settings = {
      config: config({ "countersign:pipelines": { web: { ids: "variables", adopt: true } } }),
      world: world({ repositories: [{ name: "web", id: 7, variables: ["AZURE_CLIENT_ID"] }] }),
    };
    await onEngine(settings, async ({ run }) => {
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain('given    "variable AZURE_CLIENT_ID of Contoso/web"');
      expect(reason).toContain(
        "remedy   delete it, or bring it in with `pulumi import`; variables are never overwritten",
      );
    });
  });

  test("a secret changed by hand is named after a refresh, with what puts it right", async () => {
    await onEngine({ config: storing({}) }, async ({ run, clouds }) => {
      await run("up", "up");
      const { secrets } = clouds.github.repository("web");
      const ours = secrets.get("AZURE_CLIENT_ID");
      const updatedAt = clouds.github.now();
      secrets.set("AZURE_CLIENT_ID", { value: "theirs", createdAt: updatedAt, updatedAt });
      await run("refresh", "refresh");
      const warnings: EngineEvent["diagnosticEvent"][] = [];
      await run("up", "after", {
        onEvent: ({ diagnosticEvent }) => {
          if (diagnosticEvent?.severity === "warning") warnings.push(diagnosticEvent);
        },
      });
      expect(warnings.map((it) => it?.message).join()).toContain(
        `secret AZURE_CLIENT_ID was changed on GitHub at ${updatedAt}`,
      );
      await run("up", "repair", { replace: [warnings[0]?.urn as string] });
      expect(secrets.get("AZURE_CLIENT_ID")?.value).toBe(ours?.value);
    });
  });
});
