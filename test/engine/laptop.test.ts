import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { embeddedClouds } from "../../rehearsal/clouds/clouds";
import { configurationOf } from "../../rehearsal/configuration";
import { derivedWorld } from "../../rehearsal/derived-world";
import { readStackFile } from "../../rehearsal/stack-file";
import { theEngine } from "../support/engine";
import { startLanguageRuntime } from "../support/language-runtime";

test("`pulumi up` in a process of its own, through the SDK's loader, does what a rehearsal does", async () => {
  const { command } = await theEngine();
  const clouds = embeddedClouds(
    derivedWorld(configurationOf(readStackFile("Pulumi.dev.yaml").config)),
  );
  const [providers, runtime] = await Promise.all([
    clouds.open(),
    startLanguageRuntime(process.cwd()),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "laptop-"));
  mkdirSync(join(folder, "state"));
  for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts"]) {
    cpSync(file, join(folder, file));
  }
  const pulumi = (...args: string[]) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(command.command, [...args, "--non-interactive"], {
        cwd: folder,
        env: {
          ...process.env,
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "x",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DEBUG_PROVIDERS: providers.map(({ name, port }) => `${name}:${port}`).join(","),
        },
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          said += chunk;
        });
      }
      child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(said))));
    });
  const client = ["--client", `127.0.0.1:${runtime.port}`];
  try {
    await pulumi("stack", "init", "dev");
    expect(await pulumi("up", "--yes", "--skip-preview", ...client)).toContain("+ 36 created");
    expect(await pulumi("preview", ...client)).toContain("36 unchanged");
    expect(clouds.github.repository("web").commits.map(({ path }) => path)).toEqual([
      ".github/workflows/sign-image.yml",
    ]);
  } finally {
    for (const provider of providers) provider.stop();
    runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
