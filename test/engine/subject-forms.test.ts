import { expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { violations } from "../support/identities";
import { NOTHING, writes } from "../support/proposals";
import { trusted } from "../support/seen";

const repositories = ["web", "api"].map((name, index) => ({
  name,
  id: 7 + index,
  immutableSubjects: false,
}));
const there = world({ repositories });
const stackOf = (subjects: string) =>
  config({ "countersign:pipelines": { web: { subjects }, api: {} } });
const names = (name: string) => `repo:Contoso/${name}:ref:refs/heads/main`;
const ids = (name: string) => `repo:Contoso@5/${name}:ref:refs/heads/main`;

test("names → both → immutable, and names → immutable at once: no run is ever turned away", async () => {
  await onEngine({ config: stackOf("auto"), world: there }, async (bench) => {
    const { run, configure, clouds } = bench;
    const before = clouds.inventory();
    const check = (...subjects: string[]) =>
      expect([trusted(clouds), violations(clouds, stackOf("auto"), there)]).toEqual([
        subjects.sort(),
        [],
      ]);
    await run("up", "names");
    check(names("web"), names("api"));
    await configure(stackOf("both"));
    expect(await run("up", "both")).toMatchObject({ ...NOTHING, created: 1 });
    check(names("web"), ids("web@7"), names("api"));

    // What an owner does on GitHub.
    for (const { name } of repositories) {
      const { settings } = clouds.github.repository(name);
      (settings as { immutableSubjects: boolean }).immutableSubjects = true;
    }
    await configure(stackOf("immutable"));
    const from = clouds.traffic.writes.length;
    expect(await run("up", "immutable")).toMatchObject({ ...NOTHING, created: 1, deleted: 2 });
    check(ids("web@7"), ids("api@8"));
    const [first, ...rest] = writes(bench, from);
    expect([first, rest.sort()]).toEqual([
      "create api-identity-branch-main-immutable",
      ["api", "web"].map((it) => `delete ${it}-identity-branch-main-names`),
    ]);
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});
