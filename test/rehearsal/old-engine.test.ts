import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { config } from "../support/engine";
import { rehearse } from "./command";

test("an engine on PATH that is too old is named and passed over", () => {
  const folder = mkdtempSync(join(tmpdir(), "old-engine-"));
  try {
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/pulumi"), "#!/bin/sh\necho v3.100.0\n");
    chmodSync(join(folder, "bin/pulumi"), 0o755);
    // A configuration that is refused needs no run of the engine.
    const bad = join(folder, "Pulumi.x.yaml");
    writeFileSync(bad, stringify({ config: config({ "countersign:pipelines": {} }) }));
    const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}` };
    const done = rehearse(["--json", "--config", bad], env);
    expect(done.stderr).toContain(
      "pulumi 3.100.0 on PATH is too old. At least 3.248.0 is required.",
    );
    expect(JSON.parse(done.stdout).engine).toEqual({
      version: "3.250.0",
      source: "an earlier run's copy",
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
