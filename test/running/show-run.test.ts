import { expect, test } from "vitest";
import type { RunReport } from "../../rehearsal/report";
import { showRun } from "../../rehearsal/show-run";

const digest = `sha256:${"a".repeat(64)}`;
const reference = `localhost:40123/payments/processing/worker@${digest}`;
const run: RunReport = {
  pipeline: "payments",
  run: "push to branch main",
  ok: true,
  reasons: [],
  steps: [{ name: "Build and push", seconds: 2.12 }],
  images: [
    {
      reference,
      inspect: `Inspecting all signatures\n    ├── ${"long ".repeat(30)}`,
      verify: `Successfully verified signature for ${reference}`,
    },
  ],
  seconds: 8.62,
  overhead: 6.5,
};

/** Without colors. */
const plain = (lines: readonly string[]) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are control characters
  lines.map((line) => line.replace(/\u001b\[\d+m/g, ""));

test("the first run names the stand-ins and shows the signature", () => {
  const lines = plain(showRun(run, true));
  expect(lines.slice(0, 4)).toEqual([
    "✓ Ran the committed workflow of payments: push to branch main",
    "  8.6 s, 6.5 s of it without building and pushing",
    "  Stand-ins replace the logins, the build, the plugin, and all addresses.",
    "  $ notation inspect localhost:40123/payments/processing/worker@sha256:aaaaaaaa…",
  ]);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test("a run that builds nothing says nothing of a build", () => {
  const verifying = { ...run, pipeline: "payments, verifying", steps: [], images: [] };
  expect(plain(showRun(verifying, false))).toEqual([
    "✓ Ran the committed workflow of payments, verifying: push to branch main",
    "  8.6 s",
  ]);
});

test("a later run is short, and a failed run says why", () => {
  const lines = plain(showRun({ ...run, ok: false, reasons: ["payments: no"], images: [] }, false));
  expect(lines).toEqual([
    "✗ Ran the committed workflow of payments: push to branch main",
    "  8.6 s, 6.5 s of it without building and pushing",
    "  payments: no",
  ]);
});
