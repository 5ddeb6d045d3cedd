import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import program from "../../index";
import { rehearseAndRun } from "../../rehearsal/running/rehearse-and-run";
import { config, theEngine } from "../support/engine";
import { stored } from "../support/meant";
import { useBench } from "./bench";

// For its skip, with the reason, where this machine lacks a tool.
useBench();

const release = { tags: ["v*"], environment: "release" };
const pipelines = {
  site: { ...release, signWith: "cli", ids: "variables", level: "environment" },
  batch: { signWith: "cli", images: [{ name: "batch/one" }, { name: "batch/two" }] },
};

// CI also runs the example stack, whose pipelines sign with the action.
test("what a rehearsal commits signs images that verify, whatever the configuration", async () => {
  const settings = config({ "countersign:pipelines": pipelines });
  const { report } = await rehearseAndRun(
    {
      engine: await theEngine(),
      program,
      project: readFileSync("Pulumi.yaml", "utf8"),
      stack: {
        name: "test",
        text: stringify({ config: settings }),
        config: stored(settings),
        leftOut: [],
      },
    },
    () => {},
  );
  expect(report.reasons).toEqual([]);
  expect(report.runs.map(({ pipeline, run, images }) => [pipeline, run, images.length])).toEqual([
    ["site", "push to branch main", 1],
    ["site", "push to tag v1.0", 1],
    ["batch", "push to branch main", 2],
  ]);
  for (const { reference, verify } of report.runs.flatMap((run) => run.images)) {
    expect(verify).toBe(`Successfully verified signature for ${reference}`);
  }
});
