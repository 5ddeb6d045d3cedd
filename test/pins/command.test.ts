import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { pins } from "../../pins/table";
import { withHosts } from "./hosts";

/** Runs the command, which reaches only api.github.com, on loopback. */
function run(clouds: string): Promise<readonly [code: number | null, stdout: string]> {
  const preloaded = ["tsx", "./test/support/redirect.mjs"].flatMap((it) => ["--import", it]);
  const env = { ...process.env, TEST_CLOUDS: clouds };
  return new Promise((done) => {
    const child = spawn(process.execPath, [...preloaded, "pins/main.ts"], { env });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.on("close", (code) => done([code, stdout]));
  });
}

test("the exit status of the command is 1 only if there is something to do", async () => {
  const newest = { name: "v99.0.0", commit: { sha: "a".repeat(40) } };
  const checkout = "github/repos/actions/checkout/tags?per_page=100&page=1";
  const [code, stdout] = await withHosts({ [checkout]: { body: [newest] } }, ({ url }) => run(url));
  expect(stdout).toContain("actions/checkout should have v99.0.0:\n  commit  aaaaaaaa");
  expect(code).toBe(1);

  const [fine, said] = await run("http://127.0.0.1:1");
  expect(said.match(/ could not be asked: .*/g)).toHaveLength(3);
  expect(said).toContain(`0 current, 0 to change, ${pins().length} unknown.`);
  expect(fine).toBe(0);
});
