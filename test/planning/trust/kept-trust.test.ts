import { describe, expect, test } from "vitest";
import type { PipelinePlan } from "../../../planning/stack-plan";
import { environments, proposing, trusted } from "../../support/kept";
import { found } from "../../support/planning";
import { next, refusedNext, run, standing } from "../../support/runs";

/** The next plan, proposed and not yet merged. */
const changing = (old: object, wanted: object) => next(proposing(wanted), standing(proposing(old)));
const app = { branches: [], identity: { application: {} } };

describe("until the merge, refs that are declared before and after can log in", () => {
  const rows: ReadonlyArray<readonly [string, object, object, readonly string[]]> = [
    [
      "a branch, where an environment is added",
      {},
      { environment: "release" },
      ["ref:refs/heads/main", "environment:release"],
    ],
    [
      "exact branches under a pattern of an environment",
      { branches: ["main", "release/1"] },
      { branches: ["main", "release/*"], environment: "release" },
      ["ref:refs/heads/main", "ref:refs/heads/release/1", "environment:release"],
    ],
    [
      "a tag pattern that is narrowed, as far as both go",
      { ...app, tags: ["v*"] },
      { ...app, tags: ["v1.*"], environment: "release" },
      ["ref:refs/tags/v1.*", "environment:release"],
    ],
    [
      "a tag pattern that is widened, as far as both go",
      { ...app, tags: ["v1.*"] },
      { ...app, tags: ["v*"], environment: "release" },
      ["ref:refs/tags/v1.*", "environment:release"],
    ],
    [
      "no tag pattern on a managed identity, which has no place for it",
      { ...app, branches: ["main"], tags: ["v*"] },
      { tags: ["v*"], environment: "release" },
      ["ref:refs/heads/main", "environment:release"],
    ],
    [
      "no ref that a managed identity could only have in an environment",
      { environment: "old", tags: ["v*"] },
      { tags: ["v*"], environment: "new" },
      ["environment:old", "environment:new"],
    ],
  ];
  test.each(rows)("%s", (_, old, wanted, subjects) => {
    expect(trusted(changing(old, wanted))).toEqual(subjects);
  });

  const policies: ReadonlyArray<readonly [string, string[], string[], string[]]> = [
    ["widened", ["v1.*"], ["v*"], ["v1.*"]],
    ["narrowed", ["v*"], ["v1.*"], ["v1.*"]],
    ["overlap in part", ["v1*", "main"], ["*-rc", "main"], ["main"]],
  ];
  test.each(policies)("tags of an environment that is replaced: %s", (_, old, next, kept) => {
    const changed = changing(
      { branches: [], tags: old, environment: "old" },
      { branches: [], tags: next, environment: "new" },
    );
    expect(environments(changed)).toEqual([
      ["new", ...next],
      ["old", ...kept],
    ]);
  });

  test("more narrower patterns than an application can have beside its environment", () => {
    const tags = Array.from({ length: 20 }, (_, index) => `v${index}.*`);
    const [old, wanted] = [
      { ...app, tags: ["v*"] },
      { ...app, tags, environment: "release" },
    ];
    expect(refusedNext(proposing(wanted), standing(proposing(old)))).toEqual([
      "web.tags | 21 | at most 20 federated credentials on one identity | There are 21: 20 of them belong to the current workflow and stay until a merge. Declare fewer branches and tags first, and merge that.",
    ]);
  });
});

describe("until the merge, what the user removed loses trust at once", () => {
  const two = { branches: ["main", "dev"] };
  const rows: ReadonlyArray<readonly [string, object, object, readonly string[]]> = [
    ["a branch", two, {}, ["ref:refs/heads/main"]],
    [
      "a branch, in a run that adds an environment",
      two,
      { environment: "release" },
      ["ref:refs/heads/main", "environment:release"],
    ],
    [
      "all branches that the current workflow has",
      {},
      { branches: ["dev"], environment: "release" },
      ["environment:release"],
    ],
    ["an environment", { environment: "old" }, {}, ["ref:refs/heads/main"]],
  ];
  test.each(rows)("%s", (_, old, wanted, subjects) => {
    const changed = changing(old, wanted);
    expect(trusted(changed)).toEqual(subjects);
    expect(environments(changed)?.map(([name]) => name)).toEqual(
      subjects.includes("environment:release") ? ["release"] : [],
    );
  });

  test("a branch of an environment that is replaced", () => {
    const changed = changing({ ...two, environment: "old" }, { environment: "new" });
    expect(trusted(changed)).toEqual(["environment:old", "environment:new"]);
    expect(environments(changed)).toEqual([
      ["new", "main"],
      ["old", "main"],
    ]);
  });

  test("an environment that somebody deleted on GitHub", () => {
    const changed = run(
      proposing({ environment: "new" }),
      standing(proposing({ environment: "old" })),
    );
    expect(trusted(changed)).toEqual(["environment:new"]);
    expect(environments(changed)).toEqual([["new", "main"]]);
  });

  const images = (...names: string[]) => ({ images: names.map((name) => ({ name })) });
  const pushed = ({ plan }: { plan?: PipelinePlan }) =>
    plan?.registries.map(({ name, images: all }) => [name, ...all]);

  test("an image, also on the registry that the current workflow pushes to", () => {
    const before = standing(proposing(images("web", "site")));
    expect(pushed(run(proposing(images("site")), before))).toEqual([["contosoimages", "site"]]);
    const registry = { resourceGroup: "rg-images", name: "otherimages" };
    const moved = (...names: string[]) => ({
      ...proposing(images(...names)),
      "countersign:registry": registry,
    });
    const other = {
      id: "/subscriptions/sub-1/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/otherimages",
      name: "otherimages",
      loginServer: "otherimages.azurecr.io",
      roleAssignmentMode: "AbacRepositoryPermissions",
    };
    const azure = { registry: found(other) };
    expect(pushed(run(moved("site", "new"), before, { azure }))).toEqual([
      ["otherimages", "site", "new"],
      ["contosoimages", "site"],
    ]);
    expect(pushed(run(moved("new"), before, { azure }))).toEqual([["otherimages", "new"]]);
  });
});
