import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newestStep } from "../../workflow/steps/gate";

const SERVER = "contosoimages.azurecr.io";
const { run } = newestStep("", { name: "contosoimages", loginServer: SERVER }, "") as {
  run: string;
};

/** Runs the step with these answers of the Azure CLI, by image: tags, or an error. */
function newest(answers: Readonly<Record<string, string>>, wanted = "true") {
  const folder = mkdtempSync(join(tmpdir(), "countersign-newest-"));
  const cases = Object.entries(answers).map(([image, said]) =>
    said.startsWith("ERROR")
      ? `${image}) echo '${said}' >&2; return 3 ;;`
      : `${image}) printf '${said}' ;;`,
  );
  const stub = `on_registry() {\n  case "$4" in\n${cases.join("\n")}\n  esac\n}\n`;
  writeFileSync(join(folder, "azure.sh"), stub);
  writeFileSync(join(folder, "output"), "");
  const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", run], {
    encoding: "utf8",
    env: {
      PATH: process.env.PATH,
      NEWEST: wanted,
      IMAGES: Object.keys(answers).join("\n"),
      LOGIN_SERVER: SERVER,
      JOB_FOLDER: folder,
      GITHUB_OUTPUT: join(folder, "output"),
    },
  });
  const output = readFileSync(join(folder, "output"), "utf8");
  rmSync(folder, { recursive: true });
  return { status, stdout, stderr, output };
}

const written = (...references: string[]) =>
  `references<<END\n${references.map((it) => `${SERVER}/${it}\n`).join("")}END\n`;

test("the five newest tags of each image, without what is never signed", () => {
  const tags = ["buildcache", "6", `sha256-${"a".repeat(64)}`, "5", "4", "3", "2", "1"];
  const api = `sha256-${"b".repeat(64)}.sig\\nbuildcache-x\\n`;
  expect(newest({ web: `${tags.join("\\n")}\\n`, api })).toMatchObject({
    status: 0,
    stdout: "",
    output: written("web:6", "web:5", "web:4", "web:3", "web:2", "api:buildcache-x"),
  });
});

test("an image that was never pushed is said, and the others are listed", () => {
  const missing = 'ERROR: 2026-11-26 Error: repository "api" is not found. Correlation ID: 1.';
  const { status, stdout, output } = newest({ api: missing, web: "1\\n" });
  expect([status, stdout, output]).toEqual([
    0,
    "::warning::api is not in the registry yet.\n",
    written("web:1"),
  ]);
});

test("any other error stops the run", () => {
  const denied = "ERROR: The resource with name contosoimages could not be found.";
  const { status, stderr, output } = newest({ api: denied, web: "1\\n" });
  expect([status, output]).toEqual([1, ""]);
  expect(stderr).toContain(denied);
});

test("nothing, if nobody wants it, or if there is no tag", () => {
  expect(newest({ web: "1\\n" }, "false").output).toBe("");
  expect(newest({ web: "buildcache\\n" }).output).toBe("references<<END\n\nEND\n");
});
