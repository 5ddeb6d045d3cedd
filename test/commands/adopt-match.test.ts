import { describe, expect, test } from "vitest";
import { importFile } from "../../commands/adopt/import-file";
import { type Declared, match } from "../../commands/adopt/match";
import { found, repository } from "../support/planning";
import { IDENTITY } from "./found-identity";

const declared = (type: string, inputs: Declared["inputs"], changes: Partial<Declared> = {}) => ({
  urn: `urn::${type}`,
  type,
  name: "it",
  parent: "urn::parent",
  custom: true,
  inputs,
  ...changes,
});

const web = repository({ settings: found(["AZURE_CLIENT_ID"]) });
const existing = { identity: IDENTITY, repository: web, workflows: { "sign.yml": "old" } };
const role = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/PUSH";

describe("a declared resource and its counterpart", () => {
  test.each<[string, string, Declared["inputs"], string | undefined, string[]]>([
    ["the identity", "m:UserAssignedIdentity", { tags: { team: "a" } }, IDENTITY.id, []],
    ["other tags", "m:UserAssignedIdentity", {}, IDENTITY.id, ["its tags"]],
    [
      "a credential of another name",
      "m:FederatedIdentityCredential",
      { issuer: "i", subject: "repo:Contoso/web:x", audiences: ["a"] },
      "/c1",
      [],
    ],
    [
      "a credential of another issuer",
      "m:FederatedIdentityCredential",
      { issuer: "other", subject: "repo:Contoso/web:x", audiences: ["a"] },
      undefined,
      [],
    ],
    [
      "a role, its scope in another case",
      "a:RoleAssignment",
      { scope: "/subscriptions/s/registry", roleDefinitionId: role },
      "/a1",
      [],
    ],
    [
      "a role without its condition",
      "a:RoleAssignment",
      { scope: "/subscriptions/s/registry", roleDefinitionId: role, condition: "c" },
      "/a1",
      ["its condition, which limits it to the images"],
    ],
    [
      "a role on a wider scope only",
      "a:RoleAssignment",
      { scope: "/subscriptions/s/other", roleDefinitionId: role },
      undefined,
      [],
    ],
    [
      "a file",
      "github:index/repositoryFile:RepositoryFile",
      { file: "sign.yml", branch: "main", content: "new" },
      "web:sign.yml:main",
      ["its content"],
    ],
    [
      "a file that is proposed on another branch",
      "f:RepositoryFile",
      { file: "sign.yml", branch: "countersign/web" },
      undefined,
      [],
    ],
    [
      "a variable of the organization",
      "v:ActionsOrganizationVariable",
      { variableName: "AZURE_CLIENT_ID" },
      "AZURE_CLIENT_ID",
      ["its value, if it differs"],
    ],
    ["another file", "f:RepositoryFile", { file: "no.yml", branch: "main" }, undefined, []],
    [
      "a secret",
      "github:index/actionsSecret:ActionsSecret",
      { secretName: "AZURE_CLIENT_ID" },
      "web:AZURE_CLIENT_ID",
      ["its value, which GitHub never shows"],
    ],
    ["a secret that is not there", "s:ActionsSecret", { secretName: "OTHER" }, undefined, []],
    [
      "a secret of an environment",
      "s:ActionsEnvironmentSecret",
      { secretName: "AZURE_CLIENT_ID", environment: "a:b" },
      "web:a??b:AZURE_CLIENT_ID",
      ["its value, which GitHub never shows"],
    ],
  ])("%s", (_, type, inputs, id, corrections) => {
    const result = match(declared(type, inputs), existing);
    expect(result && [result.id, result.corrections]).toEqual(id && [id, corrections]);
  });
});

describe("the file for `pulumi import`", () => {
  const stack = declared("pulumi:pulumi:Stack", {}, { urn: "stack", custom: false });
  const pipeline = declared("P", {}, { urn: "p", name: "web", parent: "stack", custom: false });
  const ids = declared("I", {}, { urn: "i", name: "web-ids", parent: "p", custom: false });
  const secret = declared("github:x:Y", {}, { urn: "s", name: "web-ids-id", parent: "i" });
  const all = [stack, secret, ids, pipeline];
  const matches = [{ resource: secret, id: "web:ID", corrections: [] }];

  test("has each parent before its children", () => {
    expect(importFile(all, matches, [], { github: "6.15.0" })).toEqual({
      nameTable: {},
      resources: [
        { type: "P", name: "web", component: true },
        { type: "I", name: "web-ids", parent: "web", component: true },
        {
          type: "github:x:Y",
          name: "web-ids-id",
          parent: "web-ids",
          id: "web:ID",
          version: "6.15.0",
        },
      ],
    });
  });

  test("names parents that are in the state by their URNs", () => {
    expect(importFile(all, matches, ["p", "i"], {})).toEqual({
      nameTable: { web: "p", "web-ids": "i" },
      resources: [{ type: "github:x:Y", name: "web-ids-id", parent: "web-ids", id: "web:ID" }],
    });
  });

  test("leaves out what is in the state", () => {
    expect(importFile(all, matches, ["p", "i", "s"], {})).toEqual({ nameTable: {}, resources: [] });
  });

  test("tells resources of one name apart", () => {
    const twin = { ...secret, urn: "t", type: "github:x:Z", name: "web-ids" };
    const { resources } = importFile(
      [...all, twin],
      [{ resource: twin, id: "x", corrections: [] }],
      [],
      {},
    );
    expect(resources.slice(1)).toEqual([
      { type: "I", name: "web-ids-I", logicalName: "web-ids", parent: "web", component: true },
      {
        type: "github:x:Z",
        name: "web-ids-Z",
        logicalName: "web-ids",
        parent: "web-ids-I",
        id: "x",
      },
    ]);
  });
});
