import { expect, test } from "vitest";
import type { PipelinePlan } from "../../surroundings/pipeline";
import type { Registry } from "../../surroundings/registry";
import { conditionProblems } from "../../surroundings/role-conditions";
import type { SharedPlan } from "../../surroundings/sharing";

/** Fits into a condition of 8 KB, but not twice. */
const images = (name: string) => Array.from({ length: 40 }, (_, index) => `${name}-${index}`);
const registry = (permissions: "rbac" | "abac") =>
  ({ id: "/registries/images", name: "images", permissions, loginServer: "" }) as Registry;
const scope = (permissions: "rbac" | "abac", of: string[]) => ({
  ...registry(permissions),
  images: of,
});
const plan = (permissions: "rbac" | "abac", kind: string, inForce: string[]) =>
  ({
    name: "web",
    identity: { kind },
    images: images("next").map((name) => ({ name })),
    inForce: { registries: inForce.length > 0 ? [scope(permissions, inForce)] : [] },
  }) as unknown as PipelinePlan;
const said = (given: string[], length: number) => ({
  path: "countersign:pipelines.web.images",
  given,
  allowed: "images whose names fit into a role condition of 8192 characters",
  remedy: `with those of the workflow in force, which stay until a merge, these need ${length}: change half of them, and merge that first`,
});

test("images that fit, but not together with those of the workflow in force, are named", () => {
  const both = [...images("next"), ...images("old")];
  const [problem, ...rest] = conditionProblems(
    registry("abac"),
    [plan("abac", "created", images("old"))],
    [],
  );
  expect(rest).toEqual([]);
  expect(problem).toEqual(said(both, 8541));
  const shared = { args: { users: ["api", "web"], registries: [scope("abac", both)] } };
  expect(
    conditionProblems(
      registry("abac"),
      [plan("abac", "shared", images("old"))],
      [shared as unknown as SharedPlan],
    ),
  ).toEqual([said(both, 8541)]);
});

test("alone, the same, or where roles reach the whole registry, they are not", () => {
  for (const [permissions, inForce] of [
    ["abac", []],
    ["abac", images("next")],
    ["rbac", images("old")],
  ] as const) {
    const it = plan(permissions, "created", [...inForce]);
    expect(conditionProblems(registry(permissions), [it], [])).toEqual([]);
  }
});
