import { expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { clientIdOf, held, violations } from "../support/identities";
import { NOTHING, quiet, writes } from "../support/proposals";

const owners = ["0e8e2d5c-0000-4000-8000-000000000001"];
const refs = { branches: ["main"], tags: ["v*"] };
const stackOf = (web: object, api: object, rest: object = {}) =>
  config({
    "countersign:pipelines": {
      web: { ...refs, environment: "release", ...web },
      api: { ...refs, identity: { application: { owners } }, ...api },
    },
    ...rest,
  });
const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});

const PIPELINE = "urn:pulumi:test::countersign::countersign:index:SigningPipeline$";
const github = (component: string, type: string, name: string) =>
  `${PIPELINE}countersign:index:${component}$github:index/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}::${name}`;
const entra = (type: string, name: string) =>
  `${PIPELINE}countersign:index:PipelineIdentity$azuread:index/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}::api-application-${name}`;
const managed = (type: string, name: string) =>
  `${PIPELINE}countersign:index:PipelineIdentity$azure-native:managedidentity:${type}::${name}`;

/** Made anew by force, all of one row at once. */
const replaced: ReadonlyArray<readonly string[]> = [
  [
    github("LoginSettings", "ActionsSecret", "web-ids-azure-client-id"),
    github(
      "DeploymentEnvironment",
      "RepositoryEnvironmentDeploymentPolicy",
      "web-environment-release-tag-v*",
    ),
    github("CommittedFiles", "RepositoryFile", "web-files-workflow"),
    managed("FederatedIdentityCredential", "web-identity-environment-release-immutable"),
    `${PIPELINE}countersign:index:RegistryAccess$azure-native:authorization:RoleAssignment::web-registry-contosoimages-writer`,
    entra("ApplicationOwner", `owner-${owners[0]}`),
    entra("ApplicationFederatedIdentityCredential", "branch-main-immutable"),
    entra("ApplicationFlexibleFederatedIdentityCredential", "tag-v--af7e9fa4-immutable"),
  ],
  [
    github("DeploymentEnvironment", "RepositoryEnvironment", "web-environment-release"),
    entra("ServicePrincipal", "principal"),
  ],
  [
    managed("UserAssignedIdentity", "web-identity"),
    entra("ApplicationRegistration", "application"),
  ],
];

test("what is replaced under the same name is there afterwards", async () => {
  const wanted = stackOf({}, {});
  await onEngine({ config: wanted, world: there }, async ({ run, clouds, ...bench }) => {
    const before = clouds.inventory();
    await run("up", "up");
    // In words: ids change with what is made anew.
    const things = () => [...clouds.github.inventory(), ...held(clouds)];
    const made = things();
    for (const urns of replaced) {
      const phase = await run("up", "replace", { replace: [...urns] });
      expect(phase.replaced).toBeGreaterThanOrEqual(urns.length);
      expect(things()).toEqual(made);
      const [application] = clouds.azure.applications.values();
      const [identity] = clouds.azure.identities.values();
      expect(clientIdOf(clouds, "api")).toBe(application?.clientId);
      expect(clientIdOf(clouds, "web")).toBe(identity?.clientId);
      expect(violations(clouds, wanted, there)).toEqual([]);
    }
    await quiet({ run, clouds, ...bench });
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});

test("what changes is changed in place, or made before what it replaces goes", async () => {
  await onEngine({ config: stackOf({}, {}), world: there }, async (bench) => {
    const { run, clouds, configure } = bench;
    await run("up", "up");
    const old = [...clouds.azure.assignments.keys()];

    // An identity in another place is another one: it gets new roles, and the secret its client id.
    const elsewhere = { "countersign:identity": { location: "northeurope" } };
    await configure(stackOf({}, {}, elsewhere));
    await run("preview", "preview");
    await run("up", "elsewhere");
    const [identity] = clouds.azure.identities.values();
    expect([identity?.location, clientIdOf(clouds, "web")]).toEqual([
      "northeurope",
      identity?.clientId,
    ]);
    const its = [...clouds.azure.assignments.values()].filter(
      ({ principalId }) => principalId === identity?.principalId,
    );
    expect(its).toHaveLength(3);
    expect(its.filter(({ id }) => old.includes(id.toLowerCase()))).toEqual([]);

    // Another path moves the workflow, another image changes conditions, as a name does itself.
    const moved = { workflow: ".github/workflows/release.yml", images: [{ name: "site" }] };
    const renamed = { identity: { application: { displayName: "Web signer" } } };
    await configure(stackOf(moved, renamed, elsewhere));
    const changed = { created: 0, updated: 3, replaced: 1, deleted: 1 };
    expect(await run("up", "changed")).toMatchObject(changed);
    expect([...(clouds.github.repository("web").branches.get("main")?.keys() ?? [])]).toEqual([
      "Dockerfile",
      ".github/workflows/release.yml",
    ]);
    expect(held(clouds).filter((it) => it.startsWith("application"))).toEqual([
      "application Web signer",
      "application Web signer, service principal",
    ]);

    // Another environment is there before it is trusted; the old one goes after its credential.
    const from = clouds.traffic.writes.length;
    await configure(stackOf({ ...moved, environment: "prod" }, renamed, elsewhere));
    await run("up", "another environment");
    const [environment, ...order] = writes(bench, from);
    const policies = order.splice(0, 2);
    expect([environment, policies.sort(), order.splice(0, 3)]).toEqual([
      "create web-environment-prod",
      ["create web-environment-prod-branch-main", "create web-environment-prod-tag-v*"],
      [
        "create web-identity-environment-prod-immutable",
        "update web-files-workflow",
        "delete web-identity-environment-release-immutable",
      ],
    ]);
    expect([order.splice(0, 2).sort(), order]).toEqual([
      ["delete web-environment-release-branch-main", "delete web-environment-release-tag-v*"],
      ["delete web-environment-release"],
    ]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});
