import { describe, expect, test } from "vitest";
import { chooseIdentities } from "../../commands/adopt/choose";
import { asImported, type FoundIdentity, trusts } from "../../commands/adopt/found";
import { oldWorkflows } from "../../commands/adopt/old-workflows";
import { withHeldNames } from "../../planning/held-credentials";
import { configurationOf } from "../../rehearsal/configuration";
import { config } from "../support/config";
import { found, snapshot, stored } from "../support/planning";
import { IDENTITY } from "./found-identity";

test("an identity trusts a repository in any case, and not one whose name only begins alike", () => {
  const of = (subject: string) => [{ ...IDENTITY.credentials[0], subject }] as never;
  expect(trusts(of("repo:contoso/WEB:ref:refs/heads/main"), ["repo:Contoso/web:"])).toBe(true);
  expect(trusts(of("repo:Contoso/web-2:ref:refs/heads/main"), ["repo:Contoso/web:"])).toBe(false);
});

describe("which identity is adopted", () => {
  const adopting = config({ "countersign:pipelines": { web: { adopt: true } } });
  const choose = (wanted: typeof adopting, identities: readonly FoundIdentity[]) =>
    chooseIdentities(configurationOf(stored(wanted)), { web: { identities, workflows: {} } });

  test("the one that trusts the repository", () => {
    expect(choose(adopting, [IDENTITY])).toEqual({ chosen: { web: IDENTITY }, problems: [] });
    expect(choose(adopting, [])).toEqual({ chosen: {}, problems: [] });
  });

  test.each([
    [
      "two of them",
      adopting,
      [IDENTITY, { ...IDENTITY, name: "two" }],
      "countersign:pipelines.web.identity",
    ],
    ["without `adopt`", config(), [IDENTITY], "countersign:pipelines.web.adopt"],
    [
      "in another region",
      adopting,
      [{ ...IDENTITY, location: "eastus" }],
      "countersign:identity.location",
    ],
  ])("%s: nothing is guessed", (_, wanted, identities, path) => {
    const { chosen, problems } = choose(wanted, identities);
    expect(chosen).toEqual({});
    expect(problems.map((it) => it.path)).toEqual([path]);
  });

  test("a region in another spelling is the same", () => {
    const { problems } = choose(adopting, [{ ...IDENTITY, location: "West Europe" }]);
    expect(problems).toEqual([]);
  });
});

test("after the import, the program uses the identity's name", () => {
  const before = snapshot({ azure: { identities: { web: found(IDENTITY) } } });
  const after = asImported(before, { web: IDENTITY }, { web: "web-identity" });
  expect(after.azure.identities).toEqual({});
  expect(after.state.resources).toEqual([
    {
      type: "azure-native:managedidentity:UserAssignedIdentity",
      name: "web-identity",
      outputs: { name: "it", clientId: "client", principalId: "principal" },
    },
  ]);
});

describe("an imported credential", () => {
  const wanted = { name: "branch-main", subject: "repo:x" };
  const held = (subject: string) => [
    {
      type: "azure-native:managedidentity:FederatedIdentityCredential",
      name: "web-identity-branch-main",
      outputs: { name: "github-main", subject },
    },
  ];

  test("keeps its name in Entra", () => {
    expect(withHeldNames([wanted], "web-identity", held("repo:x"))).toEqual([
      { ...wanted, heldAs: "github-main" },
    ]);
  });

  test("of another subject is replaced", () => {
    expect(withHeldNames([wanted], "web-identity", held("repo:y"))).toEqual([wanted]);
  });
});

describe("workflows that were written by hand", () => {
  const old = [
    "jobs:",
    "  sign:",
    "    steps:",
    "      - uses: ./local",
    "      - uses: actions/checkout@v3",
    `      - uses: azure/login@${"a".repeat(40)}`,
    "      - uses: notaryproject/notation-action/sign@v1",
    "        with:",
    "          target_artifact_reference: r.azurecr.io/web:v1",
  ].join("\n");

  test("have their faults with their lines", () => {
    expect(
      oldWorkflows({ "old.yml": old, "own.yml": old, "ci.yml": "on: push" }, ["own.yml"]),
    ).toEqual({
      paths: ["old.yml"],
      faults: [
        { path: "old.yml", line: 5, fault: "actions/checkout@v3 is not pinned to a commit" },
        {
          path: "old.yml",
          line: 7,
          fault: "notaryproject/notation-action/sign@v1 is not pinned to a commit",
        },
        { path: "old.yml", line: 9, fault: "the workflow signs a tag" },
      ],
    });
  });

  test("that sign a digest or an expression have no such fault", () => {
    const [digest, expression] = ["r.azurecr.io/web@sha256:aa", "${{ env.REFERENCE }}"].map((it) =>
      old.replace("r.azurecr.io/web:v1", it),
    );
    for (const text of [digest, expression]) {
      const { faults } = oldWorkflows({ "old.yml": text as string }, []);
      expect(faults.map(({ line }) => line)).toEqual([5, 7]);
    }
  });
});
