import { describe, expect, test } from "vitest";
import { type Config, config } from "../../support/config";
import {
  found,
  PROFILE_ID,
  planned,
  REGISTRY_ID,
  repository,
  type SnapshotChanges,
  web,
} from "../../support/planning";
import { merge, next, run, seen, standing } from "../../support/runs";

const proposing = (pipeline: object = {}, rest: Config = {}) =>
  web({ branches: ["main"], commit: "pull-request", ...pipeline }, rest);
const ALONE = { kind: "secrets", scope: "repository", suffix: "" };
const inEnvironment = (environment: string) => ({ ...ALONE, scope: "environment", environment });

describe("until the merge, the login settings of the current workflow stay", () => {
  const rows: ReadonlyArray<readonly [string, object, object, readonly object[]]> = [
    ["secrets → variables", {}, { ids: "variables" }, [{ ...ALONE, kind: "variables" }, ALONE]],
    [
      "one environment with its settings → another",
      { environment: "old", level: "environment" },
      { environment: "new", level: "environment" },
      [inEnvironment("new"), inEnvironment("old")],
    ],
    [
      "no environment → one with its settings",
      {},
      { environment: "new", level: "environment" },
      [inEnvironment("new"), ALONE],
    ],
    [
      "an environment with its settings → none",
      { environment: "old", level: "environment" },
      {},
      [ALONE],
    ],
    [
      "repository → organization",
      {},
      { level: "organization" },
      [{ kind: "secrets", scope: "organization", suffix: "_WEB" }, ALONE],
    ],
    ["another path in the same place", {}, { workflow: ".github/workflows/x.yml" }, [ALONE]],
  ];
  test.each(rows)("%s", (_, old, wanted, settings) => {
    const proposed = next(proposing(wanted), standing(proposing(old)));
    expect(proposed.plan?.settings).toEqual(settings);
    const again = next(proposing(wanted), proposed);
    expect(again.plan?.settings).toEqual(settings);
    const merged = next(proposing(wanted), merge(again));
    expect(merged.plan?.settings).toEqual(settings.slice(0, 1));
  });
});

/** The stack's other certificate profile. */
const resigned = {
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "other-profile",
  },
};
const unsigned = { "countersign:signing": config()["countersign:signing"] };
const OTHER = { id: "/other", name: "other-profile", status: "Active", type: "PublicTrust" };
const there: SnapshotChanges = { azure: { profile: found(OTHER) } };
const profile = (name: string, id: string) => ({ id, account: "contoso-signing", name });
const registry = (...images: string[]) => ({
  id: REGISTRY_ID,
  name: "contosoimages",
  permissions: "abac",
  images,
});

describe("until the merge, the roles of the current workflow stay", () => {
  const images = (...names: string[]) => ({ images: names.map((name) => ({ name })) });

  test("on the certificate profile, where another is configured", () => {
    const moved = next(proposing({}, resigned), standing(proposing()), there);
    expect(moved.plan?.profiles).toEqual([
      profile("other-profile", "/other"),
      profile("container-images", PROFILE_ID),
    ]);
    const merged = next(proposing({}, resigned), merge(moved), there);
    expect(merged.plan?.profiles).toEqual([profile("other-profile", "/other")]);
  });

  test("for images that are configured before and after", () => {
    const before = standing(proposing(images("web", "site")));
    const moved = next(proposing(images("site", "new")), before);
    expect(moved.plan?.registries).toEqual([registry("site", "new")]);
  });

  test("on another identity, which its runs log in as from now on", () => {
    const wanted = {
      ...images("web", "new"),
      identity: { application: {} },
      ids: "variables",
      workflow: ".github/workflows/release.yml",
    };
    const config = proposing(wanted, resigned);
    const moved = next(config, standing(proposing(images("web", "old"))), there);
    const { identity, credentials, settings, registries, profiles } = moved.plan ?? {};
    expect(identity?.kind).toBe("application");
    expect(credentials?.map(({ subject }) => subject)).toEqual([
      "repo:Contoso@5/web@7:ref:refs/heads/main",
    ]);
    expect(settings).toEqual([{ ...ALONE, kind: "variables" }, ALONE]);
    expect(registries).toEqual([registry("web", "new")]);
    expect(profiles?.map(({ name }) => name)).toEqual(["other-profile", "container-images"]);
    expect(moved.plan?.warnings).toEqual([
      "main still has .github/workflows/sign-image.yml: delete it, or it goes on running",
    ]);
  });
});

describe("a pipeline leaves a shared identity in a run that proposes", () => {
  const api = repository({ name: "api", id: 8 });
  const stack = (pipeline: object): Config => {
    const pipelines = {
      web: { branches: ["main"], commit: "pull-request", ...pipeline },
      api: { identity: { share: "team" } },
    };
    return { ...proposing(), "countersign:pipelines": pipelines, ...resigned };
  };
  const shared = { ...stack({ identity: { share: "team" } }), ...unsigned };
  const first = run(shared, undefined, { repositories: { web: repository(), api } });
  const plan = (pipeline: object) =>
    planned(stack(pipeline), seen(merge(first), { repositories: { api }, ...there }));
  const both = ["other-profile", "container-images"];

  test("for its own: the roles of its workflow go with it", () => {
    const { sharedIdentities, pipelines } = plan({});
    expect(pipelines[0]?.profiles.map(({ name }) => name)).toEqual(both);
    expect(
      sharedIdentities.map((it) => [it.name, it.users, it.formerUsers, it.profiles.length]),
    ).toEqual([["team", ["api"], ["web"], 1]]);
  });

  test("for another shared one: the roles of its workflow go with it", () => {
    const { sharedIdentities } = plan({ identity: { share: "other" } });
    expect(
      sharedIdentities.map(({ name, users, formerUsers, profiles }) => ({
        name,
        users,
        formerUsers,
        profiles: profiles.map((it) => it.name),
      })),
    ).toEqual([
      { name: "other", users: ["web"], formerUsers: [], profiles: both },
      { name: "team", users: ["api"], formerUsers: ["web"], profiles: ["other-profile"] },
    ]);
  });
});
