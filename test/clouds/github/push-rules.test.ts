import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";
import type { Ruleset } from "./web";

type Rule = Ruleset["rules"][number];

const WORKFLOW = ".github/workflows/sign.yml";
const under = (rule: Rule, changes: Partial<Ruleset> = {}, owner: object = {}, web: object = {}) =>
  github({
    owner,
    repositories: [
      {
        name: "web",
        id: 7,
        rulesets: [{ name: "pushes", target: "push", rules: [rule], ...changes }],
        ...web,
      },
    ],
  });
const write = (
  cloud: ReturnType<typeof github>,
  file: string,
  content = "one\n",
  branch = "main",
) => cloud.file.create({ repository: "web", file, content, branch });

describe("a push rule refuses a file", () => {
  const of = (type: string, parameters: object) => ({ type, parameters: { ...parameters } });

  test.each([
    ["file_path_restriction", WORKFLOW, "a.md", "File path is restricted"],
    [
      of("file_path_restriction", { restricted_file_paths: ["k/*"] }),
      "k/x",
      "k/x/y",
      "File path is restricted",
    ],
    [
      of("max_file_path_length", { max_file_path_length: 5 }),
      "abc.md",
      "ab.md",
      "File path is too long",
    ],
    [
      of("file_extension_restriction", { restricted_file_extensions: [".crt"] }),
      "a.crt",
      "a.md",
      "File extension is restricted",
    ],
    [
      of("file_extension_restriction", { restricted_file_extensions: ["*.crt"] }),
      "a.crt",
      "crt",
      "File extension is restricted",
    ],
  ] as const)("%j: %s, and not %s", async (rule, bad, good, why) => {
    const cloud = under(rule as Rule);
    expect(await refusal(() => write(cloud, bad))).toEqual({
      code: "409",
      message: `409: PUT contents/${bad}: 409 Repository rule violations found\n\n${why}\n\n []`,
    });
    await write(cloud, good);
  });

  test("that is too large", async () => {
    const cloud = under({ type: "max_file_size", parameters: { max_file_size: 1 } });
    const { message } = await refusal(() => write(cloud, "a", "x".repeat(1024 * 1024 + 1)));
    expect(message).toContain("File is too large");
    await write(cloud, "a", "x".repeat(1024 * 1024));
  });

  test("on every branch, where a proposal does not help", async () => {
    const cloud = under("file_path_restriction");
    await cloud.branch.create({ repository: "web", branch: "next" });
    expect((await refusal(() => write(cloud, WORKFLOW, "x", "next"))).code).toBe("409");
  });
});

test.each([
  ["who may bypass it", { bypass: "always" }, {}, {}],
  ["who is exempt", { bypass: "exempt" }, {}, {}],
  ["a public repository", {}, {}, { private: false }],
  ["the plan pro", {}, { plan: "pro", type: "User" }, {}],
  ["a ruleset that is not in force", { enforcement: "evaluate" }, {}, {}],
] as const)("%s is not refused", async (_, changes, owner, web) => {
  const cloud = under("file_path_restriction", changes, owner, web);
  expect((await write(cloud, WORKFLOW)).id).toBe(`web:${WORKFLOW}:main`);
});

test("a rule about branches does nothing in a push ruleset", async () => {
  await write(under("pull_request"), WORKFLOW);
});
