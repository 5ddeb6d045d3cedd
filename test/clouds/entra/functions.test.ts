import { describe, expect, test } from "vitest";
import { azure, entra, failureOf, identityInputs, TENANT } from "../support";

const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";
const applications = [
  { displayName: "web", clientId: ONE },
  { displayName: "api", clientId: TWO, servicePrincipal: false },
];
const open = () => entra({ azure: { applications } });
const reason = async (work: () => unknown) => (await failureOf(work)).message;
/** The provider's words about what a function did not find. */
const words = (name: string, text: string) =>
  `invoking azuread:index/${name}:${name}: 1 error occurred:\n\t* ${text}\n\n`;

describe("getApplication", () => {
  const get = ({ invoke }: ReturnType<typeof entra>, args: object) =>
    invoke("azuread:index/getApplication:getApplication", { ...args });

  test("finds by client id, object id or name, in any case", () => {
    const cloud = open();
    const { objectId = "" } = get(cloud, { clientId: ONE }) as Record<string, string>;
    const web = {
      id: `/applications/${objectId}`,
      objectId,
      clientId: ONE,
      displayName: "web",
      owners: [],
    };
    expect(get(cloud, { clientId: ONE, displayName: undefined })).toEqual(web);
    expect(get(cloud, { objectId: objectId.toUpperCase() })).toEqual(web);
    expect(get(cloud, { displayName: "Web" })).toEqual(web);
  });

  test("of what is not there, or there twice", async () => {
    const cloud = open();
    const said = (text: string) => words("getApplication", text);
    const none = "Application not found: no applications found matching filter:";
    expect(await reason(() => get(cloud, { clientId: TENANT }))).toBe(
      said(`${none} "appId eq '${TENANT}'"`),
    );
    expect(await reason(() => get(cloud, { displayName: "nope" }))).toBe(
      said(`${none} "displayName eq 'nope'"`),
    );
    expect(await reason(() => get(cloud, { objectId: ONE }))).toBe(
      said(`Application with object ID "${ONE}" was not found`),
    );
    await cloud.application.create({ displayName: "WEB" });
    expect(await reason(() => get(cloud, { displayName: "web" }))).toBe(
      said(
        `Multiple applications found: dound multiple applications matching filter: "displayName eq 'web'"`,
      ),
    );
    await cloud.application.create({ displayName: "bob's" });
    expect(await reason(() => get(cloud, { displayName: "bob's" }))).toMatch(
      `Listing applications for filter "displayName eq 'bob's'": unexpected status 400 `,
    );
  });

  test.each([{}, { clientId: ONE, displayName: "web" }, { identifierUri: "api://web" }])(
    "by %j is refused",
    async (args) => {
      expect(await reason(() => get(open(), args))).toBe(
        "exactly one of objectId, clientId, displayName must be given",
      );
    },
  );
});

describe("getServicePrincipal", () => {
  const get = ({ invoke }: Pick<ReturnType<typeof entra>, "invoke">, args: object) =>
    invoke("azuread:index/getServicePrincipal:getServicePrincipal", { ...args });

  test("finds by client id, object id or name, in any case", () => {
    const cloud = open();
    const web = get(cloud, { clientId: ONE });
    const { objectId } = web;
    expect(web).toEqual({
      id: `/servicePrincipals/${objectId}`,
      objectId,
      clientId: ONE,
      displayName: "web",
    });
    expect(get(cloud, { objectId })).toEqual(web);
    expect(get(cloud, { displayName: "WEB" })).toEqual(web);
  });

  test("of a managed identity too", async () => {
    const cloud = azure();
    const { clientId, principalId } = (await cloud.identity.create(identityInputs)).outputs;
    const found = get(entra({}, cloud.state), { clientId });
    expect(found).toMatchObject({ objectId: principalId, displayName: "id-web" });
  });

  test("of what is not there, or there twice", async () => {
    const cloud = open();
    const said = (text: string) => words("getServicePrincipal", text);
    expect(await reason(() => get(cloud, { clientId: TWO }))).toBe(
      said("No service principal found: no service principal found"),
    );
    expect(await reason(() => get(cloud, { objectId: TWO }))).toBe(
      said(`Service Principal (Service Principal: "${TWO}") was not found`),
    );
    // An application without a service principal.
    expect(await reason(() => get(cloud, { displayName: "api" }))).toBe(
      said(
        `Service principal not found: no service principals found matching filter: "displayName eq 'api'"`,
      ),
    );
    const { clientId } = (await cloud.application.create({ displayName: "web" })).outputs;
    await cloud.principal.create({ clientId });
    expect(await reason(() => get(cloud, { displayName: "web" }))).toBe(
      said(
        `Multiple service principals found: found multiple service principals matching filter: "displayName eq 'web'"`,
      ),
    );
    expect(await reason(() => get(cloud, {}))).toBe(
      "exactly one of objectId, clientId, displayName must be given",
    );
  });
});
