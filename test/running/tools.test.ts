import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MissingTools, tools } from "../../rehearsal/tools/tools";

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "countersign-cache-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test("all that a machine lacks is said at once, with how to get it", async () => {
  vi.stubEnv("CI", "");
  vi.stubEnv("PATH", "/nonexistent");
  vi.stubEnv("XDG_CACHE_HOME", cache);
  const wanted = tools(["act", "notation", "node", "zizmor", "openssl", "shellcheck"]);
  const error = await wanted.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MissingTools);
  expect((error as MissingTools).missing).toEqual([
    expect.stringMatching(/^Go 1\.26 or later: /),
    expect.stringMatching(/^npm: /),
    expect.stringMatching(/^Python with pip: apt-get install python3-pip/),
    "openssl: apt-get install openssl",
  ]);
  expect(readdirSync(cache)).toEqual([]);
});

test("what is there is not installed again", async () => {
  const names = ["registry", "node"] as const;
  const first = await tools(names, { onProgress: console.log }).catch((error: unknown) => {
    if (error instanceof MissingTools && process.env.CI !== "true") return undefined;
    throw error;
  });
  if (!first) return console.warn("NO TOOL IS FETCHED: this machine lacks what it takes");
  const said: string[] = [];
  // Nothing could be fetched now.
  vi.stubEnv("PATH", "/nonexistent");
  expect(await tools(names, { onProgress: (line) => said.push(line) })).toEqual(first);
  expect(said).toEqual([]);
  expect(Object.values(first).every((path) => existsSync(path))).toBe(true);
});

test("a tool is not obtained once it is not wanted any more", async () => {
  vi.stubEnv("XDG_CACHE_HOME", cache);
  const wanted = tools(["registry"], { signal: AbortSignal.abort() });
  await expect(wanted).rejects.toThrow();
  const left = readdirSync(cache, { recursive: true });
  expect(left.filter((name) => name !== "countersign")).toEqual([]);
});
