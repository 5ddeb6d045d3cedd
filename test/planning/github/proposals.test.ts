import { describe, expect, test } from "vitest";
import { found, repository, WORKFLOW, web } from "../../support/planning";
import { close, edit, merge, run, type World } from "../../support/runs";

const proposing = (pipeline: object = {}) => web({ commit: "pull-request", ...pipeline });
const OTHER = proposing({ signWith: "action" });

const proposal = ({ plan }: World) => plan?.files.proposal;
const idOf = (world: World) => proposal(world)?.id;
const said = ({ plan }: World) => [...(plan?.notes ?? []), ...(plan?.warnings ?? [])];
const PR = "https://github.com/Contoso/web/pull/1";

describe("what is proposed", () => {
  test("the workflow, on a branch of its own", () => {
    const first = run(proposing());
    expect(proposal(first)?.files.map(({ path }) => path)).toEqual([WORKFLOW]);
    expect(first.plan?.files.committed).toBeUndefined();
    expect(said(first)).toEqual([
      "proposes its files in a pull request: signing starts when it is merged into main",
    ]);
  });

  test("nothing where the default branch has what is wanted", () => {
    const merged = run(proposing(), merge(run(proposing())));
    expect(proposal(merged)).toBeUndefined();
    expect(merged.changes.records?.web?.proposal).toBeUndefined();
    expect(said(merged)).toEqual([
      "removes its finished proposal from the state: the pull request and its branch stay on GitHub",
    ]);
    expect(said(run(proposing(), merged))).toEqual([]);
  });
});

describe("the open proposal stays", () => {
  const first = run(proposing());

  test("in a second run, which says what it waits for", () => {
    const second = run(proposing(), first);
    expect(second.plan).toEqual({ ...first.plan, notes: expect.any(Array) });
    expect(said(second)).toEqual([`waits for the merge of ${PR}: until then nothing is signed`]);
  });

  test("where the configuration changes: its files are updated", () => {
    const changed = run(OTHER, first);
    expect(idOf(changed)).toBe(idOf(first));
    expect(proposal(changed)?.files).not.toEqual(proposal(first)?.files);
  });

  test("where an interrupted run recorded nothing but left its branch in the state", () => {
    const { records: _, ...interrupted } = first.changes;
    expect(idOf(run(proposing(), { ...first, changes: interrupted }))).toBe(idOf(first));
  });

  test("where the repository is renamed", () => {
    const there = { repositories: { web: repository({ name: "site" }) } };
    const renamed = run(proposing({ repository: "site" }), first, there);
    expect(idOf(renamed)).toBe(idOf(first));
    expect(proposal(renamed)?.repository).toBe("web");
  });
});

describe("a new proposal takes its place", () => {
  const first = run(proposing());
  const standing = run(proposing(), merge(first));

  test.each([
    ["after a merge, where the configuration changes", OTHER, merge(first)],
    ["after a merge that a run has seen", OTHER, standing],
    [
      "where somebody edits the workflow",
      proposing(),
      edit(standing, WORKFLOW, (it) => `#\n${it}`),
    ],
    ["where somebody reverts the merge", proposing(), { ...merge(first), main: {} }],
    ["where the default branch changes under it", OTHER, edit(first, WORKFLOW, () => "name: x\n")],
    ["where it was closed and the configuration changes", OTHER, close(first)],
  ])("%s", (_, config, before) => {
    const next = run(config, before);
    expect(idOf(next)).toBeDefined();
    expect(idOf(next)).not.toBe(idOf(first));
    expect(said(next)[0]).toMatch(/^proposes /);
    expect(next.branches).toContain(`countersign/web-${idOf(next)}`);
  });

  test("where another branch becomes the default one", () => {
    const there = { repositories: { web: repository({ defaultBranch: "trunk" }) } };
    const moved = run(proposing(), first, there);
    expect(idOf(moved)).not.toBe(idOf(first));
  });

  test("where the pipeline gets another repository", () => {
    const there = { repositories: { web: repository({ name: "api", id: 8 }) } };
    const moved = run(proposing({ repository: "api" }), first, there);
    expect(idOf(moved)).not.toBe(idOf(first));
    expect(proposal(moved)?.repository).toBe("api");
  });

  test("after `pulumi destroy`, beside the branch that stayed on GitHub", () => {
    const again = run(proposing(), { ...first, changes: {} });
    expect(idOf(again)).not.toBe(idOf(first));
    expect(idOf(run(proposing(), { ...first, branches: [], changes: {} }))).toBe(idOf(first));
  });
});

