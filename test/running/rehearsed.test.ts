import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import program from "../../index";
import { configurationOf } from "../../rehearsal/configuration";
import { derivedWorld } from "../../rehearsal/derived-world";
import { rehearseAndRun } from "../../rehearsal/running/rehearse-and-run";
import { config, theEngine } from "../support/engine";
import { stored } from "../support/meant";
import { useBench } from "./bench";

// For its skip, with the reason, where this machine lacks a tool.
useBench();

const BUILD = "Build and push";
const release = { tags: ["v*"], environment: "release" };
const pipelines = {
  site: { ...release, signWith: "cli", ids: "variables", level: "environment" },
  batch: {
    signWith: "cli",
    images: [
      // Nothing has values for these secrets.
      { name: "batch/one", secrets: { npm: "NPM_TOKEN", github: "GITHUB_TOKEN" } },
      { name: "batch/two" },
    ],
  },
};

// CI also runs the example stack, whose pipelines sign with the action.
test("what a rehearsal commits signs images that verify, whatever the configuration", async () => {
  const settings = config({ "countersign:pipelines": pipelines });
  const configured = stored(settings);
  const derived = derivedWorld(configurationOf(configured, process.env));
  const faults = { ...derived.azure.faults, refusedLogins: 2 };
  const said: string[] = [];
  const { report, files } = await rehearseAndRun(
    {
      engine: await theEngine(),
      program,
      project: readFileSync("Pulumi.yaml", "utf8"),
      world: { ...derived, azure: { ...derived.azure, faults } },
      stack: {
        name: "test",
        text: stringify({ config: settings }),
        config: configured,
        leftOut: [],
      },
    },
    (line) => said.push(line),
  );
  expect(report.reasons).toEqual([]);
  expect(report.runs.map(({ pipeline, run, images }) => [pipeline, run, images.length])).toEqual([
    ["site", "push to branch main", 1],
    ["site", "push to tag v1.0", 1],
    ["batch", "push to branch main", 2],
  ]);
  for (const { reference, verify } of report.runs.flatMap((run) => run.images)) {
    expect(verify.split("\n")[0]).toBe(`Successfully verified signature for ${reference}`);
    expect(verify).toContain("signed with the following user metadata");
  }

  // The report and the folder of --out have the bytes that were committed.
  const [workflow] = files.filter(({ path }) => path.endsWith("sign-image.yml"));
  expect(workflow?.content).toContain("contosoimages.azurecr.io");
  expect(workflow?.content).toContain("http://timestamp.acs.microsoft.com/");
  for (const { content, sha256 } of files) {
    expect(content).not.toContain("localhost");
    expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
  }

  const builds = report.runs.flatMap(({ steps }) => steps.filter(({ name }) => name === BUILD));
  expect(builds.map(({ image }) => image)).toEqual([
    undefined,
    undefined,
    "batch/one",
    "batch/two",
  ]);
  expect(said.filter((line) => line.includes(`batch/two: ${BUILD}, `))).toHaveLength(1);
});
