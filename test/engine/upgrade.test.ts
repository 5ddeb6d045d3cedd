import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect, test } from "vitest";
import type { PullRequest } from "../../rehearsal/clouds/github/model";
import { type Config, onEngine, world } from "../support/engine";
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

test("a stack from before plans were recorded is taken over: nothing is replaced or deleted", async () => {
  const { config, repositories, deployment, resources } = fixture();
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
      for (const pull of pullRequests) repository.pullRequests.set(pull.number, pull);
    }
    const own = await bench.stack.exportStack();
    await bench.stack.importStack({
      ...deployment,
      deployment: { ...own.deployment, ...deployment.deployment, resources },
    } as typeof own);
    const steps: string[] = [];
    const onEvent = ({ resourcePreEvent: it }: EngineEvent) => {
      const { op, urn, type } = it?.metadata ?? {};
      if (op && op !== "same") steps.push(`${op} ${type} ${urn?.split("::").at(-1)}`);
    };
    expect(await bench.run("up", "first", { onEvent })).toMatchObject({ replaced: 0, deleted: 0 });
    expect(steps).toEqual([
      "create pulumi:providers:github github-reads",
      // Its text says more than it did.
      "update github:index/repositoryPullRequest:RepositoryPullRequest site-proposal-c8c01de2c2-pull-request",
    ]);
    expect(await bench.run("up", "again")).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect(bench.clouds.github.repository("site").pullRequests.size).toBe(1);
  });
});
