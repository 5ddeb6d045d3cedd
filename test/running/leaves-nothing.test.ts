import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { startServices } from "../../rehearsal/running/services/services";
import { useBench } from "./bench";
import { generated } from "./generated";

// Other tests leave their own files beside these for a while.
vi.stubEnv("TMPDIR", mkdtempSync(join(tmpdir(), "countersign-test-")));
afterAll(() => {
  rmSync(tmpdir(), { recursive: true });
  vi.unstubAllEnvs();
});

const bench = useBench();

/** A process with this argument is one of the test's own. */
const MARK = "86399.137";
const SLOW = ['archive="$JOB', `sleep ${MARK} & sleep ${MARK}\n          archive="$JOB`] as const;

test("a run that is broken off leaves no process and no file", async () => {
  const before = remains();
  const stop = new AbortController();
  const workflow = generated({ signWith: "cli" }, bench().services).replace(...SLOW);
  const run = bench().run(workflow, { signal: stop.signal });
  whenSlow(stop);
  await expect(run).rejects.toThrow(/abort/i);
  expect(marked()).toEqual([]);
  expect(remains()).toEqual(before);
});

test("a step's background process ends with the run", async () => {
  const workflow = generated({ signWith: "cli" }, bench().services);
  const run = await bench().run(
    workflow.replace('archive="$JOB', `(sleep ${MARK} &)\n          $&`),
  );
  expect(run.reason, run.log).toBeUndefined();
  expect(marked()).toEqual([]);
});

test("services end with all their files and ports", async () => {
  const before = remains();
  const services = await startServices({ tools: bench().tools });
  expect(remains()).not.toEqual(before);
  await services.stop();
  expect(remains()).toEqual(before);
  for (const port of services.backstage.ports) {
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  }
});

test("services that cannot start leave nothing", async () => {
  const before = remains();
  const broken = { ...bench().tools, openssl: "/nonexistent/openssl" };
  await expect(startServices({ tools: broken })).rejects.toThrow(/ENOENT/);
  expect(remains()).toEqual(before);
});

/** Breaks off once both of the slow processes run. */
function whenSlow(stop: AbortController): void {
  if (marked().length >= 2) stop.abort();
  else setTimeout(() => whenSlow(stop), 20);
}

function remains(): string[] {
  return readdirSync(tmpdir()).sort();
}

function marked(): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      const [command, argument] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return /(^|\/)sleep$/.test(command ?? "") && argument === MARK;
    } catch {
      return false;
    }
  });
}
