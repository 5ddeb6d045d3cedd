import { describe, expect, test } from "vitest";
import { describeProblems } from "../../configuration/problems";
import type { Report } from "../../rehearsal/report";
import type { Kept } from "../../rehearsal/show";
import { type Building, signing } from "./built";
import { governed, LONG, shown } from "./shown";

const both: Building = {
  pipelines: { web: { branches: ["main", "develop"] } },
  workflow: signing("permissions: { id-token: write }\nsteps: []", "branches: [main, develop]"),
  trusted: [],
};

describe("a page stays within 80 columns", () => {
  const files = [`.github/workflows/sign-${LONG}.yml`, ".github/certs/timestamp-root.pem"];
  test.each<readonly [string, Building | undefined, Partial<Report>, Kept | undefined]>([
    [
      "long names",
      governed,
      { merged: [`Contoso/web#1: ${"Sign the images ".repeat(10)}`] },
      undefined,
    ],
    ["several branches", both, { notes: [`web ${"is a note ".repeat(20)}`] }, undefined],
    [
      "what was assumed, created and committed",
      governed,
      {
        assumed: [`Certificate profile p: its subject is CN=${"Contoso ".repeat(12)}`],
        made: [{ type: "a:b:RepositoryEnvironmentDeploymentPolicy", name: `web-${LONG}` }],
        committed: files.map((path) => ({ repository: "Contoso/web", path, sha256: LONG })),
      },
      { folder: `/${"folder/".repeat(20)}`, world: true },
    ],
    [
      "reasons",
      undefined,
      { holds: false, reasons: [`web, ${"a push ".repeat(20)}: ${LONG}`] },
      undefined,
    ],
    [
      "the other mode",
      both,
      { otherMode: { mode: "rbac", reasons: [], reaches: ["In RBAC mode ".repeat(10)] } },
      undefined,
    ],
  ])("with %s", (_, it, changes, kept) => {
    const lines = shown(it, changes, kept);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("the first line", () => {
  const web = { pipelines: { web: {} }, trusted: ["repo:Contoso@5/web@7:ref:refs/heads/main"] };
  test.each<readonly [string, Building | undefined, Partial<Report>, string]>([
    [
      "passed",
      undefined,
      {},
      "✓ The rehearsal passed: every phase succeeded, and the trust proof holds.",
    ],
    ["one door", web, {}, "✓ The rehearsal passed: the trust proof holds; 1 door stays open."],
    [
      "two doors",
      {
        ...web,
        pipelines: { web: { subjects: "both" } },
        trusted: [...web.trusted, "repo:Contoso/web:ref:refs/heads/main"],
      },
      {},
      "✓ The rehearsal passed: the trust proof holds; 2 doors stay open.",
    ],
    ["failed", web, { holds: false, reasons: ["x"] }, "✗ The rehearsal failed."],
  ])("says %s", (_, it, changes, expected) => {
    expect(shown(it, changes)[0]).toBe(expected);
  });
});

test("a reason with problems keeps its columns, and a text to commit stays as it is", () => {
  const problem = {
    path: "countersign:a",
    given: 1,
    expected: "word ".repeat(15).trim(),
    fix: "Do it.",
  };
  const attachment = `jobs:\n  sign: ${"x".repeat(90)}`;
  const reason = `preview failed: ${describeProblems("No", [{ ...problem, attachment }])}`;
  expect(shown(undefined, { holds: false, reasons: [reason] }).slice(0, 10)).toEqual([
    "✗ The rehearsal failed.",
    "  preview failed: No: 1 problem",
    "    countersign:a",
    "      given     1",
    "      expected  word word word word word word word word word word word word word",
    "                word word",
    "      fix       Do it.",
    "",
    "jobs:",
    `  sign: ${"x".repeat(90)}`,
  ]);
});

test("what was assumed is listed, and what can be done about it", () => {
  const lines = shown(undefined, { assumed: ["Owner contoso: the plan is team"] });
  expect(lines.slice(3)).toEqual([
    "",
    "Assumed, not checked",
    "  Owner contoso: the plan is team.",
    "  If something is different in your clouds, say so in a file for --world.",
  ]);
});

describe("the other mode", () => {
  const of = (reasons: string[], reaches: string[]) =>
    shown(undefined, { otherMode: { mode: "rbac", reasons, reaches } })
      .slice(5)
      .join(" ")
      .replace(/\s+/g, " ");
  test.each([
    [[], [], "RBAC mode: the trust proof holds; no further door stays open."],
    [[], ["A. Fix: b"], "RBAC mode: the trust proof holds; 1 more door stays open. ! A. Fix: b."],
    [["x"], [], "RBAC mode: it fails there, see above."],
  ])("with reasons %j and doors %j", (reasons, reaches, expected) => {
    expect(of(reasons, reaches)).toContain(expected);
  });
});

describe("the last line", () => {
  const committed = [{ repository: "contoso/web", path: "a", sha256: "b" }];
  test.each<readonly [string, Partial<Report>, Kept | undefined, string]>([
    ["a refusal", {}, { folder: "out", world: false }, "Kept in out: report.json."],
    ["a failure", {}, { folder: "out", world: true }, "Kept in out: world.yaml and report.json."],
    [
      "a success",
      { committed },
      { folder: "out", world: true },
      "Kept in out: the committed files, world.yaml, and report.json.",
    ],
    [
      "nothing kept",
      { committed },
      undefined,
      "Add `-- --out DIR` to keep the committed files and the report.",
    ],
  ])("after %s", (_, changes, kept, expected) => {
    expect(shown(undefined, changes, kept).at(-1)).toBe(expected);
  });
});
