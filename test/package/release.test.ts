import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintWorkflows } from "../../rehearsal/running/lint";
import { tools } from "../../rehearsal/tools/tools";
import { LINT_TOOLS } from "../../rehearsal/tools/versions";
import { ACTIONS } from "../../workflow/pins";

const FILE = ".github/workflows/release.yml";

test("the release workflow passes actionlint, shellcheck, and zizmor's auditor", async () => {
  const options = { tools: await tools(LINT_TOOLS), auditor: [FILE] };
  expect(await lintWorkflows([FILE], options)).toEqual([]);
});

test("the release workflow has the pins of the generated workflows", () => {
  const used = readFileSync(FILE, "utf8").match(/(?<=uses: ).+/g);
  const { checkout, setupNode } = ACTIONS;
  const pins = [checkout, setupNode].map((it) => `${it.action}@${it.sha} # ${it.version}`);
  expect(used).toEqual(pins);
});

test("the template depends on the version of this package", () => {
  const versionOf = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  const { version } = versionOf("package.json");
  expect(versionOf("template/package.json").dependencies).toEqual({ countersign: version });
});
