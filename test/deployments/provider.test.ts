import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { operations } from "../../rehearsal/clouds/operations";
import {
  type PulumiService,
  pulumiServiceProvider,
} from "../../rehearsal/clouds/pulumiservice/provider";
import type { Properties } from "../../rehearsal/clouds/wire";

const OF = { organization: "contoso", project: "signing", stack: "prod" };
const token = (name: string) => `pulumiservice:index:${name}`;

function cloud() {
  const service: PulumiService = new Map();
  return { service, ...operations(pulumiServiceProvider(service), { writes: [], reads: [] }) };
}

/** The properties of a declaration in the installed SDK, and whether each one must be given. */
function declared(type: string, of: "interface" | "class"): [string, boolean][] {
  const file = `${type[0]?.toLowerCase()}${type.slice(1)}`;
  const text = readFileSync(`node_modules/@pulumi/pulumiservice/${file}.d.ts`, "utf8");
  const name = of === "class" ? `class ${type} ` : `interface ${type}Args `;
  const body = text.slice(text.indexOf(name)).split("\n}")[0] ?? "";
  const line = of === "class" ? /^ {4}readonly (\w+)(\??):/gm : /^ {4}(\w+)(\??):/gm;
  return [...body.matchAll(line)].map(([, key = "", mark]) => [key, mark === ""]);
}

const types = pulumiServiceProvider(new Map()).resources.map((it) => [it.token, it] as const);

test.each(types)("%s has the inputs and outputs of the installed SDK", (whole, type) => {
  const name = whole.replace(token(""), "");
  const inputs = [
    ...type.required.map((key) => [key, true] as const),
    ...type.optional.map((key) => [key, false] as const),
  ];
  expect(inputs.sort()).toEqual(declared(name, "interface").sort());
  const outputs = [...type.required, ...type.optional, ...type.computed].sort();
  expect(outputs).toEqual(
    declared(name, "class")
      .map(([key]) => key)
      .sort(),
  );
});

test("what is missing or unknown is refused", () => {
  const { check } = cloud();
  const faults = (type: string, inputs: Properties) =>
    check({ type: token(type), name: "it" }, inputs).faults.map(
      ({ property, reason }) => property || reason,
    );
  expect(faults("DeploymentSettings", { stack: "prod", branch: "main" })).toEqual([
    "organization",
    "project",
    "branch",
  ]);
  expect(faults("DriftSchedule", OF)).toEqual(["scheduleCron"]);
  expect(faults("TtlSchedule", { ...OF, timestamp: "2026-12-31" })).toEqual([
    "timestamp must be in RFC 3339 format: 2026-12-31",
  ]);
  expect(faults("TtlSchedule", { ...OF, timestamp: "2026-12-31T00:00:00Z" })).toEqual([]);
});

test.each([
  ["DeploymentSettings", OF, { vcs: { provider: "github" } }, [], false],
  ["DeploymentSettings", OF, { stack: "dev" }, ["stack"], true],
  ["DriftSchedule", { ...OF, scheduleCron: "0 4 * * *" }, { scheduleCron: "0 5 * * *" }, [], false],
  ["DriftSchedule", { ...OF, scheduleCron: "0 4 * * *" }, { project: "other" }, ["project"], false],
  ["TtlSchedule", { ...OF, timestamp: "a" }, { timestamp: "b" }, ["timestamp"], false],
])("%s with %j: a change to %j replaces for %j", (type, before, change, replaces, first) => {
  const changed = { ...before, ...change };
  const answer = cloud().diff({ type: token(type), name: "it" }, before, changed);
  expect(answer.changed).toEqual(Object.keys(change));
  expect(answer.replaces).toEqual(replaces);
  expect(answer.deleteBeforeReplace ?? false).toBe(first);
});

test("each schedule has an id of its own, also after a replacement, and needs settings", async () => {
  const { service, create, delete: remove, read } = cloud();
  const ttl = { type: token("TtlSchedule"), name: "expiry" };
  const settings = { type: token("DeploymentSettings"), name: "settings" };
  const at = (day: number) => ({ ...OF, timestamp: `2026-12-0${day}T00:00:00Z` });
  await expect(create(ttl, at(1), false)).rejects.toThrow("deployment settings not found");
  expect((await create(settings, OF, false)).id).toBe("contoso/signing/prod");
  let last = await create(ttl, at(1), false);
  for (const day of [2, 3, 4]) {
    const next = await create(ttl, at(day), false);
    expect(next.id).not.toBe(last.id);
    expect(next.id).toBe(`contoso/signing/prod/ttl/${next.outputs.scheduleId}`);
    await remove(ttl, last.id, last.outputs);
    last = next;
  }
  expect(service.get(last.id)).toEqual(at(4));
  expect([...service.keys()]).toEqual(["contoso/signing/prod", last.id]);
  service.delete(last.id);
  expect(read(ttl, last.id, at(4), last.outputs)).toBeUndefined();
});

test("a read of the settings has no empty paths, and shows what somebody changed", async () => {
  const { service, create, read } = cloud();
  const it = { type: token("DeploymentSettings"), name: "settings" };
  const inputs = { ...OF, vcs: { provider: "github", paths: [] } };
  const { id, outputs } = await create(it, inputs, false);
  expect(read(it, id, inputs, outputs)?.inputs).toEqual({ ...OF, vcs: { provider: "github" } });
  service.set(id, { ...OF, vcs: { provider: "github", previewPullRequests: true } });
  expect(read(it, id, inputs, outputs)?.outputs.vcs).toEqual({
    provider: "github",
    previewPullRequests: true,
  });
});
