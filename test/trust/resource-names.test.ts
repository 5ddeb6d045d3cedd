import { describe, expect, test } from "vitest";
import { type IdentityPlan, identityKey } from "../../trust/identity";
import { LOGIN_SETTINGS } from "../../trust/login-settings";
import * as names from "../../trust/resource-names";

const roles = ["reader", "writer"];
const credential = (identity: string, ...all: string[]) =>
  all.map((it) => names.credentialName(identity, it));
const registry = (prefix: string) => {
  const access = names.registryAccessName(prefix, "contosoimages");
  return roles.map((role) => names.grantName(access, role));
};
const signer = (prefix: string) =>
  names.grantName(names.signerAccessName(prefix, "contoso-signing", "container-images"), "sign");
const settings = (pipeline: string, suffix = "", environment?: string) =>
  LOGIN_SETTINGS.map((it) => names.settingName(pipeline, `${it}${suffix}`, environment));
const files = (component: string) =>
  ["timestamp-root", "workflow"].map((key) => names.fileName(component, key));

const existing: IdentityPlan = {
  kind: "existing",
  id: "/subscriptions/5ab50000-0000-4000-8000-00000000c0de/resourceGroups/rg-other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/signer",
  name: "signer",
  resourceGroup: "rg-other",
  clientId: "c",
  principalId: "p",
};
const existingApplication: IdentityPlan = {
  kind: "existingApplication",
  applicationId: "/applications/a",
  clientId: "aaaa0000-0000-4000-8000-00000000c0de",
  principalId: "p",
};

/**
 * The names of the resources that a rehearsal of commit 062c9d0 created, by pipeline. The states of
 * existing stacks have these names. If a name changes, Pulumi replaces the resource.
 */
