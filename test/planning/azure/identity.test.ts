import { describe, expect, test } from "vitest";
import type { StateResource } from "../../../snapshot";
import { config } from "../../support/config";
import {
  forbidden,
  found,
  missing,
  planned,
  plannedWeb,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { refusedWeb } from "../../support/refused";

const CLIENT = "aaaa0000-0000-4000-8000-00000000c0de";
const ELSEWHERE = "0e8e2d5c-0000-4000-8000-000000000001";
const idOf = (name: string, subscription = "SUB-1") =>
  `/subscriptions/${subscription}/resourceGroups/rg-other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const SIGNER = { id: idOf("signer"), name: "signer", clientId: CLIENT, principalId: "principal-1" };
const BY_NAME = { existing: { name: "signer", resourceGroup: "rg-other" } };
const azure = (changes: SnapshotChanges["azure"]): SnapshotChanges => ({ azure: changes });
const signer = azure({ identities: { web: found(SIGNER) } });
const application = azure({
  applications: { web: found({ objectId: "object-1", principal: found("principal-2") }) },
});
const OWNERS = [ELSEWHERE];

describe("whom the runs of a pipeline log in as", () => {
  const created = { resourceGroup: "rg-images", location: "westeurope" };
  const existing = {
    kind: "existing",
    ...SIGNER,
    resourceGroup: "rg-other",
  };
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, object, string]> = [
    [
      "nothing said",
      {},
      azure({ identities: { web: missing } }),
      { kind: "created", name: "countersign-test-web", ...created },
      "branch-main-immutable",
    ],
    ["an existing one, by name and group", BY_NAME, signer, existing, "web_branch-main-immutable"],
    [
      "an existing one, by its resource id in any case",
      { existing: idOf("SIGNER") },
      signer,
      { ...existing, subscription: "SUB-1" },
      "web_branch-main-immutable",
    ],
    [
      "an application",
      { application: {} },
      azure({ applications: { web: missing } }),
      { kind: "application", displayName: "countersign-test-web", owners: [] },
      "branch-main-immutable",
    ],
    [
      "an application with a name and owners",
      { application: { displayName: "Web signer", owners: OWNERS } },
      {},
      { kind: "application", displayName: "Web signer", owners: OWNERS },
      "branch-main-immutable",
    ],
    [
      "an existing application",
      { existingApplication: CLIENT.toUpperCase() },
      application,
      {
        kind: "existingApplication",
        applicationId: "/applications/object-1",
        clientId: CLIENT,
        principalId: "principal-2",
      },
      "web_branch-main-immutable",
    ],
    [
      "a shared one",
      { share: "team" },
      {},
      { kind: "shared", name: "team" },
      "web_branch-main-immutable",
    ],
  ];
  test.each(rows)("%s", (_, identity, there, expected, credential) => {
    const plan = plannedWeb({ identity }, there);
    expect(plan.identity).toEqual(
      "resourceGroup" in expected && "id" in expected
        ? { ...expected, resourceGroup: expect.stringMatching(/^rg-other$/i) }
        : expected,
    );
    expect(plan.credentials).toEqual([
      { name: credential, subject: "repo:Contoso@5/web@7:ref:refs/heads/main" },
    ]);
  });

  test("only an application trusts patterns of tags without an environment", () => {
    const pipeline = { branches: [], tags: ["v*"], identity: { application: {} } };
    const subject = "repo:Contoso@5/web@7:ref:refs/tags/v*";
    const expression = `claims['sub'] matches '${subject}' and claims['repository_id'] eq '7'`;
    expect(plannedWeb(pipeline).credentials).toMatchObject([{ subject, expression }]);
  });
});

describe("an identity that cannot be used", () => {
  const CHECK =
    "Check the resource group and the name. If it is in another subscription, set `subscription`.";
  const NAME =
    "Give another `displayName`, or use the application with `existingApplication`. If an interrupted run created it, delete it in Entra.";
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, string]> = [
    [
      "an existing one that is missing",
      BY_NAME,
      azure({ identities: { web: { status: "missing", said: "ResourceNotFound" } } }),
      `existing | "rg-other/signer" | an existing user-assigned identity | ${CHECK} Azure said: ResourceNotFound`,
    ],
    [
      "an existing one that cannot be read",
      BY_NAME,
      azure({ identities: { web: forbidden } }),
      'existing | "rg-other/signer" | an existing user-assigned identity | Give your login permission to read it, for example the role Reader. Azure said: 403: not yours',
    ],
    [
      "an application that is missing",
      { existingApplication: CLIENT },
      azure({ applications: { web: missing } }),
      `existingApplication | "${CLIENT}" | the client id of an existing application | Check the client ID, and the tenant that you are logged in to.`,
    ],
    [
      "an application without a service principal",
      { existingApplication: CLIENT },
      azure({ applications: { web: found({ objectId: "object-1", principal: missing }) } }),
      `existingApplication | "${CLIENT}" | an application with a service principal in this tenant, to assign roles to | Run \`az ad sp create --id ${CLIENT}\`.`,
    ],
    [
      "a display name that an application has",
      { application: {} },
      application,
      `application.displayName | "countersign-test-web" | a display name that no application has | ${NAME}`,
    ],
    [
      "a display name that several applications have",
      { application: { displayName: "release SIGNER" } },
      azure({ applications: { web: found({}) } }),
      `application.displayName | "release SIGNER" | a display name that no application has | ${NAME}`,
    ],
  ];
  test.each(rows)("%s", (_, identity, there, expected) => {
    expect(refusedWeb({ identity }, there)).toEqual([`web.identity.${expected}`]);
  });

  test("a name that a managed identity has, which was to be created", () => {
    expect(refusedWeb({}, signer)).toEqual([
      'web.identity | "rg-images/countersign-test-web" | a managed identity that does not exist yet | Rename the pipeline or the shared name. If an interrupted run created the identity and nothing uses it, delete it with `az identity delete`.',
    ]);
  });

  test.each([
    [
      "azure-native:managedidentity:UserAssignedIdentity",
      "web-identity",
      BY_NAME,
      signer,
      'existing | "rg-other/signer"',
    ],
    [
      "azuread:index/applicationRegistration:ApplicationRegistration",
      "web-application-application",
      { existingApplication: CLIENT },
      application,
      `existingApplication | "${CLIENT}"`,
    ],
  ])("one that this stack created itself, a %s", (type, name, identity, there, at) => {
    const own: StateResource = { type, name, outputs: { clientId: CLIENT.toUpperCase() } };
    expect(refusedWeb({ identity }, { ...there, resources: [own] })).toEqual([
      `web.identity.${at} | an identity that this stack did not create | This stack created it as ${name}. Use another identity, or \`identity: { share: NAME }\` for several pipelines.`,
    ]);
  });
});

test("each pipeline has the roles on the registry and the profile, for its own images", () => {
  const images = [{ name: "web" }, { name: "site/docs" }];
  const plan = planned(config({ "countersign:pipelines": { web: { images } } }), snapshot())
    .pipelines[0];
  expect(plan?.registries.map(({ name, images: all }) => [name, ...all])).toEqual([
    ["contosoimages", "web", "site/docs"],
  ]);
  expect(plan?.profiles.map(({ account, name }) => [account, name])).toEqual([
    ["contoso-signing", "container-images"],
  ]);
});
