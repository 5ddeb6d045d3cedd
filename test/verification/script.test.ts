import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyScript } from "../../verification/script";
import { microsoftRoot } from "../../workflow/certificate";

const SERVER = "localhost:5000";
const DIGEST = `sha256:${"a1".repeat(32)}`;
const script = verifyScript(
  {
    subject: "C=US, ST=Washington, O=Contoso\\, Inc.",
    signingRoot: microsoftRoot(),
    timestampRoot: microsoftRoot(),
    statements: [{ name: "countersign/prod/web", scopes: [`${SERVER}/web`] }],
  },
  { name: "contoso", loginServer: SERVER },
);

/** In the place of Notation: it resolves each tag to one digest, and finds a good signature. */
const NOTATION = `#!/bin/bash
echo "$*" >> "$CALLS"
case "$*" in
  "list "*:evil) printf 'Error: \\e[1A\\e[2K\\r✓ verified\\n' >&2; exit 1 ;;
  "list "*@*) echo "$2" ;;
  "list "*) echo "\${2%:*}@${DIGEST}" ;;
esac
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-script-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/notation"), NOTATION);
  chmodSync(join(folder, "bin/notation"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

function verify(args: readonly string[], text = script) {
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  const { status, stdout, stderr } = spawnSync("bash", ["-s", "--", ...args], {
    input: text,
    encoding: "utf8",
    env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, CALLS: calls, NOTATION_PASSWORD: "x" },
  });
  return { status, stdout, stderr, calls: readFileSync(calls, "utf8") };
}

describe("verify.sh", () => {
  test.each([
    ["a tag", `${SERVER}/web:1.2`, `${SERVER}/web:1.2`],
    ["a digest", `${SERVER}/web@${DIGEST}`, `${SERVER}/web`],
    // The tag can be of another image. Notation ignores it.
    ["a tag beside a digest", `${SERVER}/web:9.9@${DIGEST}`, `${SERVER}/web`],
  ])("names what it verified: %s", (_, image, name) => {
    const { status, stdout, calls } = verify([image]);
    expect([status, stdout]).toEqual([0, `✓ verified: ${name}\n  ${DIGEST}\n`]);
    expect(calls).toContain(`verify --verbose ${SERVER}/web@${DIGEST}`);
    expect(calls).not.toContain("9.9");
  });

  test("lets a registry write no control characters", () => {
    const { status, stdout } = verify([`${SERVER}/web:evil`]);
    expect([status, stdout]).toEqual([
      1,
      `✗ not readable: ${SERVER}/web:evil\n  Error: [1A[2K✓ verified\n`,
    ]);
  });

  test.each([
    [[], 2],
    [["--help"], 0],
    [["-h"], 0],
    [["--stack", "prod"], 2],
    [[`${SERVER}/web:1`, "--help"], 0],
  ])("shows its usage for %j, and verifies nothing", (args, expected) => {
    const { status, stdout, stderr, calls } = verify(args);
    expect([status, calls]).toEqual([expected, ""]);
    const usage = (expected === 0 ? stdout : stderr).split("\n");
    expect(usage[0]).toBe("verify.sh IMAGE…");
    expect(usage.filter((line) => line.length > 80)).toEqual([]);
  });

  test("does not succeed if a part of it is missing", () => {
    const lines = script.split("\n");
    const ends = lines.flatMap((line, index) => (line === "}" || line === "" ? [index + 1] : []));
    const cut = ends.filter((end) => end < lines.length - 2 && end > 5);
    const wrong = cut.filter((end) => {
      const { status } = verify([`${SERVER}/web:1`], `${lines.slice(0, end).join("\n")}\n`);
      return status === 0;
    });
    expect(cut.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});
