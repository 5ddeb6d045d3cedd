import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { config, world } from "../support/engine";
import { MAIN, rehearse } from "./command";

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

describe("npm run rehearse", () => {
  let kept: string;
  let done: ReturnType<typeof rehearse>;
  beforeAll(() => {
    kept = mkdtempSync(join(tmpdir(), "cli-test-"));
    done = rehearse(["--json", "--out", join(kept, "out")]);
  });
  afterAll(() => rmSync(kept, { recursive: true, force: true }));

  test("--json prints the documented report, and --out keeps it with the files as committed", () => {
    const out = join(kept, "out");
    expect(done.status).toBe(0);
    const report = JSON.parse(done.stdout);
    expect(report).toEqual(JSON.parse(readFileSync(join(out, "report.json"), "utf8")));
    expect(report).toMatchObject({
      version: 1,
      holds: true,
      reasons: [],
      runs: [],
      otherMode: {
        mode: "rbac",
        reasons: [],
        reaches: expect.arrayContaining([expect.stringMatching(/^In RBAC mode, a push role /)]),
      },
    });
    expect(report.assumed.length).toBe(6);
    expect(report.made.map(({ name }: { name: string }) => name).slice(0, 3)).toEqual([
      "web-identity",
      "web-identity-branch-main-immutable",
      "web-registry-contosoimages-reader",
    ]);
    expect(report.phases.map(({ name }: { name: string }) => name)).toEqual([
      "preview",
      "up",
      "up again",
      "destroy",
    ]);
    expect(Object.keys(report.outputs).sort()).toEqual(["payments", "verification", "web"]);
    expect(
      report.committed.map(
        ({ repository, path }: Record<string, string>) => `${repository}/${path}`,
      ),
    ).toEqual(
      ["web", "payments"].map((name) => `contoso/${name}/.github/workflows/sign-image.yml`),
    );
    const [{ sha256 }] = report.committed;
    const file = join(out, "repositories/contoso/web/.github/workflows/sign-image.yml");
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(sha256);
  });

  test("--world takes the world that --out kept, and comes to the same", () => {
    const out = join(kept, "out");
    const first = JSON.parse(done.stdout);
    const again = join(folder, "again");
    const args = ["--json", "--world", join(out, "world.yaml"), "--out", again];
    const second = JSON.parse(rehearse(args).stdout);
    const timeless = ({ phases, ...report }: typeof first) => report;
    // The file states everything, so nothing is assumed, and there is no second mode.
    const { otherMode: _, ...same } = timeless(first);
    expect(timeless(second)).toEqual({ ...same, assumed: [] });
    expect(readdirSync(again).sort()).toEqual(["report.json", "repositories", "verify"]);
  });

  test("shows everything within 80 columns", () => {
    const done = rehearse([]);
    expect(done.status).toBe(0);
    const lines = done.stdout.split("\n");
    expect(lines[0]).toBe("✓ The rehearsal passed: the trust proof holds; 2 doors stay open.");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => /^[A-Z]/.test(line))).toEqual([
      "Assumed, not checked",
      "Created",
      "Committed",
      "Trust proof: who can log in to Azure, and what they can do then",
      "Which images a verifier accepts, and who can make one",
      "In RBAC mode",
      "Add `-- --out DIR` to keep the committed files and the report.",
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
    expect(done.stdout.split("\n").slice(0, 4).join(" ").replace(/\s+/g, " ")).toContain(
      "preview failed: What exists does not fit the configuration: 1 problem",
    );
  });

  test.each([
    ["an unknown option", () => ["--wrold", "x"], 2, "Unknown option '--wrold'"],
    [
      "no such file",
      () => ["--config", "Pulumi.none.yaml"],
      1,
      "Pulumi.none.yaml cannot be used: there is no such file.",
    ],
    [
      "a bad world",
      () => ["--world", file("w.yaml", { azure: { resourceGroups: [] }, github: {}, gitlab: {} })],
      1,
      "The world cannot be used: 2 problems",
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
