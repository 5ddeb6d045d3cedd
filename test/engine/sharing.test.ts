import { expect, test } from "vitest";
import { type Config, onEngine, world } from "../support/engine";
import { held, ownIdentity, stackOf, violations } from "../support/identities";
import { partedBy, watch } from "../support/replay";

/** As Pulumi stores them, and so everywhere: in the order of their names. */
const IDS: Readonly<Record<string, number>> = { api: 8, job: 9, web: 7 };
const ALL = Object.keys(IDS);
const BRANCHES = ["main", "next"];
const there = world({ repositories: ALL.map((name) => ({ name, id: IDS[name] ?? 0 })) });
const sharing = (...names: readonly string[]): Config =>
  stackOf(
    Object.fromEntries(
      names.map((name) => [name, { identity: { share: "team" }, branches: BRANCHES }]),
    ),
  );
const credential = (name: string, branch: string) => `${name}_branch-${branch}-immutable`;
const shared = (...names: readonly string[]) =>
  ownIdentity(
    "countersign-test-team",
    names,
    names.flatMap((name) =>
      BRANCHES.map(
        (branch) =>
          `repo:Contoso@5/${name}@${IDS[name]}:ref:refs/heads/${branch} (${credential(name, branch)})`,
      ),
    ),
  );

test("one of three leaves the stack and comes back: the others never lack anything", async () => {
  await onEngine({ config: sharing("web", "api", "job"), world: there }, async (bench) => {
    const { run, configure, clouds } = bench;
    const { traffic } = clouds;
    const before = clouds.inventory();
    const written = (from: number) =>
      traffic.writes
        .slice(from)
        .filter(({ token }) => token.endsWith(":FederatedIdentityCredential"))
        .map(({ operation, name }) => `${operation} ${name}`);
    await run("up", "three");
    const three = held(clouds);
    expect(three).toEqual(shared(...ALL));
    // Entra refuses two writes at once on one identity.
    const names = ALL.flatMap((name) =>
      BRANCHES.map((branch) => `${name}-shared-team-${credential(name, branch)}`),
    );
    expect(written(0)).toEqual(names.map((name) => `create ${name}`));

    const runs = ["web", "job"].map((repository) => ({
      repository,
      context: "ref:refs/heads/main",
      images: [repository],
    }));
    const gaps = watch(clouds, runs);
    const start = traffic.writes.length;
    await configure(sharing("web", "job"));
    // Two conditions of roles are updated in place, after the pipeline that leaves has lost its files.
    expect(await run("up", "two")).toMatchObject({
      created: 0,
      updated: 2,
      replaced: 0,
      deleted: 9,
    });
    expect(held(clouds)).toEqual(shared("job", "web"));
    expect(violations(clouds, sharing("web", "job"), there)).toEqual([]);
    const [updates] = partedBy(clouds, "delete api-files-workflow", start);
    expect(updates.slice(-2)).toEqual([
      "update team-registry-contosoimages-reader",
      "update team-registry-contosoimages-writer",
    ]);

    await configure(sharing("job", "api", "web"));
    expect(await run("up", "three again")).toMatchObject({ created: 9, updated: 2, deleted: 0 });
    expect([held(clouds), gaps]).toEqual([three, []]);
    const last = traffic.writes.length;
    await run("destroy", "destroy");
    expect(written(last)).toEqual(names.reverse().map((name) => `delete ${name}`));
    expect(clouds.inventory()).toEqual(before);
  });
});
