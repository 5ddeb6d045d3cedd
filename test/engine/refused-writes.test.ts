import { expect, test } from "vitest";
import type { PipelineRecord } from "../../snapshot";
import { type Bench, config, onEngine } from "../support/engine";
import { refuseOnce } from "../support/faults";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { NOTHING, quiet, WORKFLOW, writes } from "../support/proposals";
import { faults, lost } from "../support/seen";

const it = governing({}, { [CALLED]: CALLABLE });
const there = {
  ...it,
  github: {
    ...it.github,
    repositories: [
      { name: "web", id: 7 },
      { name: "shared", id: 8 },
      { name: "api", id: 9 },
      { name: "job", id: 10 },
    ],
  },
};
const owners = ["0e8e2d5c-0000-4000-8000-000000000001"];
const refs = { branches: ["main"], tags: ["v*"] };
const team = { branches: ["main"], ids: "variables", identity: { share: "team" } };
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const stackOf = (pipelines: object) => config({ "countersign:pipelines": pipelines });

/** Runs until nothing is refused any more. */
async function persist({ run }: Bench, refusedOne: () => Promise<void>): Promise<void> {
  for (let count = 0; count < 40; count += 1) {
    const reason = await run("up", `up ${count}`).then(
      () => undefined,
      (failure: Error) => failure.message,
    );
    if (reason === undefined) return;
    expect(reason).toContain("503: injected fault: refused");
    await refusedOne();
  }
  throw new Error("it does not converge");
}

/** What the pipelines recorded, as the stack's exported state has it. */
async function records({ stack }: Bench): Promise<Record<string, PipelineRecord | undefined>> {
  const { resources = [] } = (await stack.exportStack()).deployment;
  const found = ["web", "api", "job"].map((name) => [
    name,
    resources.find(({ urn }: { urn: string }) => urn.endsWith(`index:SigningPipeline::${name}`))
      ?.outputs?.record,
  ]);
  return Object.fromEntries(found);
}

/** How many writes there were of each pipeline; those of its shared identity count too. */
function counts(bench: Bench, from: number): Record<string, number> {
  const names = writes(bench, from)
    .filter((it) => !it.startsWith("delete"))
    .map((it) => it.replace(" team-", " job-"));
  return Object.fromEntries(
    ["web", "api", "job"].map((of) => [of, names.filter((it) => it.includes(` ${of}-`)).length]),
  );
}

test("a first `up` in which each write is refused once converges, and nothing is made twice", async () => {
  /** Committed in an environment; proposed, by an application; a reusable workflow, by a shared identity. */
  const wanted = stackOf({
    web: { ...refs, environment: "release" },
    api: { ...refs, commit: "pull-request", identity: { application: { owners } } },
    job: { ...team, trust },
  });
  /** E.g. environment, two policies, identity, credential, three roles, three secrets, a file. */
  const all: Record<string, number> = { web: 12, api: 14, job: 10 };
  await onEngine({ config: wanted, world: there }, async (bench) => {
    const { clouds, run } = bench;
    const before = clouds.inventory();
    const refused = refuseOnce(clouds);
    await persist(bench, async () => {
      const made = counts(bench, 0);
      for (const [name, record] of Object.entries(await records(bench))) {
        expect(record === undefined || made[name] === all[name], name).toBe(true);
      }
    });
    clouds.traffic.fault = undefined;
    expect(counts(bench, 0)).toEqual(all);
    expect(writes(bench).sort()).toEqual([...refused].sort());
    expect(Object.values(await records(bench)).map((it) => it?.plans.length)).toEqual([1, 1, 1]);

    clouds.github.merge("api", 1, { deleteBranch: true });
    expect(faults(clouds, wanted, there)).toEqual([]);
    expect(await run("up", "merged")).toMatchObject({ ...NOTHING, deleted: 4 });
    await quiet(bench);
    await run("destroy", "destroy");
    const left = clouds.inventory().filter((it) => !before.includes(it));
    expect(left).toEqual([`file api/${WORKFLOW} on main`]);
  });
});

test("a change in which each write is refused once: until it is made, the old plan is recorded", async () => {
  const api = { branches: ["main"], commit: "pull-request" };
  const old = stackOf({ web: { ...refs, environment: "old" }, api, job: team });
  const changed = { ...api, ids: "variables" };
  const others = {
    web: { ...refs, environment: "new", signWith: "action" },
    job: { ...team, trust },
  };
  const moved = { ...changed, workflow: ".github/workflows/release.yml" };
  const wanted = stackOf({ ...others, api: moved });
  /** The current workflow of `api` is at its old path. */
  const current = stackOf({ ...others, api: changed });
  const all: Record<string, number> = { web: 5, api: 6, job: 3 };
  await onEngine({ config: old, world: there }, async (bench) => {
    const { clouds, configure, run } = bench;
    await run("up", "first");
    clouds.github.merge("api", 1);
    await run("up", "merged");
    const before = await records(bench);
    const from = clouds.traffic.writes.length;

    await configure(wanted);
    const refused = refuseOnce(clouds);
    await persist(bench, async () => {
      const made = counts(bench, from);
      for (const [name, record] of Object.entries(await records(bench))) {
        if (made[name] !== all[name]) expect(record, name).toEqual(before[name]);
      }
      expect(lost(clouds, current, there)).toEqual([]);
    });
    clouds.traffic.fault = undefined;
    expect(counts(bench, from)).toEqual(all);
    expect(writes(bench, from).sort()).toEqual([...refused].sort());
    const after = await records(bench);
    expect(after.api?.plans.map(({ workflow }) => workflow.path)).toEqual([
      WORKFLOW,
      ".github/workflows/release.yml",
    ]);
    expect([after.web, after.job].map((it) => it?.plans.length)).toEqual([1, 1]);
    await quiet(bench);

    clouds.github.merge("api", 2);
    clouds.github.repository("api").branches.get("main")?.delete(WORKFLOW);
    await run("up", "merged");
    expect(faults(clouds, wanted, there)).toEqual([]);
    await quiet(bench);
  });
});
