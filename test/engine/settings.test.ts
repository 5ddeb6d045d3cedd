import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect, test } from "vitest";
import { type Config, config, onEngine, world } from "../support/engine";
import { NOTHING } from "../support/proposals";
import { faults, outages, writes } from "../support/seen";

const NAMES = ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];
const storing = (web: object) => {
  const gated = { branches: ["main"], tags: ["v*"], environment: "release" };
  return config({ "countersign:pipelines": { web: { ...gated, ...web } } });
};

/** Each kind at each level, and how the inventory names it. */
const CHOICES = [
  ["secrets", "repository", (name: string) => `secret web/${name}`],
  ["variables", "repository", (name: string) => `variable web/${name}`],
  ["secrets", "environment", (name: string) => `secret web/release/${name}`],
  ["variables", "environment", (name: string) => `variable web/release/${name}`],
  ["secrets", "organization", (name: string) => `secret of the organization ${name}_WEB`],
  ["variables", "organization", (name: string) => `variable of the organization ${name}_WEB`],
] as const;

test("the login settings move: they are there only, and every declared run logs in", async () => {
  const path = [...CHOICES, CHOICES[0]];
  await onEngine({ config: storing({}) }, async ({ run, configure, clouds }) => {
    const before = clouds.inventory();
    for (const [index, [ids, level, there]] of path.entries()) {
      const chosen = storing({ ids, level });
      await configure(chosen);
      const lost = index > 0 ? outages(clouds, chosen, world()) : [];
      await run("up", `${ids} of the ${level}`);
      clouds.traffic.fault = undefined;
      expect(clouds.inventory().filter((it) => /^(secret|variable) /.test(it))).toEqual(
        NAMES.map(there),
      );
      for (const it of clouds.github.organization[ids].values()) {
        expect(it).toMatchObject({ visibility: "selected", selected: [7] });
      }
      expect([faults(clouds, chosen, world()), lost]).toEqual([[], []]);
      if (index > 0) expectOrder(writes(clouds));
      else writes(clouds);
    }
    expect(await run("up", "again")).toMatchObject(NOTHING);
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});

/** What the workflow reads is written before it, and the old settings go after it. */
function expectOrder(all: readonly string[]): void {
  const file = all.indexOf("update web-files-workflow");
  const kinds = all.map((it) => it.replace(/ web-ids-.*$/, " id"));
  expect(kinds.slice(0, file).every((it) => it === "create id")).toBe(true);
  expect(kinds.slice(file + 1).every((it) => it === "delete id")).toBe(true);
  expect([file >= 3, all.length - file >= 4]).toEqual([true, true]);
}

test("a secret that was changed by hand is named after a refresh, with what puts it right", async () => {
  const levels = ["repository", "environment", "organization"];
  const given = config({
    "countersign:pipelines": {
      repository: {},
      environment: { level: "environment", environment: "release" },
      // What the organization has already is taken over, and is then for this repository alone.
      organization: { level: "organization", adopt: true },
    },
  });
  const there = world({
    owner: { secrets: ["AZURE_CLIENT_ID_ORGANIZATION"] },
    repositories: levels.map((name, index) => ({ name, id: 7 + index })),
  });
  await onEngine({ config: given, world: there }, async ({ run, clouds: { github, ...it } }) => {
    await run("up", "up");
    const stores = [
      [github.repository("repository").secrets, "AZURE_CLIENT_ID"],
      [github.repository("environment").environments.get("release")!.secrets, "AZURE_CLIENT_ID"],
      [github.organization.secrets, "AZURE_CLIENT_ID_ORGANIZATION"],
    ] as const;
    for (const it of github.organization.secrets.values()) {
      expect(it).toMatchObject({ visibility: "selected", selected: [9] });
    }
    const ours = stores.map(([secrets, name]) => secrets.get(name)!);
    const times = stores.map(([secrets, name], index) => {
      const updatedAt = `2026-02-01T00:00:0${index}.000Z`;
      const theirs = { ...secrets.get(name)!, value: "theirs", updatedAt };
      (secrets as Map<string, typeof theirs>).set(name, theirs);
      return `2026-02-01 00:00:0${index} +0000 UTC`;
    });
    // Somebody lets another repository read it, too.
    const tenant = github.organization.secrets.get("AZURE_TENANT_ID_ORGANIZATION")!;
    github.organization.secrets.set("AZURE_TENANT_ID_ORGANIZATION", {
      ...tenant,
      selected: [9, 8],
    });
    await run("refresh", "refresh");
    const warned = new Map<string, string>();
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "warning") warned.set(event.message.trim(), event.urn ?? "");
    };
    expect(await run("up", "after", { onEvent })).toMatchObject({ ...NOTHING, updated: 1 });
    const texts = [...warned.keys()].filter((it) => it.startsWith("secret ")).sort();
    expect(texts).toHaveLength(3);
    for (const [index, [, name]] of stores.entries()) {
      const urn = [...warned].find(([text]) => text.includes(String(times[index])))?.[1];
      expect(texts).toContain(
        `secret ${name} was changed on GitHub at ${times[index]}: run \`pulumi up --target-replace '${urn}'\` to restore it`,
      );
    }
    const { organization } = github;
    expect(organization.secrets.get("AZURE_TENANT_ID_ORGANIZATION")?.selected).toEqual([9]);
    await run("up", "repair", { replace: [...warned.values()] });
    expect(stores.map(([secrets, name]) => secrets.get(name)?.value)).toEqual(
      ours.map(({ value }) => value),
    );
    expect(organization.secrets.get("AZURE_CLIENT_ID_ORGANIZATION")?.selected).toEqual([9]);
    expect(faults({ ...it, github }, given, there)).toEqual([]);
  });
});

test("a changed value keeps the list of repositories, also where clocks differ by a second", async () => {
  const wanted = (name: string): Config =>
    config({
      "countersign:pipelines": {
        web: { level: "organization", identity: { existing: { name, resourceGroup: "rg-other" } } },
      },
    });
  const there = world();
  const identities = ["one", "two"].map((name) => ({ resourceGroup: "rg-other", name }));
  there.azure.identities = identities;
  await onEngine({ config: wanted("one"), world: there }, async (bench) => {
    const { run, configure, clouds } = bench;
    clouds.github.clockSkewSeconds = 1;
    await run("up", "up");
    const secrets = () => [...clouds.github.organization.secrets.values()];
    const before = secrets().map(({ value }) => value);
    await configure(wanted("two"));
    await run("up", "another identity");
    expect(secrets().map(({ value }) => value)).not.toEqual(before);
    expect(secrets().map(({ selected }) => selected)).toEqual([[7], [7], [7]]);
    const warned: string[] = [];
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "warning") warned.push(event.message);
    };
    await run("refresh", "refresh");
    expect(await run("up", "after", { onEvent })).toMatchObject(NOTHING);
    expect(warned).toEqual([]);
  });
});
