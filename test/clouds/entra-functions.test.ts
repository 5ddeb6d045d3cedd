import { describe, expect, test } from "vitest";
import { azure, entra, failureOf, identityInputs, TENANT } from "./support";

const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";
const applications = [
  { displayName: "web", clientId: ONE },
  { displayName: "api", clientId: TWO, servicePrincipal: false },
];
const open = () => entra({ azure: { applications } });
const reason = async (work: () => unknown) => (await failureOf(work)).message;

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
    expect(await reason(() => get(cloud, { clientId: TENANT }))).toBe(
      `No applications found matching filter: "appId eq '${TENANT}'"`,
    );
    expect(await reason(() => get(cloud, { displayName: "nope" }))).toBe(
      `No applications found matching filter: "displayName eq 'nope'"`,
    );
    expect(await reason(() => get(cloud, { objectId: ONE }))).toBe(
      `Application with object ID "${ONE}" was not found`,
    );
    await cloud.application.create({ displayName: "web" });
    expect(await reason(() => get(cloud, { displayName: "web" }))).toBe(
      `Found multiple applications matching filter: "displayName eq 'web'"`,
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

  test("finds by client id or object id", () => {
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
  });

  test("of a managed identity too", async () => {
    const cloud = azure();
    const { clientId, principalId } = (await cloud.identity.create(identityInputs)).outputs;
    const found = get(entra({}, cloud.state), { clientId });
    expect(found).toMatchObject({ objectId: principalId, displayName: "id-web" });
  });

  test("of what is not there", async () => {
    const cloud = open();
    expect(await reason(() => get(cloud, { clientId: TWO }))).toBe(
      `No service principal found for client ID: "${TWO}"`,
    );
    expect(await reason(() => get(cloud, { objectId: TWO }))).toBe(
      `Service principal with object ID "${TWO}" was not found`,
    );
    expect(await reason(() => get(cloud, { objectId: "" }))).toBe(
      'Service principal with object ID "" was not found',
    );
    expect(await reason(() => get(cloud, { displayName: "web" }))).toBe(
      "exactly one of objectId, clientId must be given",
    );
  });
});
