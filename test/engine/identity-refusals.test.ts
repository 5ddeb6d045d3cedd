import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { type Config, onEngine, reasonOf } from "../support/engine";
import { APPLICATION, held, IDENTITY, identityId, inhabited, stackOf } from "../support/identities";

const AT = "countersign:pipelines.web.identity";
const ELSEWHERE = "0e8e2d5c-0000-4000-8000-000000000001";
const NOWHERE = "0e8e2d5c-0000-4000-8000-00000000dead";
const OTHER = "repo:Contoso/other:environment:x";
const FREE = "something that does not exist yet";
const NAME =
  "give another `displayName`, or use it by `existingApplication`; if an interrupted run left it, delete it";

const signer = (...names: string[]) =>
  inhabited({
    identities: [{ ...IDENTITY, credentials: names.map((name) => ({ name, subject: OTHER })) }],
  });
const applications = (...them: object[]) =>
  inhabited({ applications: them.map((it) => ({ ...APPLICATION, ...it })) });

const absent = (given: string, said: string) =>
  block(
    `${AT}.existing`,
    `"${given}"`,
    "an existing user-assigned identity",
    `check group, name and subscription, and that you may read it; Azure said: Error: invocation of azure-native:managedidentity:getUserAssignedIdentity returned an error: ${said}`,
  );
const noSuch = `ResourceNotFound: The Resource '${identityId("absent")}' was not found.`;
const twin = (path: string, given: string, remedy: string) =>
  block(path, `"${given}"`, FREE, remedy);

/** What is chosen, in which world, and what is said. */
const refused = [
  [
    "an existing identity of another subscription",
    { identity: { existing: identityId("signer", ELSEWHERE) } },
    signer(),
    block(
      `${AT}.existing`,
      `"${ELSEWHERE}"`,
      "an identity of subscription 5ab50000-0000-4000-8000-00000000c0de, where the credentials are written",
      "take one of it, or set `azure-native:subscriptionId`",
    ),
  ],
  [
    "an identity that is not there, by its id",
    { identity: { existing: identityId("absent") } },
    signer(),
    absent("rg-other/absent", noSuch),
  ],
  [
    "an identity that is not there, by its name and group",
    { identity: { existing: { ...IDENTITY, name: "absent" } } },
    signer(),
    absent("rg-other/absent", noSuch),
  ],
  [
    "an identity in a group that is not there",
    { identity: { existing: { ...IDENTITY, resourceGroup: "rg-absent" } } },
    signer(),
    absent(
      "rg-absent/signer",
      "ResourceGroupNotFound: Resource group 'rg-absent' could not be found.",
    ),
  ],
  [
    "an application that is not there",
    { identity: { existingApplication: NOWHERE } },
    applications({}),
    block(
      `${AT}.existingApplication`,
      `"${NOWHERE}"`,
      "the client id of an existing application",
      `check the id and the tenant, and that you may read applications; Azure said: Error: invocation of azuread:index/getApplication:getApplication returned an error: No applications found matching filter: "appId eq '${NOWHERE}'"`,
    ),
  ],
  [
    "an application without a service principal",
    { identity: { existingApplication: APPLICATION.clientId } },
    applications({ servicePrincipal: false }),
    block(
      `${AT}.existingApplication`,
      `"${APPLICATION.clientId}"`,
      "an application with a service principal in this tenant, as roles are assigned to that",
      `run \`az ad sp create --id ${APPLICATION.clientId}\`; Azure said: Error: invocation of azuread:index/getServicePrincipal:getServicePrincipal returned an error: No service principal found for client ID: "${APPLICATION.clientId}"`,
    ),
  ],
  [
    "an existing identity that has a credential of the same name, in any case",
    { identity: { existing: IDENTITY } },
    signer("Web_Branch-MAIN-immutable"),
    twin(
      "web-existing-f557c207-web_branch-main-immutable",
      "federated credential web_branch-main-immutable of signer",
      "rename the pipeline; if an interrupted run left it, delete it",
    ),
  ],
  [
    "the same under an environment",
    { identity: { existing: IDENTITY }, environment: "release" },
    signer("theirs", "web_environment-release-immutable"),
    twin(
      "web-existing-f557c207-web_environment-release-immutable",
      "federated credential web_environment-release-immutable of signer",
      "rename the pipeline; if an interrupted run left it, delete it",
    ),
  ],
  [
    "an application whose default name is taken",
    { identity: { application: {} } },
    applications({ displayName: "countersign-test-web" }),
    twin("web-application-application", "application countersign-test-web", NAME),
  ],
  [
    "an application whose name is taken, in any case",
    { identity: { application: { displayName: "release SIGNER" } } },
    applications({}),
    twin("web-application-application", "application release SIGNER", NAME),
  ],
  [
    "an application whose name is taken twice",
    { identity: { application: { displayName: "Release signer" } } },
    applications({}, { clientId: NOWHERE }),
    twin("web-application-application", "application Release signer", NAME),
  ],
] as const;

describe("refused at preview and at `up`, with nothing of the others' changed", () => {
  test.each(refused)("%s", async (_, web, world, expected) => {
    await onEngine({ config: stackOf({ web }), world }, async ({ run, clouds }) => {
      const before = [held(clouds), clouds.inventory()];
      expect(await reasonOf(run("preview", "preview"))).toContain(expected);
      expect([held(clouds), clouds.inventory()]).toEqual(before);
      expect(await reasonOf(run("up", "up"))).toContain(expected);
      expect(held(clouds)).toEqual(expect.arrayContaining(before[0] ?? []));
    });
  });

  const OWN = "one that this stack did not make";
  const own = [
    [
      "managed identity",
      {},
      { existing: { name: "countersign-test-web", resourceGroup: "rg-images" } },
      block(
        `${AT}.existing`,
        '"rg-images/countersign-test-web"',
        OWN,
        "it is web-identity: take another, or `identity: { share: NAME }` for several pipelines",
      ),
    ],
    [
      "application",
      { identity: { application: {} } },
      { existingApplication: "CLIENT" },
      block(
        `${AT}.existingApplication`,
        '"CLIENT"',
        OWN,
        "it is web-application-application: take another, or `identity: { share: NAME }` for several pipelines",
      ),
    ],
  ] as const;
  test.each(own)("the %s that this stack made itself", async (_, web, identity, expected) => {
    await onEngine({ config: stackOf({ web }) }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      const before = held(clouds);
      const [application] = clouds.azure.applications.values();
      const filled = (it: unknown): Config =>
        JSON.parse(JSON.stringify(it).replace("CLIENT", application?.clientId ?? ""));
      await configure(stackOf({ web: { identity: filled(identity) } }));
      const said = expected.replace("CLIENT", application?.clientId ?? "");
      expect(await reasonOf(run("preview", "preview"))).toContain(said);
      expect(await reasonOf(run("up", "up"))).toContain(said);
      expect(held(clouds)).toEqual(before);
    });
  });
  test("two applications of one stack under one name", async () => {
    const one = { identity: { application: { displayName: "Twin" } } };
    const world = inhabited({}, [
      { name: "web", id: 7 },
      { name: "api", id: 8 },
    ]);
    await onEngine({ config: stackOf({ web: one, api: one }), world }, async ({ run }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.identity.application.displayName",
          '"Twin"',
          "display names that no other pipeline has",
          "`api` has it: give another",
        ),
      );
    });
  });
});
