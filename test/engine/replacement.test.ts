import * as azure from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { config, onEngine, reasonOf } from "../support/engine";

const settings = {
  config: config({
    "countersign:pipelines": {
      web: { branches: ["main"], tags: ["v*"], environment: "release" },
    },
  }),
};

const PIPELINE = "urn:pulumi:test::countersign::countersign:index:SigningPipeline$";
const IDS = `${PIPELINE}countersign:index:StoredIds$github:index/`;
const ENVIRONMENT = `${PIPELINE}countersign:index:DeploymentEnvironment$github:index/`;

/** The real provider would delete what it just wrote (github.md, 4.1, item 2). */
const replaced = [
  `${IDS}actionsSecret:ActionsSecret::web-ids-azure-client-id`,
  `${ENVIRONMENT}repositoryEnvironment:RepositoryEnvironment::web-environment-release`,
  `${ENVIRONMENT}repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy::web-environment-release-tag-v*`,
  `${PIPELINE}countersign:index:CommittedFiles$github:index/repositoryFile:RepositoryFile::web-files-workflow`,
  `${PIPELINE}countersign:index:CommittedFiles$github:index/repositoryFile:RepositoryFile::web-files-timestamp-root`,
  `${PIPELINE}countersign:index:PipelineIdentity$azure-native:managedidentity:UserAssignedIdentity::web-identity`,
  `${PIPELINE}countersign:index:PipelineIdentity$azure-native:managedidentity:FederatedIdentityCredential::web-identity-environment-release-immutable`,
  `${PIPELINE}countersign:index:RegistryAccess$azure-native:authorization:RoleAssignment::web-registry-contosoimages-writer`,
];

describe("replacing under the same name", () => {
  test.each(replaced)("%s is still there afterwards", async (urn) => {
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      const things = clouds.inventory().filter((it) => !it.startsWith("role assignment"));
      const assignments = clouds.azure.assignments.size;
      await run("preview", "preview", { replace: [urn] });
      expect((await run("up", "replace", { replace: [urn] })).replaced).toBeGreaterThan(0);
      expect(clouds.inventory().filter((it) => !it.startsWith("role assignment"))).toEqual(things);
      expect(clouds.azure.assignments.size).toBe(assignments);
      expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    });
  });

  test("an identity made anew gets new assignments, and the secret its new client id", async () => {
    await onEngine(settings, async ({ run, clouds, configure }) => {
      await run("up", "up");
      const old = [...clouds.azure.assignments.keys()];
      const identity = { location: "northeurope" };
      await configure({ ...settings.config, "countersign:identity": identity });
      await run("preview", "preview");
      await run("up", "elsewhere");
      const [made] = clouds.azure.identities.values();
      expect(made?.location).toBe("northeurope");
      const assignments = [...clouds.azure.assignments.values()];
      expect(assignments.map(({ principalId }) => principalId)).toEqual(
        assignments.map(() => made?.principalId),
      );
      expect(assignments.filter(({ id }) => old.includes(id.toLowerCase()))).toEqual([]);
      expect(clouds.github.repository("web").secrets.get("AZURE_CLIENT_ID")?.value).toBe(
        made?.clientId,
      );
    });
  });

  test("another path moves the workflow; another image changes the condition in place", async () => {
    await onEngine(settings, async ({ run, clouds, configure }) => {
      await run("up", "up");
      await configure(
        config({
          "countersign:pipelines": {
            web: {
              branches: ["main"],
              tags: ["v*"],
              environment: "release",
              workflow: ".github/workflows/release.yml",
              images: [{ name: "site" }],
            },
          },
        }),
      );
      await run("preview", "preview");
      expect(await run("up", "changed")).toMatchObject({ created: 0, updated: 2, replaced: 1 });
      const files = clouds.github.repository("web").branches.get("main");
      expect([...(files?.keys() ?? [])]).toEqual([
        ".github/certs/timestamp-root.pem",
        ".github/workflows/release.yml",
      ]);
    });
  });
});

test("another environment is made before it is trusted, and the old one goes after its credential", async () => {
  await onEngine(settings, async ({ run, configure, clouds }) => {
    await run("up", "up");
    const from = clouds.traffic.writes.length;
    const web = { branches: ["main"], tags: ["v*"], environment: "prod" };
    await configure(config({ "countersign:pipelines": { web } }));
    await run("preview", "preview");
    await run("up", "renamed");
    const writes = clouds.traffic.writes
      .slice(from)
      .map(({ operation, name }) => `${operation} ${name}`);
    const at = (write: string) => {
      expect(writes).toContain(write);
      return writes.indexOf(write);
    };
    const order = [
      at("create web-environment-prod"),
      at("create web-environment-prod-branch-main"),
      at("create web-identity-environment-prod-immutable"),
      at("update web-files-workflow"),
      at("delete web-identity-environment-release-immutable"),
      at("delete web-environment-release"),
    ];
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });
});

test("two credential writes at once on one identity are refused, as Azure refuses them", async () => {
  const program = async () => {
    const at = { resourceGroupName: "rg-images", location: "westeurope" };
    const identity = new azure.UserAssignedIdentity("it", { ...at, resourceName: "identity" });
    for (const name of ["one", "two"]) {
      new azure.FederatedIdentityCredential(name, {
        resourceGroupName: at.resourceGroupName,
        resourceName: identity.name,
        federatedIdentityCredentialResourceName: name,
        issuer: "https://token.actions.githubusercontent.com",
        audiences: ["api://AzureADTokenExchange"],
        subject: `repo:a/${name}:pull_request`,
      });
    }
    return { stack: pulumi.getStack() };
  };
  await onEngine({ program }, async ({ run }) => {
    expect(await reasonOf(run("up", "up"))).toContain(
      "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
    );
  });
});
