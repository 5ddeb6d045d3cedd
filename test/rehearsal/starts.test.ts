import { describe, expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { world } from "../support/engine";
import { built, MAIN, outcome, ownJob, refused, repository, rowOf, signing, web } from "./built";

const trunk = (defaultBranch: string, filter: string) =>
  web({
    github: repository({ defaultBranch }),
    workflow: signing(ownJob(), `branches: ['${filter}']`),
    trusted: [`repo:Contoso@5/web@7:ref:refs/heads/${defaultBranch}`],
  });

describe("a run that does not start", () => {
  test("does not log in: a branch name that is a pattern to GitHub", () => {
    const { exchange, because, violations } = rowOf(
      trunk("c++17", "c++17"),
      "push to branch c++17",
    );
    expect([exchange, because]).toEqual([
      "does not start",
      "the workflow does not start on refs/heads/c++17",
    ]);
    expect(violations).toEqual([
      "web, push to branch c++17: login is refused: does not start, the workflow does not start on refs/heads/c++17",
    ]);
  });

  test("starts where the name is escaped", () => {
    const escaped = trunk("c++17", "c\\+\\+17");
    expect(outcome(escaped, "push to branch c++17")).toEqual(refused("token"));
  });

  test.each([
    ["push", "token"],
    ["[push]", "token"],
    ["{ push: }", "token"],
    ["workflow_dispatch", "does not start"],
    ["{ push: { tags: ['*'] } }", "does not start"],
    ["{ push: { branches: ['**', '!main'] } }", "does not start"],
    ["{ push: { branches: ['!main', '**'] } }", "token"],
  ])("on: %s", (on, exchange) => {
    const workflow = signing(ownJob()).replace(/^on: .*$/m, `on: ${on}`);
    expect(rowOf(web({ workflow }), "push to branch main").exchange).toBe(exchange);
  });
});

describe("a declared branch that is not the default branch", () => {
  const both = web({
    pipelines: { web: { branches: ["main", "develop"] } },
    workflow: signing(ownJob(), "branches: [main, develop]"),
    trusted: [MAIN, MAIN.replace("main", "develop")],
  });

  test("signs only once it contains the workflow", () => {
    expect(rowOf(both, "push to branch develop")).toMatchObject({
      exchange: "token",
      once: "Branch develop contains the workflow. Merge main into it",
    });
    expect(rowOf(both, "push to branch main").once).toBeUndefined();
    expect(rowOf(both, "another branch").once).toBeUndefined();
  });

  test("signs at once if it contains the workflow", () => {
    const { clouds, intents } = built(both);
    const { branches } = clouds.github.repository("web");
    branches.set("develop", new Map(branches.get("main")));
    expect(prove(clouds, intents).filter(({ once }) => once)).toEqual([]);
  });
});

describe("an issuer of the enterprise", () => {
  const PLAIN = "a token of GitHub's plain issuer";
  const own = web({ github: { issuer: "https://token.actions.githubusercontent.com/contoso" } });

  /** The same stack, whose credentials trust one issuer. */
  function rows(issuer: string) {
    const { clouds, intents } = built(own);
    for (const credential of clouds.azure.credentials.values())
      Object.assign(credential, { issuer });
    const found = prove(clouds, intents);
    return ["push to branch main", PLAIN].map((run) => {
      const { exchange, violations } = found.find((row) => row.run === run) ?? {};
      return [exchange, violations?.length];
    });
  }

  test("is in the tokens, and the plain one is refused", () => {
    expect(rows("https://token.actions.githubusercontent.com/contoso")).toEqual([
      ["token", 0],
      ["AADSTS700211", 0],
    ]);
  });

  test("does not log in to what trusts the plain one", () => {
    expect(rows("https://token.actions.githubusercontent.com")).toEqual([
      ["AADSTS700211", 1],
      ["token", 1],
    ]);
  });

  test("is not asked about where there is none", () => {
    const { clouds, intents } = built(web());
    expect(prove(clouds, intents).map(({ run }) => run)).not.toContain(PLAIN);
  });
});

describe("the mode of a registry that does not report it", () => {
  const actions = (permissions: string) => {
    const it = web({ azure: world({ registry: { mode: "unreported" } }).azure });
    const { clouds, intents } = built(it);
    const [intent] = intents.map((one) => ({
      ...one,
      registry: { ...one.registry, mode: permissions as "abac" },
    }));
    const [row] = prove(clouds, [intent!]);
    return row?.actions.find(({ action }) => action === "push")?.allowed;
  };

  test("is what the configuration says", () => {
    const { intents } = built(web({ azure: world({ registry: { mode: "unreported" } }).azure }));
    expect(intents[0]?.registry.mode).toBe("abac");
    expect([actions("abac"), actions("rbac")]).toEqual([true, false]);
  });
});

test("a registry in another subscription is the one to log in to", () => {
  const subscription = "11111111-1111-4111-8111-111111111111";
  const given = world({ registry: { subscription } });
  const { intents, clouds } = built(web({ azure: given.azure }));
  expect(prove(clouds, intents)[0]?.violations[0]).toBe(
    "web, push to branch main: login fails: there is no subscription 5ab50000-0000-4000-8000-00000000c0de",
  );
  const { variables } = clouds.github.repository("web");
  variables.set("AZURE_SUBSCRIPTION_ID", { value: subscription, createdAt: "", updatedAt: "" });
  expect(prove(clouds, intents)[0]?.violations.join()).not.toContain("no subscription");
});
