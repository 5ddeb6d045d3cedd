import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { acceptances } from "../../rehearsal/proof/acceptance";
import { prove } from "../../rehearsal/proof/prove";
import { accepted } from "../../rehearsal/proof/stray";
import { proveState } from "../../rehearsal/proof-of-state/prove-state";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { type Config, config, onEngine, world } from "../support/engine";
import { CALLABLE, CALLED } from "../support/governing";
import { APPLICATION, IDENTITY, identityId } from "../support/identities";
import { meant } from "../support/meant";
import { configurationOf } from "../support/planning";
import { faults } from "../support/seen";

interface Case {
  readonly name: string;
  readonly config: Config;
  readonly world: WorldInput;
}

const [REGISTRY = "", ELSEWHERE = ""] = [1, 2].map(
  (n) => `${`${n}`.repeat(4)}0000-0000-4000-8000-00000000c0de`,
);
const named = (...names: readonly string[]) =>
  names.map((name, index) => ({ name, id: 7 + index }));
const reviewed = { name: "release", reviewers: { users: ["Alice"], teams: ["signers"] } };
const OWNER = "0e8e2d5c-0000-4000-8000-000000000001";
const share = { identity: { share: "team" } };

/** What a stack can declare; each stack has several kinds, so that the engine runs only few times. */
const CASES: readonly Case[] = [
  {
    name: "environments with reviewers, tags, and secrets and variables at each level",
    config: config({
      "countersign:pipelines": {
        web: { branches: ["main", "next"], tags: ["v*"], environment: reviewed },
        api: { environment: "release", level: "environment", commit: "pull-request" },
        job: { ids: "variables", level: "organization" },
        tool: { level: "organization", branches: ["main", "next"] },
        page: { ids: "variables", environment: "release", level: "environment" },
      },
    }),
    world: {
      ...world(),
      github: {
        owner: { login: "Contoso", id: 5, plan: "enterprise" },
        users: [{ login: "Alice", id: 1001 }],
        teams: [{ slug: "signers", id: 2001 }],
        repositories: named("web", "api", "job", "tool", "page"),
      },
    },
  },
  {
    name: "a reusable workflow with a subject template, in RBAC mode, in two subscriptions",
    config: config({
      "countersign:registry": {
        resourceGroup: "rg-images",
        name: "contosoimages",
        subscription: REGISTRY,
      },
      "countersign:identity": { resourceGroup: "rg-ids", subscription: ELSEWHERE },
      "countersign:pipelines": {
        web: {
          ids: "variables",
          environment: "release",
          images: [{ name: "web" }],
          trust: { workflow: CALLED, manageSubjectTemplate: true },
        },
        api: { branches: ["main", "next"] },
      },
    }),
    world: (() => {
      const registry = { subscription: REGISTRY, mode: "rbac" } as const;
      const it = world({ registry, repositories: named("web", "shared", "api") });
      const otherSubscriptions = [{ subscriptionId: ELSEWHERE, resourceGroups: ["rg-ids"] }];
      return {
        azure: { ...it.azure, otherSubscriptions },
        github: { ...it.github, callableWorkflows: { [CALLED]: CALLABLE } },
      };
    })(),
  },
];

const IDENTITIES: Omit<Case, "name"> = {
  config: config({
    "countersign:pipelines": {
      theirs: { identity: { existing: identityId("SIGNER").replace("rg-other", "RG-OTHER") } },
      app: {
        identity: { application: { displayName: "Web signer", owners: [OWNER] } },
        tags: ["v*"],
      },
      known: { identity: { existingApplication: APPLICATION.clientId } },
      red: share,
      blue: share,
    },
  }),
  world: (() => {
    const it = world({ repositories: named("theirs", "app", "known", "red", "blue") });
    const credentials = [{ name: "theirs", subject: "repo:Contoso/other:ref:refs/heads/main" }];
    const identities = [{ ...IDENTITY, credentials }];
    const applications = [{ ...APPLICATION, credentials }];
    return { ...it, azure: { ...it.azure, identities, applications } };
  })(),
};

/** A stack on the engine: the proof of its clouds, and the proof of its export in new clouds. */
async function bothProofs(
  { config: given, world: there }: Omit<Case, "name">,
  changed: (text: string, clouds: Clouds) => string = (text) => text,
) {
  return onEngine({ config: given, world: there }, async ({ run, clouds, stack, outputs }) => {
    await run("up", "up");
    const text = changed(JSON.stringify(await stack.exportStack()), clouds);
    const intents = meant(given, there);
    const files = (await outputs()).verification?.value;
    return {
      expected: {
        holds: true,
        reasons: faults(clouds, given, there),
        trusts: Object.fromEntries(intents.map((it) => [it.pipeline, accepted(clouds, it)])),
        proof: prove(clouds, intents),
        accepts: acceptances(clouds, intents, JSON.parse(files["trustpolicy.json"])),
      },
      proven: proveState(configurationOf(given), parseWorld(there), JSON.parse(text)),
    };
  });
}

describe("the proof of an exported state equals the rehearsal's proof", () => {
  test.each(CASES)("of $name", async (it) => {
    const { proven, expected } = await bothProofs(it);
    expect(proven).toEqual(expected);
    const logins = proven.proof.filter(({ exchange }) => exchange === "token");
    expect(new Set(logins.map(({ pipeline }) => pipeline)).size).toBe(
      Object.keys(configurationOf(it.config).pipelines).length,
    );
  });

  test("of identities of each kind, also of those that only the clouds have", async () => {
    const { proven, expected } = await bothProofs(IDENTITIES, (text, { azure }) => {
      // The IDs of identities that exist are not in the world. The state has the real ones.
      const theirs = [...azure.identities.values()].find(({ name }) => name === "signer");
      const known = [...azure.applications.values()].find(
        ({ clientId }) => clientId === APPLICATION.clientId,
      );
      const ids = [
        theirs?.clientId,
        theirs?.principalId,
        known?.objectId,
        known?.servicePrincipal?.objectId,
      ];
      return ids.reduce<string>((changed, id, index) => {
        expect(text.includes(id ?? "nothing")).toBe(true);
        return changed.replaceAll(id ?? "", `ffff000${index}-0000-4000-8000-00000000c0de`);
      }, text);
    });
    expect(proven).toEqual(expected);
    expect(proven.trusts.app).toContainEqual(expect.stringContaining("claims['sub'] matches"));
  });
});

test("a world without what the stack file names is refused, and nothing is proven", () => {
  const bare = {
    azure: { registries: world().azure.registries },
    github: { owner: { login: "x" } },
  };
  const lacks = (path: string, name: string) => [
    `  ${path}`,
    "    given     []",
    `    expected  also ${name}, because the stack file names it`,
    `    fix       add ${name} to the file for --world, or run \`npm run doctor\` to see why it was not found`,
  ];
  const lines = [
    "The world cannot be used: 3 problems",
    ...lacks("azure.signingAccounts", "contoso-signing"),
    ...lacks("azure.resourceGroups", "rg-images"),
    ...lacks("github.repositories", "web"),
  ];
  expect(() => proveState(configurationOf(config()), parseWorld(bare), {})).toThrow(
    expect.objectContaining({ message: lines.join("\n") }),
  );
});