describe("what is told of a proposal", () => {
  const first = run(proposing());
  const changed = run(OTHER, run(proposing(), merge(first)));

  test.each([
    [
      "a change waits",
      run(OTHER, changed),
      `waits for the merge of ${PR}: until then the workflow on main stays as it is`,
    ],
    [
      "a change is proposed",
      changed,
      "proposes a change of its files in a pull request, which takes effect when it is merged into main",
    ],
    [
      "it was closed",
      run(proposing(), close(first)),
      `pull request ${PR} was closed without a merge, so nothing is signed: reopen and merge it (restore its branch first if it is gone), or remove the pipeline`,
    ],
    [
      "a change was closed",
      run(OTHER, close(changed)),
      `pull request ${PR} was closed without a merge, so the workflow on main stays as it is: reopen and merge it (restore its branch first if it is gone), or change the configuration back`,
    ],
    [
      "somebody changed its base",
      run(proposing(), {
        ...first,
        pullRequest: { state: "open", merged: false, html_url: PR, base: { ref: "dev" } },
      }),
      `pull request ${PR} now targets dev, so nothing is signed: change its base back to main`,
    ],
    [
      "the default branch got the same content in another way",
      run(proposing(), { ...first, main: merge(first).main }),
      `closes ${PR}, because main has what is wanted`,
    ],
    [
      "the files are committed from now on",
      run(web(), first),
      `closes ${PR}, because its files are committed directly`,
    ],
  ])("%s", (_, world, text) => {
    expect(said(world)).toEqual([text]);
  });

  test("an older workflow that a proposal leaves behind, as long as it is there", () => {
    const path = ".github/workflows/release.yml";
    const standing = run(proposing(), merge(first));
    const moving = run(proposing({ workflow: path }), standing);
    const left = `main still has ${WORKFLOW}: delete it, or it goes on running`;
    expect(said(moving)).toContain(left);
    const moved = run(proposing({ workflow: path }), merge(moving));
    expect(said(moved)).toContain(left);
    expect(said(run(proposing({ workflow: path }), moved))).toEqual([left]);
    const { [WORKFLOW]: _, ...main } = moved.main;
    expect(said(run(proposing({ workflow: path }), { ...moved, main }))).toEqual([]);
  });
});

describe("what a pull request says", () => {
  test("of a change, and of what pushes can reach", () => {
    const first = run(proposing());
    expect(proposal(first)?.body).toContain("`contosoimages.azurecr.io/web`");
    const changed = run(OTHER, run(proposing(), merge(first)));
    expect(proposal(changed)?.body).not.toBe(proposal(first)?.body);
    const rbac = {
      azure: {
        registry: found({
          id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/r",
          name: "contosoimages",
          loginServer: "contosoimages.azurecr.io",
          roleAssignmentMode: "LegacyRegistryPermissions",
        }),
      },
    };
    expect(proposal(run(proposing(), undefined, rbac))?.body).toContain(
      "every image of the registry `contosoimages`",
    );
  });
});

test("an environment that the proposal's workflow names is created at once", () => {
  const first = run(proposing({ environment: "release" }));
  expect(first.plan?.environments.map((it) => it.environment.name)).toEqual(["release"]);
});
