import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect, test } from "vitest";
import type { PullRequest } from "../../rehearsal/clouds/github/model";
import { type Bench, type Config, onEngine, world } from "../support/engine";
import { CALLABLE, CALLED } from "../support/governing";

interface Fixture {
  readonly config: Config;
  /** What GitHub had. */
  readonly repositories: ReadonlyArray<{
    readonly name: string;
    readonly branches: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly pullRequests: readonly PullRequest[];
    readonly environments: ReadonlyArray<{
      readonly name: string;
      readonly policies: ReadonlyArray<{ readonly name: string; readonly type: "branch" | "tag" }>;
    }>;
    readonly subjectTemplate?: string[];
  }>;
  readonly deployment: { readonly deployment: object };
  readonly resources: readonly object[];
}

/** The state of a stack that the program made before it recorded plans; long texts stand apart. */
function fixture(): Fixture {
  const text = readFileSync(join(__dirname, "../fixtures/stack-062c9d0.json"), "utf8");
  const { texts } = JSON.parse(text) as { texts: string[] };
  return JSON.parse(text, (_, value) => {
    const [, index] = /^@(\d+)$/.exec(typeof value === "string" ? value : "") ?? [];
    return index === undefined ? value : texts[Number(index)];
  });
}

const { config, repositories, deployment, resources } = fixture();

/** The clouds have what the fixture's GitHub had, and the state is the fixture's. */
async function onFixture(work: (bench: Bench) => Promise<void>): Promise<void> {
  const there = world({
    owner: { plan: "enterprise" },
    repositories: repositories.map(({ name, branches, environments, subjectTemplate }, index) => ({
      name,
      id: 7 + index,
      files: branches.main,
      environments: environments.map((it) => ({
        name: it.name,
        policies: it.policies.map(({ name: pattern, type }) => ({ name: pattern, type })),
      })),
      subjectTemplate,
    })),
  });
  const github = {
    ...there.github,
    users: [{ login: "alice", id: 1001 }],
    callableWorkflows: { [CALLED]: CALLABLE },
  };
  await onEngine({ config, world: { ...there, github } }, async (bench) => {
    for (const { name, branches, pullRequests } of repositories) {
      const repository = bench.clouds.github.repository(name);
      for (const [branch, files] of Object.entries(branches)) {
        if (branch === "main") continue;
        repository.branches.set(branch, new Map(Object.entries(files)));
        repository.starts.set(branch, new Map(Object.entries(branches.main ?? {})));
      }
      for (const pull of pullRequests) repository.pullRequests.set(pull.number, { ...pull });
    }
    const own = await bench.stack.exportStack();
    await bench.stack.importStack({
      ...deployment,
      deployment: { ...own.deployment, ...deployment.deployment, resources },
    } as typeof own);
    await work(bench);
  });
}

/** The steps of a run, sorted: `update github:index/repositoryFile:RepositoryFile web-files-workflow`. */
async function stepsOf({ run }: Bench): Promise<string[]> {
  const steps: string[] = [];
  const onEvent = ({ resourcePreEvent: it }: EngineEvent) => {
    const { op, urn, type } = it?.metadata ?? {};
    if (op && op !== "same") steps.push(`${op} ${type} ${urn?.split("::").at(-1)}`);
  };
  await run("up", "up", { onEvent });
  return steps.sort();
}

const FILE = "github:index/repositoryFile:RepositoryFile";
const isOfProposal = (step: string) => step.includes(" site-proposal-");

test("a stack from before plans were recorded is taken over: nothing is replaced or deleted", async () => {
  await onFixture(async (bench) => {
    const steps = await stepsOf(bench);
    expect(steps.filter((it) => !isOfProposal(it))).toEqual([
      "create pulumi:providers:github github-reads",
      ...["app", "called", "one", "payments", "two", "web"].map(
        (name) => `update ${FILE} ${name}-files-workflow`,
      ),
    ]);
    // The timestamp root is in the workflow, but other branches can have a workflow that reads it.
    for (const { name, branches } of repositories) {
      const files = bench.clouds.github.repository(name).branches.get("main");
      expect([...(files?.keys() ?? [])]).toEqual(
        expect.arrayContaining(Object.keys(branches.main ?? {})),
      );
    }
    expect(await stepsOf(bench)).toEqual([]);
  });
});

test("its open proposal, which no record names, gives way to one with the new text", async () => {
  await onFixture(async (bench) => {
    await bench.run("up", "up");
    const { pullRequests } = bench.clouds.github.repository("site");
    expect([...pullRequests.values()].map(({ state }) => state)).toEqual(["closed", "open"]);
    expect(await stepsOf(bench)).toEqual([]);
  });
});
