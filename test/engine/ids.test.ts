import type { EngineEvent } from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { faults, outages, writes } from "../support/seen";

const NAMES = ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];
const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const inEnvironment = { branches: ["main"], tags: ["v*"], environment: "release" };
const storing = (web: object) =>
  config({ "countersign:pipelines": { web: { ...inEnvironment, ...web } } });

/** Each kind at each level, and how the inventory says it. */
const CHOICES = [
  ["secrets", "repository", (name: string) => `secret web/${name}`],
  ["variables", "repository", (name: string) => `variable web/${name}`],
  ["secrets", "environment", (name: string) => `secret web/release/${name}`],
  ["variables", "environment", (name: string) => `variable web/release/${name}`],
  ["secrets", "organization", (name: string) => `secret of the organisation ${name}_WEB`],
  ["variables", "organization", (name: string) => `variable of the organisation ${name}_WEB`],
] as const;
type Choice = (typeof CHOICES)[number];

const chosen = ([ids, level]: Choice) => storing({ ids, level });

/** From each to the next, and so that every two levels meet. */
const moves = [
  [CHOICES[0], CHOICES[1], CHOICES[2]],
  [CHOICES[3], CHOICES[2], CHOICES[4]],
  [CHOICES[4], CHOICES[5], CHOICES[0]],
  [CHOICES[1], CHOICES[5], CHOICES[3]],
] as const;

describe("where the three ids live", () => {
  const titled = moves.map((path) => {
    const names = path.map(([ids, level]) => `${ids} of the ${level}`);
    return [names.join(" → "), path] as const;
  });
  test.each(titled)("%s: there only, and every declared run logs in", async (_, path) => {
    await onEngine({ config: chosen(path[0]) }, async ({ run, configure, clouds }) => {
      const before = clouds.inventory();
      for (const [index, choice] of path.entries()) {
        const [ids, level, there] = choice;
        await configure(chosen(choice));
        const lost = index > 0 ? outages(clouds, chosen(choice), world()) : [];
        await run("up", `${ids} of the ${level}`);
        clouds.traffic.fault = undefined;
        const held = clouds.inventory().filter((it) => /^(secret|variable) /.test(it));
        expect(held).toEqual(NAMES.map(there));
        expect(faults(clouds, chosen(choice), world())).toEqual([]);
        expect(lost).toEqual([]);
        if (index > 0) expectOrder(writes(clouds));
        expect(await run("up", "again")).toMatchObject(NOTHING);
        writes(clouds);
      }
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  /** What the workflow reads is written before it, and the old goes after it. */
  function expectOrder(all: readonly string[]): void {
    const file = all.indexOf("update web-files-workflow");
    const kinds = all.map((it) => it.replace(/ web-ids-.*$/, " id"));
    expect(kinds.slice(0, file).every((it) => it === "create id")).toBe(true);
    expect(kinds.slice(file + 1).every((it) => it === "delete id")).toBe(true);
    expect([file >= 3, all.length - file >= 4]).toEqual([true, true]);
  }

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

  test.each(["repository", "environment"] as const)(
    "a secret of the %s changed by hand is named after a refresh, with what puts it right",
    async (level) => {
      await onEngine({ config: storing({ level }) }, async ({ run, clouds }) => {
        await run("up", "up");
        const repository = clouds.github.repository("web");
        const { secrets } =
          level === "environment" ? repository.environments.get("release")! : repository;
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
    },
  );
});