describe("names in the states of existing stacks", () => {
  test("a pipeline with GitHub's and Countersign's defaults", () => {
    const identity = names.identityName("web", "identity");
    const prefix = names.accessName("web", "identity");
    expect([
      identity,
      ...credential(identity, "branch-main-immutable"),
      ...registry(prefix),
      signer(prefix),
      ...settings("web"),
      ...files(names.committedFilesName("web")),
    ]).toEqual([
      "web-identity",
      "web-identity-branch-main-immutable",
      "web-registry-contosoimages-reader",
      "web-registry-contosoimages-writer",
      "web-signer-contoso-signing.container-images-sign",
      "web-ids-azure-client-id",
      "web-ids-azure-tenant-id",
      "web-ids-azure-subscription-id",
      "web-files-timestamp-root",
      "web-files-workflow",
    ]);
  });

  test("a pipeline with an environment that has the login settings", () => {
    const environment = names.environmentName("api", "Release");
    const identity = names.identityName("api", "identity");
    expect([
      environment,
      names.policyName(environment, "tag", "v*"),
      names.policyName(environment, "branch", "main"),
      names.policyName(environment, "branch", "release/1.0"),
      ...credential(identity, "environment-release-e020e3c6-immutable"),
      ...settings("api", "", "Release"),
    ]).toEqual([
      "api-environment-Release",
      "api-environment-Release-tag-v*",
      "api-environment-Release-branch-main",
      "api-environment-Release-branch-release/1.0",
      "api-identity-environment-release-e020e3c6-immutable",
      "api-ids-Release-azure-client-id",
      "api-ids-Release-azure-tenant-id",
      "api-ids-Release-azure-subscription-id",
    ]);
  });

  test("a pipeline whose organization has the login settings", () => {
    const all = settings("team-a", "_TEAM_A");
    expect([...all, ...all.map(names.settingRepositoriesName)]).toEqual([
      "team-a-ids-azure-client-id-team-a",
      "team-a-ids-azure-tenant-id-team-a",
      "team-a-ids-azure-subscription-id-team-a",
      "team-a-ids-azure-client-id-team-a-repositories",
      "team-a-ids-azure-tenant-id-team-a-repositories",
      "team-a-ids-azure-subscription-id-team-a-repositories",
    ]);
  });

  test("a pipeline with an application", () => {
    const key = identityKey({ kind: "application", displayName: "d", owners: [] });
    const identity = names.identityName("app", key);
    const prefix = names.accessName("app", key);
    expect([
      identity,
      names.applicationName(identity),
      names.applicationOwnerName(identity, "00000000-0000-4000-8000-000000000001"),
      names.servicePrincipalName(identity),
      ...credential(identity, "branch-main-immutable", "tag-v--af7e9fa4-immutable"),
      ...registry(prefix),
      signer(prefix),
    ]).toEqual([
      "app-application",
      "app-application-application",
      "app-application-owner-00000000-0000-4000-8000-000000000001",
      "app-application-principal",
      "app-application-branch-main-immutable",
      "app-application-tag-v--af7e9fa4-immutable",
      "app-application-registry-contosoimages-reader",
      "app-application-registry-contosoimages-writer",
      "app-application-signer-contoso-signing.container-images-sign",
    ]);
  });

  test.each([
    ["old", existing, "f557c207"],
    ["entra", existingApplication, "a0b48ac8"],
  ])("a pipeline with an existing identity: %s", (pipeline, plan, hash) => {
    const key = identityKey(plan);
    const prefix = names.accessName(pipeline, key);
    expect([
      ...credential(names.identityName(pipeline, key), `${pipeline}_branch-main-immutable`),
      ...registry(prefix),
      signer(prefix),
    ]).toEqual([
      `${pipeline}-existing-${hash}-${pipeline}_branch-main-immutable`,
      `${pipeline}-existing-${hash}-registry-contosoimages-reader`,
      `${pipeline}-existing-${hash}-registry-contosoimages-writer`,
      `${pipeline}-existing-${hash}-signer-contoso-signing.container-images-sign`,
    ]);
  });

  test("pipelines that share an identity", () => {
    const use = names.sharedUseName("one", "fleet");
    expect([
      names.identityName("fleet", "identity"),
      ...registry("fleet"),
      signer("fleet"),
      ...credential(use, "one_branch-main-immutable"),
      names.sharedKey("fleet"),
    ]).toEqual([
      "fleet-identity",
      "fleet-registry-contosoimages-reader",
      "fleet-registry-contosoimages-writer",
      "fleet-signer-contoso-signing.container-images-sign",
      "one-shared-fleet-one_branch-main-immutable",
      "shared-fleet",
    ]);
  });

  test("a pipeline that proposes its files", () => {
    const proposal = names.proposalName("pay", "f266eae510");
    expect([
      names.proposalBranchName(proposal),
      ...files(proposal),
      names.pullRequestName(proposal),
    ]).toEqual([
      "pay-proposal-f266eae510-branch",
      "pay-proposal-f266eae510-timestamp-root",
      "pay-proposal-f266eae510-workflow",
      "pay-proposal-f266eae510-pull-request",
    ]);
  });

  test("a pipeline with a subject template", () => {
    expect(names.subjectTemplateName("called", 821093857)).toBe("called-subjects-821093857");
  });

  test("components", () => {
    expect([
      names.environmentsName("web"),
      names.settingsName("web"),
      names.committedFilesName("web"),
      names.proposalName("web", "f266eae510"),
      names.registryAccessName("web", "contosoimages"),
      names.signerAccessName("web", "contoso-signing", "container-images"),
    ]).toEqual([
      "web-environment",
      "web-ids",
      "web-files",
      "web-proposal-f266eae510",
      "web-registry-contosoimages",
      "web-signer-contoso-signing.container-images",
    ]);
  });
});

test("accounts and profiles that look the same when joined have different names", () => {
  expect(names.signerAccessName("web", "contoso-signing", "images")).not.toBe(
    names.signerAccessName("web", "contoso", "signing-images"),
  );
});
