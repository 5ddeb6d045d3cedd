import { describe, expect, test } from "vitest";
import { type Config, config } from "../../support/config";
import {
  found,
  PROFILE_ID,
  planned,
  REGISTRY_ID,
  repository,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { recorded as record } from "../../support/recorded";
import { refused } from "../../support/refused";

const repositories = {
  web: repository(),
  api: repository({ name: "api", id: 8 }),
  job: repository({ name: "job", id: 9 }),
};
const stackOf = (pipelines: Config) => config({ "countersign:pipelines": pipelines });
const team = { identity: { share: "team" } };
const there = (changes: SnapshotChanges = {}) => snapshot({ repositories, ...changes });
describe("one identity for several pipelines", () => {
  const plan = planned(stackOf({ web: team, api: team, job: {} }), there());

  test("has its roles once, for all their images", () => {
    expect(plan.sharedIdentities).toEqual([
      {
        name: "team",
        identity: {
          kind: "created",
          name: "countersign-test-team",
          resourceGroup: "rg-images",
          location: "westeurope",
        },
        terms: plan.pipelines[0]?.terms,
        registries: [
          { id: REGISTRY_ID, name: "contosoimages", permissions: "abac", images: ["web", "api"] },
        ],
        profiles: [{ id: PROFILE_ID, account: "contoso-signing", name: "container-images" }],
        users: ["web", "api"],
        formerUsers: [],
      },
    ]);
  });

  test("has the credentials of each, under its own names", () => {
    const [web, api, job] = plan.pipelines;
    expect([web, api, job].map((it) => it?.credentials.map(({ name }) => name))).toEqual([
      ["web_branch-main-immutable"],
      ["api_branch-main-immutable"],
      ["branch-main-immutable"],
    ]);
    expect([web?.registries, web?.profiles]).toEqual([[], []]);
    expect(job?.registries).toHaveLength(1);
  });

  test("knows who has left it: their roles shrink only after they have moved", () => {
    const records = {
      web: record("identity"),
      job: record("shared-team"),
      api: record("shared-team"),
    };
    const [shared] = planned(
      stackOf({ web: team, api: team, job: {} }),
      there({ records }),
    ).sharedIdentities;
    expect([shared?.users, shared?.formerUsers]).toEqual([["web", "api"], ["job"]]);
  });

  test("is refused where an identity has its name", () => {
    const id = { id: "", name: "", clientId: "", principalId: "" };
    expect(
      refused(stackOf({ api: team }), {
        repositories: { api: repositories.api },
        azure: { identities: { team: found(id) } },
      }),
    ).toEqual([
      'api.identity.share | "rg-images/countersign-test-team" | a managed identity that does not exist yet | Rename the pipeline or the shared name. If an interrupted run created the identity and nothing uses it, delete it with `az identity delete`.',
    ]);
  });
});

describe("two pipelines that swap shared identities", () => {
  const shares = (web: string, api: string) =>
    stackOf({
      web: { identity: { share: web } },
      api: { identity: { share: api } },
      job: { identity: { share: "red" } },
    });
  const records = {
    web: record("shared-red"),
    api: record("shared-blue"),
    job: record("shared-red"),
  };

  test("are refused, also in a ring of three", () => {
    const fix = "Move one of the pipelines in a run of its own first.";
    const expected = "pipelines that do not swap shared identities in one run";
    expect(refused(shares("blue", "red"), { repositories, records })).toEqual([
      `api.identity.share | "blue" | ${expected} | ${fix}`,
    ]);
    const ring = stackOf({
      web: { identity: { share: "blue" } },
      api: { identity: { share: "green" } },
      job: { identity: { share: "red" } },
    });
    const three = {
      web: record("shared-red"),
      api: record("shared-blue"),
      job: record("shared-green"),
    };
    expect(refused(ring, { repositories, records: three })).toEqual([
      `api.identity.share | "blue" | ${expected} | ${fix}`,
    ]);
  });

  test("one after the other are not", () => {
    expect(refused(shares("blue", "blue"), { repositories, records })).toEqual([]);
    const between = { ...records, web: record("shared-blue") };
    expect(refused(shares("blue", "red"), { repositories, records: between })).toEqual([]);
  });
});
