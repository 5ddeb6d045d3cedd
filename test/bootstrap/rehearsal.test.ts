import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type BootstrapConfiguration, readBootstrap } from "../../bootstrap/configuration";
import { stackValues } from "../../bootstrap/discover";
import { bootstrap } from "../../bootstrap/program";
import { ENVIRONMENTS } from "../../ci/plan";
import { holds, showBootstrap } from "../../commands/rehearse-bootstrap/show";
import { proveBootstrap } from "../../rehearsal/bootstrap/prove";
import { rehearseBootstrap } from "../../rehearsal/bootstrap/rehearse";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { theEngine } from "../support/engine";

const text = readFileSync("bootstrap/Pulumi.dev.yaml", "utf8").replace("../Pulumi", "./Pulumi");
const values = {
  ...stackValues("bootstrap/Pulumi.dev.yaml"),
  "bootstrap:stackFile": "./Pulumi.dev.yaml",
};
const configuration = readBootstrap(values, stackValues).configuration as BootstrapConfiguration;

async function rehearsed(tamper?: (clouds: Clouds) => void) {
  return rehearseBootstrap(configuration, {
    engine: await theEngine(),
    program: bootstrap,
    project: readFileSync("bootstrap/Pulumi.yaml", "utf8"),
    stack: { name: "dev", text },
    tamper,
  });
}

test("the program converges, its proof holds, and destroy leaves nothing", async () => {
  const result = await rehearsed();
  expect(result.faults).toEqual([]);
  expect(holds(result)).toBe(true);
  await expect(`${showBootstrap(result, {})}\n`).toMatchFileSnapshot("../golden/bootstrap.txt");
});

test("what a hand could change makes the proof fail", async () => {
  const failures: Record<string, readonly string[]> = {};
  const meant = { repository: "platform", branch: "main", environments: ENVIRONMENTS };
  await rehearsed((clouds) => {
    const { azure, github } = clouds;
    const violations = () => {
      const { logins, rights } = proveBootstrap(clouds, meant);
      return [
        ...logins.filter((it) => it.violation).map((it) => `${it.run}: ${it.login}`),
        ...rights.filter((it) => it.violation).map((it) => `${it.operation}: ${it.allowed}`),
      ];
    };
    const [, deploy] = [...azure.credentials.values()];
    const subject = deploy?.subject ?? "";
    const trust = (changed: string) => Object.assign(deploy ?? {}, { subject: changed });
    trust(subject.replace("environment:countersign-deploy", "pull_request"));
    failures["a widened subject"] = violations();
    trust(subject);
    const limited = [...azure.assignments.values()].filter((it) => it.condition);
    const conditions = limited.map((it) => it.condition);
    for (const it of limited) it.condition = undefined;
    failures["dropped conditions"] = violations();
    for (const [index, it] of limited.entries()) it.condition = conditions[index];
    const gate = github.repository("platform").environments.get(ENVIRONMENTS.deploy);
    if (gate) gate.policies = undefined;
    failures["an environment that is open to every branch"] = violations();
  });
  expect(failures).toEqual({
    "a widened subject": [
      "main, in deploy: AADSTS700213",
      "a pull request, without an environment: deploy",
    ],
    "dropped conditions": ["let a person push: deploy", "make somebody an administrator: deploy"],
    "an environment that is open to every branch": [
      "a pull request, in deploy: deploy",
      "another branch, in deploy: deploy",
    ],
  });
});
