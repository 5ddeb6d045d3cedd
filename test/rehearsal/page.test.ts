import { describe, expect, test } from "vitest";
import { byPipeline } from "../../rehearsal/made";
import { createdLines } from "../../rehearsal/page/created";
import { beside, clipped, wrapped } from "../../rehearsal/page/lines";
import { built } from "./built";

describe("a line", () => {
  test.each([
    ["fits", "  a b", ["  a b"]],
    ["keeps its spaces", "  a  b", ["  a  b"]],
    ["is empty", "", [""]],
    [
      "is wrapped",
      `  ${"word ".repeat(16)}end`,
      [`  ${"word ".repeat(15)}word`.slice(0, 77).trimEnd(), "    word end"],
    ],
    [
      "has a long path",
      `  ${"folder/".repeat(12)}file`,
      [`  ${"folder/".repeat(11)}`, "    folder/file"],
    ],
    ["has one long word", "x".repeat(130), ["x".repeat(60), `  ${"x".repeat(70)}`]],
    [
      "is the column of a problem",
      `    expected  ${"word ".repeat(14)}end`,
      [`    expected  ${"word ".repeat(13)}`.trimEnd(), `${" ".repeat(14)}word end`],
    ],
  ])("%s", (_, line, expected) => {
    expect(wrapped(line)).toEqual(expected);
  });

  test("can hang elsewhere", () => {
    expect(wrapped(`  ${"word ".repeat(16)}`.trimEnd(), 7).at(-1)).toBe("       word");
  });

  test("is clipped in its middle", () => {
    expect([clipped("abcdefghij", 10), clipped("abcdefghijk", 10)]).toEqual([
      "abcdefghij",
      "abcdef…ijk",
    ]);
  });

  test("has a second column, or a second line", () => {
    expect(beside("  a", "b", 6)).toEqual(["  a   b"]);
    expect(beside(`  ${"a".repeat(70)}`, "bbbbbbb", 6)).toEqual([
      `  ${"a".repeat(70)}`,
      "      bbbbbbb",
    ]);
  });
});

describe("what was created", () => {
  const { intents } = built({ pipelines: { web: {}, "web-two": {} }, trusted: [] });
  const token = (kind: string) => `github:index/x:${kind}`;
  const writes = [
    { token: token("RepositoryFile"), name: "web-two-files-workflow" },
    {
      token: token("RepositoryEnvironmentDeploymentPolicy"),
      name: "web-environment-r-branch-main",
    },
    { token: token("SomethingElse"), name: "web-else" },
    { token: token("RoleAssignment"), name: "web-writer" },
    { token: token("RepositoryEnvironment"), name: "web-environment-r" },
    { token: token("UserAssignedIdentity"), name: "team-identity" },
    { token: token("RoleAssignment"), name: "web-reader" },
    { token: token("ActionsSecret"), name: "web-two-ids" },
  ];

  test("is in one order, whatever the order of the writes", () => {
    const names = (some: typeof writes) => byPipeline(some, intents).map(({ name }) => name);
    expect(names(writes)).toEqual([
      "team-identity",
      "web-environment-r",
      "web-environment-r-branch-main",
      "web-reader",
      "web-writer",
      "web-else",
      "web-two-ids",
      "web-two-files-workflow",
    ]);
    expect(names([...writes].reverse())).toEqual(names(writes));
  });

  test("is listed by pipeline and kind", () => {
    const made = byPipeline(writes, intents);
    expect(createdLines({ made })).toEqual([
      "  for the stack",
      "    UserAssignedIdentity: team-identity",
      "  web",
      "    RepositoryEnvironment: web-environment-r",
      "    RepositoryEnvironmentDeploymentPolicy: web-environment-r-branch-main",
      "    RoleAssignment: web-reader, web-writer",
      "    SomethingElse: web-else",
      "  web-two",
      "    ActionsSecret: web-two-ids",
      "    RepositoryFile: web-two-files-workflow",
    ]);
  });
});
