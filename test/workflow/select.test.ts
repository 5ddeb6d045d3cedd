import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { selectSteps } from "../../workflow/steps/select";
import { builds } from "./plans";

const { images, registry, workflow } = builds.monorepo;
const step = selectSteps(images, registry.loginServer, workflow).at(-1);
const { run, env } = step as { run: string; env: Record<string, string> };
const [FIRST, SECOND, TOOLS] = images.map(({ name }) => name);
const ALL = [FIRST, SECOND, TOOLS];

const folder = mkdtempSync(join(tmpdir(), "countersign-select-"));
const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();

beforeAll(() => {
  git("init", "--quiet");
  commit("README.md");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Commits changes of files, and returns the commits before and after. */
function commit(...files: string[]): { before: string; after: string } {
  const head = () => git("rev-parse", "--verify", "--quiet", "HEAD");
  const before = files.includes("README.md") ? "" : head();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${Math.random()}`);
  }
  git("add", "--all");
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.invalid"];
  git(...who, "commit", "--quiet", "--message", "change");
  return { before, after: head() };
}

function selected(given: Record<string, string>): string[] {
  const output = join(folder, ".git", "output");
  writeFileSync(output, "");
  execFileSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      IMAGES: env.IMAGES,
      RUNNER_TEMP: join(folder, ".git"),
      GITHUB_OUTPUT: output,
      GITHUB_REF_TYPE: "branch",
      GITHUB_REF_NAME: "main",
      BEFORE: "",
      ...given,
    },
  });
  const [, rows = "[]"] = /^images=(.*)$/m.exec(readFileSync(output, "utf8")) ?? [];
  return JSON.parse(rows).map(({ image, ...row }: Record<string, string>) => {
    // A row has what the build needs, and not what selected it.
    expect(Object.keys(row)).toEqual(["context", "file"]);
    return image;
  });
}

test.each([
  ["a file of the first", ["apps/first/src/main.go"], [FIRST, TOOLS]],
  ["a file of the second", ["apps/second/Dockerfile"], [SECOND, TOOLS]],
  ["files of both", ["libraries/x/y", "apps/second/x"], ALL],
  ["a file of neither", ["docs/a.md"], [TOOLS]],
  ["a similar folder", ["apps/firsts/a", "x/apps/first/a"], [TOOLS]],
  ["a name with spaces and other letters", ["apps/first/a b\tü.txt"], [FIRST, TOOLS]],
  ["the workflow itself", [workflow], ALL],
])("a push to a branch that changes %s", (_, files, expected) => {
  const { before, after } = commit(...files);
  expect(selected({ BEFORE: before, GITHUB_SHA: after })).toEqual(expected);
});

test("a push of several commits counts all their changes", () => {
  const { before } = commit("apps/first/a");
  const { after } = commit("apps/second/a");
  expect(selected({ BEFORE: before, GITHUB_SHA: after })).toEqual(ALL);
});

test("a file that moves away counts for its former folder too", () => {
  commit("apps/first/moved");
  const before = git("rev-parse", "HEAD");
  git("mv", "apps/first/moved", "apps/second/moved");
  const { after } = commit("apps/second/moved");
  expect(selected({ BEFORE: before, GITHUB_SHA: after })).toEqual(ALL);
});

test.each([
  ["a new branch", "0".repeat(40)],
  ["a forced push that removed the former commit", "1".repeat(40)],
  ["a start by hand, or by a schedule", ""],
])("%s builds all images", (_, before) => {
  expect(selected({ BEFORE: before, GITHUB_SHA: git("rev-parse", "HEAD") })).toEqual(ALL);
});

test.each([
  ["first-app@1.2.3", [FIRST, TOOLS]],
  ["second-app/v2", [SECOND, TOOLS]],
  ["first-app@1/2", []],
  ["xfirst-app@1", []],
])("the tag %s", (name, expected) => {
  const after = git("rev-parse", "HEAD");
  const tag = { GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: name };
  expect(selected({ ...tag, BEFORE: "0".repeat(40), GITHUB_SHA: after })).toEqual(expected);
});
