import { expect, test } from "vitest";
import { config, world } from "../support/engine";
import { APPLICATION, IDENTITY } from "../support/identities";
import { found, saying, snapshots, stackOf } from "../support/snapshots";

test("what exists in Azure and Entra is read as it is, and so is a file", async () => {
  const { azure, github } = world({ registry: { mode: "rbac" } });
  const applications = [
    APPLICATION,
    {
      displayName: "Twin",
      clientId: "aaaa0000-0000-4000-8000-000000000001",
      servicePrincipal: false,
    },
    { displayName: "Twin", clientId: "aaaa0000-0000-4000-8000-000000000002" },
  ];
  const there = {
    azure: {
      ...azure,
      identities: [IDENTITY, { resourceGroup: "rg-images", name: "countersign-test-taken" }],
      applications,
    },
    github,
  };
  const identity = (it: object) => ({ identity: it });
  const signing = { resourceGroup: "rg-signing", account: "contoso-signing" };
  const of = (profile: string, rootCertificate: string, registry = "contosoimages") => ({
    "countersign:registry": { resourceGroup: "rg-images", name: registry },
    "countersign:signing": {
      ...signing,
      profile,
      timestamp: { url: "http://tsa.example/", rootCertificate },
    },
  });
  const [one, two] = await snapshots(
    there,
    stackOf(
      {
        web: {},
        taken: {},
        theirs: identity({ existing: IDENTITY }),
        gone: identity({ existing: { ...IDENTITY, resourceGroup: "rg-gone" } }),
        shared: identity({ share: "taken2" }),
        fresh: identity({ application: {} }),
        named: identity({ application: { displayName: "release SIGNER" } }),
        twins: identity({ application: { displayName: "Twin" } }),
        known: identity({ existingApplication: APPLICATION.clientId }),
        bare: identity({ existingApplication: applications[1]?.clientId }),
        unknown: identity({ existingApplication: "aaaa0000-0000-4000-8000-00000000dead" }),
      },
      of("container-images", "package.json"),
    ),
    config(of("another", "gone.pem", "gone1")),
  );
  expect(one?.azure).toMatchObject({
    client: { tenantId: azure.tenantId ?? expect.any(String), subscriptionId: expect.any(String) },
    registry: found({
      id: expect.stringMatching(/\/registries\/contosoimages$/),
      name: "contosoimages",
      loginServer: "contosoimages.azurecr.io",
    }),
    account: found({ name: "contoso-signing", endpoint: "https://weu.codesigning.azure.net/" }),
    profile: found({ name: "container-images", status: "Active", type: "PublicTrust" }),
  });
  expect(one?.azure.identities).toEqual({
    web: saying(/ResourceNotFound/),
    taken: found(expect.objectContaining({ name: "countersign-test-taken" })),
    theirs: found({
      id: expect.stringMatching(/signer$/),
      name: "signer",
      clientId: expect.any(String),
      principalId: expect.any(String),
    }),
    gone: saying(/ResourceGroupNotFound: Resource group 'rg-gone' could not be found/),
    taken2: saying(/ResourceNotFound/),
  });
  const application = { objectId: expect.any(String) };
  expect(one?.azure.applications).toEqual({
    fresh: saying(/^Application not found: no applications found/),
    named: found(application),
    twins: found({}),
    known: found({ ...application, principal: found(expect.any(String)) }),
    bare: found({ ...application, principal: saying(/No service principal found/) }),
    unknown: saying(/^Application not found: no applications found/),
  });
  expect([one?.timestampRoot, two?.timestampRoot]).toEqual([
    found(expect.stringContaining('"name": "countersign"')),
    saying(/ENOENT: no such file or directory, open 'gone.pem'/),
  ]);
  expect(two?.azure).toMatchObject({ registry: saying(/NotFound/), profile: saying(/NotFound/) });
});
