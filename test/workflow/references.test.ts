import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BY_TAG_OR_DIGEST, referencesStep } from "../../workflow/steps/references";

const { run } = referencesStep("", "", "") as { run: string };
const { run: verifies } = referencesStep("", "", "", BY_TAG_OR_DIGEST, "more") as { run: string };
const SERVER = "contosoimages.azurecr.io";
const DIGEST = `sha256:${"a1".repeat(32)}`;
const OTHER = `sha256:${"b2".repeat(32)}`;
const WEB = `${SERVER}/web@${DIGEST}`;
const WORKER = `${SERVER}/team/worker@${OTHER}`;

function read(given: string, script = run, more = "") {
  const folder = mkdtempSync(join(tmpdir(), "countersign-references-"));
  const output = join(folder, "output");
  writeFileSync(output, "");
  const { status, stdout } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      GIVEN: given,
      MORE: more,
      LOGIN_SERVER: SERVER,
      IMAGES: "web\nteam/worker",
      GITHUB_OUTPUT: output,
    },
  });
  const written = readFileSync(output, "utf8");
  rmSync(folder, { recursive: true });
  return { status, stdout, written };
}

const accepted = (...references: string[]) =>
  `image=${references[0]?.slice(SERVER.length + 1).split("@")[0]}\nreferences<<END\n${references.join("\n")}\nEND\n`;

test.each([
  ["one reference", WEB, [WEB]],
  [
    "lines, with spaces, empty lines, and Windows' ends",
    ` ${WEB} \r\n\n${WORKER}\r\n`,
    [WEB, WORKER],
  ],
  ["a JSON list", JSON.stringify([WORKER, WEB]), [WORKER, WEB]],
  ["a reference twice", `${WEB}\n${WEB}`, [WEB]],
  ["a tag beside the digest", `${SERVER}/web:1.2@${DIGEST}`, [WEB]],
])("accepts %s", (_, given, expected) => {
  expect(read(given)).toMatchObject({ status: 0, stdout: "", written: accepted(...expected) });
});

test.each([
  ["lines", `${SERVER}/web:1`],
  ["a JSON list", JSON.stringify([`${SERVER}/web:1`])],
  ["nothing", ""],
])("adds the newest tags to %s", (_, given) => {
  const newest = `${SERVER}/team/worker:2`;
  const expected = given === "" ? [newest] : [`${SERVER}/web:1`, newest];
  const { status, written } = read(given, verifies, `${newest}\n`);
  expect(status).toBe(0);
  expect(written).toContain(`references<<END\n${expected.join("\n")}\nEND\n`);
});

describe("refuses everything, and says each reason", () => {
  test.each([
    [
      "a tag",
      `${SERVER}/web:latest`,
      `${SERVER}/web:latest has no digest. A tag can move: give ${SERVER}/IMAGE@sha256:DIGEST.`,
    ],
    ["a short digest", `${SERVER}/web@sha256:a1`, "has no digest"],
    ["another registry", `ghcr.io/web@${DIGEST}`, `ghcr.io/web@${DIGEST} is not in ${SERVER}`],
    ["a registry with a similar name", `${SERVER}.example/web@${DIGEST}`, `is not in ${SERVER}`],
    [
      "an image of another pipeline",
      `${SERVER}/api@${DIGEST}`,
      "is not an image of this workflow. Its images: web team/worker.",
    ],
    ["an image below one of the pipeline's", `${SERVER}/web/x@${DIGEST}`, "is not an image"],
    ["a pattern", `${SERVER}/*@${DIGEST}`, "is not an image"],
    ["nothing", " \n", "There is nothing to sign"],
    ["an empty JSON list", "[]", "There is nothing to sign"],
    ["a command", '"; touch pwned; "', "is not in"],
  ])("%s", (_, given, message) => {
    const { status, stdout, written } = read(given);
    expect([status, written]).toEqual([1, ""]);
    expect(stdout).toMatch(/^::error::/);
    expect(stdout).toContain(message);
  });

  test("several at once", () => {
    const { status, stdout, written } = read(`${WEB}\n${SERVER}/web:1\nghcr.io/web@${DIGEST}`);
    expect([status, written]).toEqual([1, ""]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });
});
