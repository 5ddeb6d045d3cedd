import { describe, expect, test } from "vitest";
import { type Config, config } from "../../support/config";
import {
  found,
  planned,
  plannedWeb,
  REGISTRY_ID,
  repository,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";

const registry = {
  id: REGISTRY_ID,
  name: "contosoimages",
  permissions: "abac",
  images: ["web"],
};
const identity = { kind: "created", resourceGroup: "rg-images", location: "westeurope" };

describe("the identity of verifying runs", () => {
  const main = "repo:Contoso@5/web@7:ref:refs/heads/main";
  const pullRequest = "repo:Contoso@5/web@7:pull_request";
  const environment = "production";

  test("has credentials, IDs, and a role of its own", () => {
    expect(plannedWeb({ verify: true }).verifier).toEqual({
      identity: { ...identity, name: "countersign-test-web-verifier" },
      credentials: [
        { name: "branch-main-immutable", subject: main },
        { name: "pull-request-immutable", subject: pullRequest },
      ],
      terms: {
        issuer: "https://token.actions.githubusercontent.com",
        audience: "api://AzureADTokenExchange",
      },
      settings: { kind: "variables", scope: "repository", suffix: "_WEB_VERIFIER" },
      registry,
      access: "verify",
    });
    expect(plannedWeb().verifier).toBeUndefined();
  });

  const release = "repo:Contoso@5/web@7:ref:refs/heads/release";
  test.each<readonly [string, object, readonly string[]]>([
    ["the default branch", { branches: ["release"] }, [main, release, pullRequest]],
    [
      "both forms",
      { subjects: "both" },
      [main, "repo:Contoso/web:ref:refs/heads/main", pullRequest, "repo:Contoso/web:pull_request"],
    ],
    [
      "an environment of its own, and nothing else",
      { environment, tags: ["v*"], verify: { environment: "checks" } },
      ["repo:Contoso@5/web@7:environment:checks"],
    ],
    [
      "exact branches only",
      { environment, branches: ["release/*"], tags: ["v*"] },
      [main, pullRequest],
    ],
  ])("trusts %s", (_, pipeline, subjects) => {
    const { verifier } = plannedWeb({ verify: true, ...pipeline });
    expect(verifier?.credentials.map(({ subject }) => subject)).toEqual(subjects);
  });

  test("says which runs it does not trust", () => {
    const patterns = { environment, branches: ["release/*"], tags: ["v*"] };
    expect(plannedWeb({ ...patterns, verify: true }).notes).toContain(
      "verifies no run on release/* or v*: set `verify.environment` to verify there, too",
    );
    const own = plannedWeb({ ...patterns, verify: { environment: "checks" } });
    expect(own.notes.filter((it) => it.startsWith("verifies"))).toEqual([]);
  });

  const template = (...keys: string[]): SnapshotChanges => {
    const claims = { use_default: false, include_claim_keys: keys };
    const subjects = found({ ...claims, sub_claim_prefix: "repo:Contoso@5/web@7" });
    return { repositories: { web: repository({ subjects }) } };
  };
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, string]> = [
    [
      "more branches than credentials",
      { environment, branches: Array.from({ length: 19 }, (_, index) => `b${index}`) },
      {},
      "web.verify | 21 | at most 20 federated credentials on one identity | Set `verify.environment`. One credential then covers all branches and tags.",
    ],
    [
      "a template with the key of an environment",
      { environment },
      template("repo", "context", "environment"),
      'web.verify | "subject template repo, context, environment" | an `environment`, because the subject template has the key `environment` | Add an `environment`. GitHub issues no tokens to jobs outside an environment.',
    ],
    [
      "a variable that somebody else made",
      {},
      {
        repositories: {
          web: repository({ verifierVariables: found(["AZURE_CLIENT_ID_WEB_VERIFIER"]) }),
        },
      },
      'web.verify | "variable AZURE_CLIENT_ID_WEB_VERIFIER of Contoso/web" | a variable that does not exist yet | Delete the variable on GitHub, or import it with `pulumi import`. Countersign never overwrites variables.',
    ],
  ];
  test.each(rows)("is refused with %s", (_, pipeline, there, problem) => {
    expect(refusedWeb({ verify: true, ...pipeline }, there)).toEqual([problem]);
  });

  test("repeats nothing that is wrong for the signing job", () => {
    const problems = refusedWeb({ verify: true }, template("repo", "actor"));
    expect(problems.map((it) => it.split(" | ")[0])).toEqual(["web.repository"]);
  });
});

describe("the identity of a cluster", () => {
  const cluster = (keys: object, pipelines: object = { web: {} }): Config =>
    config({
      "countersign:cluster": { namespaces: ["shop"], ...keys },
      "countersign:pipelines": pipelines,
    });
  const issuer = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/";

  test("pulls the images of all pipelines, with the token of Ratify", () => {
    expect(planned(cluster({ issuer }), snapshot()).cluster).toEqual({
      identity: { ...identity, name: "countersign-test-cluster" },
      credentials: [
        { name: "ratify", subject: "system:serviceaccount:gatekeeper-system:ratify-admin" },
      ],
      terms: { issuer, audience: "api://AzureADTokenExchange" },
      registry,
      access: "pull",
    });
  });

  test("is not declared without an issuer, and the files are written all the same", () => {
    const plan = planned(cluster({}), snapshot());
    expect(plan.cluster).toBeUndefined();
    expect(Object.keys(plan.verification ?? {})).toContain("kubernetes/ratify-values.yaml");
  });

  test("is refused with more images than one condition can name", () => {
    const names = ["a", "b", "c", "d"];
    const imagesOf = (name: string) =>
      Array.from({ length: 20 }, (_, index) => ({ name: `${name.repeat(100)}${index}` }));
    const pipelines = Object.fromEntries(
      names.map((name) => [name, { repository: name, images: imagesOf(name) }]),
    );
    const repositories = Object.fromEntries(
      names.map((name, index) => [name, repository({ name, id: index + 1 })]),
    );
    expect(refused(cluster({ issuer }, pipelines), { repositories })).toEqual([
      "countersign:cluster | 80 | image names that fit into one role condition of 8192 characters | The images of all pipelines need 15980 characters. Use another stack for some of them.",
    ]);
  });
});
