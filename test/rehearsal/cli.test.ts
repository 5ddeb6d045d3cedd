import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { config, world } from "../support/engine";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : stringify(content));
  return path;
}

const MAIN = ["--import", "tsx", "rehearsal/main.ts"];

function rehearse(args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
  return spawnSync(process.execPath, [...MAIN, ...args], options);
}

describe("npm run rehearse", () => {
  test("--json prints the documented report, and --out keeps it with the files as committed", () => {
    const out = join(folder, "out");
    const done = rehearse(["--json", "--out", out]);
    expect(done.status).toBe(0);
    const report = JSON.parse(done.stdout);
    expect(report).toEqual(JSON.parse(readFileSync(join(out, "report.json"), "utf8")));
    expect(report).toMatchObject({ version: 1, holds: true, reasons: [], runs: [] });
    expect(report.phases.map(({ name }: { name: string }) => name)).toEqual([
      "preview",
      "up",
      "up again",
      "destroy",
    ]);
    expect(Object.keys(report.outputs).sort()).toEqual(["payments", "web"]);
    expect(
      report.committed.map(
        ({ repository, path }: Record<string, string>) => `${repository}/${path}`,
      ),
    ).toEqual(
      ["web", "payments"].flatMap((name) => [
        `contoso/${name}/.github/certs/timestamp-root.pem`,
        `contoso/${name}/.github/workflows/sign-image.yml`,
      ]),
    );
    const root = join(out, "repositories/contoso/web/.github/certs/timestamp-root.pem");
    expect(readFileSync(root, "utf8")).toBe(
      readFileSync("workflow/microsoft-identity-verification-root-2020.pem", "utf8"),
    );
  });

  test("shows everything within 100 columns", () => {
    const done = rehearse([]);
    expect(done.status).toBe(0);
    const lines = done.stdout.split("\n");
    expect(lines[0]).toMatch(/^✓ The rehearsal passed: /);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.filter((line) => /^(Created|Committed|Trust proof)/.test(line))).toEqual([
      "Created, in this order",
      "Committed",
      "Trust proof: who can log in, and what they can do then",
    ]);
  });

  test("says the reason first and fails where a phase fails", () => {
    const stack = file("Pulumi.bad.yaml", { config: config() });
    const bad = file(
      "world.yaml",
      world({ repositories: [{ name: "web", id: 7, archived: true }] }),
    );
    const done = rehearse(["--config", stack, "--world", bad]);
    expect(done.status).toBe(1);
    expect(done.stdout.split("\n").slice(0, 4).join("\n")).toContain(
      "preview failed: What exists does not fit the configuration: 1 problem",
    );
  });

  test.each([
    ["an unknown option", () => ["--wrold", "x"], 2, "Unknown option '--wrold'"],
    ["no such file", () => ["--config", "Pulumi.none.yaml"], 1, "ENOENT"],
    ["another file's name", () => ["--config", "package.json"], 1, "is not a stack file"],
    [
      "a file without `config:`",
      () => ["--config", file("Pulumi.e.yaml", { "github:owner": "contoso" })],
      1,
      "Pulumi.e.yaml has no `config:` with the stack's keys below it",
    ],
    ["a folder that cannot be made", () => ["--out", "package.json"], 1, "package.json"],
    [
      "a bad world",
      () => ["--world", file("w.yaml", { azure: { resourceGroups: [] }, github: {}, gitlab: {} })],
      1,
      "The world cannot be used: 3 problems",
    ],
  ])("refuses %s", (_, args, status, words) => {
    const done = rehearse(args());
    expect([done.status, done.stderr]).toEqual([status, expect.stringContaining(words)]);
  });

  test("reports a bad configuration as it reports everything", () => {
    const bad = config({ "countersign:pipelines": {} });
    const done = rehearse(["--json", "--config", file("Pulumi.x.yaml", { config: bad })]);
    expect(done.status).toBe(1);
    const { holds, reasons } = JSON.parse(done.stdout);
    expect([holds, reasons.length]).toEqual([false, 1]);
    expect(reasons[0]).toContain("The configuration cannot be used: 1 problem");
  });

  test("leaves out what only its owner can decrypt, and says so", () => {
    const stack = file("Pulumi.s.yaml", {
      encryptionsalt: "v1:x",
      config: { ...config(), "github:token": { secure: "v1:abc" } },
    });
    const done = rehearse(["--config", stack, "--json"]);
    expect(done.stderr).toContain("The rehearsal leaves out github:token.");
    expect(JSON.parse(done.stdout).holds).toBe(true);
  });

  test("broken off, leaves no process and no file", async () => {
    const child = spawn(process.execPath, MAIN, {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    await new Promise<void>((resolve) =>
      child.stderr.on("data", (chunk) => {
        said += chunk;
        if (said.includes("preview ")) resolve();
      }),
    );
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(said).toContain("stopped by SIGINT");
    expect(readdirSync(folder).filter((name) => name.startsWith("countersign-"))).toEqual([]);
    const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.includes(folder))).toEqual([]);
  });
});

describe("the engine", () => {
  test("too old on PATH is named and passed over", () => {
    mkdirSync(join(folder, "bin"));
    const old = file("bin/pulumi", "#!/bin/sh\necho v3.100.0\n");
    chmodSync(old, 0o755);
    const done = rehearse(["--json"], { PATH: `${join(folder, "bin")}:${process.env.PATH}` });
    expect(done.stderr).toContain(
      "pulumi 3.100.0 on PATH is too old. At least 3.248.0 is required.",
    );
    expect(JSON.parse(done.stdout).engine).toEqual({
      version: "3.250.0",
      source: "an earlier run's copy",
    });
  });
});
