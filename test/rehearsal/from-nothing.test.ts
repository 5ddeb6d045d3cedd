import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readStackFile } from "../../rehearsal/stack-file";
import { found, missing, planned, snapshot } from "../support/planning";

const PAGE = readFileSync("docs/from-nothing.md", "utf8");

/** The blocks of code, in which each line is indented. */
const blocks = PAGE.split(/\n(?=\S)/).map((it) =>
  it
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.slice(4))
    .join("\n"),
);

let folder: string;
let stack: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "from-nothing-"));
  stack = join(folder, "Pulumi.prod.yaml");
  const [text = ""] = PAGE.match(/^ {4}config:\n(?: {6}.*\n)+/m) ?? [];
  writeFileSync(stack, text.replace(/^ {4}/gm, ""));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["of the page", "contoso-signing", []],
  ["with a new account", "{ create: { name: contoso-signing } }", ["signing-account"]],
])("the stack file %s leads to a committed workflow", (_, account, made) => {
  const written = readFileSync(stack, "utf8");
  const file = join(folder, "Pulumi.variant.yaml");
  const line = /(account:) contoso-signing .*/;
  expect(written).toMatch(line);
  writeFileSync(file, written.replace(line, `$1 ${account}`));
  const args = ["--import", "tsx", "commands/main.ts", "rehearse", "--config", file, "--json"];
  const done = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(done.status, done.stderr).toBe(0);
  const report = JSON.parse(done.stdout);
  expect(report).toMatchObject({ holds: true, reasons: [] });
  const names = report.made.map(({ name }: { name: string }) => name);
  expect(names.filter((name: string) => name === "signing-account")).toEqual(made);
  expect(names).toEqual(
    expect.arrayContaining([
      ...["registry", "certificate-profile", "web-new-repository"],
      ...["web-new-file-Dockerfile", "web-identity", "web-files-workflow"],
    ]),
  );
});

test("the page shows the first Dockerfile as it is", () => {
  const { azure } = snapshot({ azure: { registry: missing, profile: missing } });
  const account = found({ login: "contoso", id: 5, type: "Organization" });
  const nothing = snapshot({ azure, github: { account }, repositories: { web: missing } });
  const [repository] = planned(readStackFile(stack).config, nothing).newRepositories;
  const [starter] = repository?.starters ?? [];
  expect(starter?.path).toBe("Dockerfile");
  expect(blocks).toContainEqual(expect.stringContaining((starter?.content ?? "?").trimEnd()));
});
