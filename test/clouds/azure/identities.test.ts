import { describe, expect, test } from "vitest";
import {
  armRefusal,
  azure,
  failureOf,
  IDENTITY,
  identityInputs,
  refusal,
  SIGNER,
  TENANT,
} from "../support";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an identity gets its ids from Azure; names that only its id has are no outputs", async () => {
  const { identity, state } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  const { clientId, principalId, ...rest } = outputs;
  expect(id).toBe(IDENTITY);
  expect(rest).toEqual({
    name: SIGNER,
    location: "westeurope",
    azureApiVersion: "2023-01-31",
    tenantId: TENANT,
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
  });
  expect(clientId).toMatch(GUID);
  expect(principalId).toMatch(GUID);
  expect(clientId).not.toBe(principalId);
  expect(state.inventory()).toEqual([`identity ${IDENTITY}`]);
});

test("the id has the resource group's own case", async () => {
  const { id } = await azure().identity.create({
    ...identityInputs,
    resourceGroupName: "RG-Images",
  });
  expect(id).toBe(IDENTITY);
});

test("without a resource group of that name, nothing is made", async () => {
  const { identity, state, traffic } = azure();
  const inputs = { ...identityInputs, resourceGroupName: "rg-nowhere" };
  const message = "Resource group 'rg-nowhere' could not be found.";
  expect(await refusal(() => identity.create(inputs))).toEqual(
    armRefusal(404, "ResourceGroupNotFound", message),
  );
  expect(state.inventory()).toEqual([]);
  expect(traffic.writes).toEqual([]);
});

test.each(["ab", "-ab", "_ab", "a.b", "a b", "a".repeat(129)])(
  "%j is not a name of an identity",
  async (resourceName) => {
    const { identity } = azure();
    const inputs = { ...identityInputs, resourceName };
    const message = `'${resourceName}' is not a name of an identity.`;
    expect(await refusal(() => identity.create(inputs))).toEqual(
      armRefusal(400, "InvalidResourceName", message),
    );
  },
);

test.each(["abc", "1-_", "a".repeat(128)])("%j is a name of an identity", async (resourceName) => {
  const { outputs } = await azure().identity.create({ ...identityInputs, resourceName });
  expect(outputs.name).toBe(resourceName);
});

test.each([undefined, ""])("the location %j is refused", async (location) => {
  const inputs = { ...identityInputs, location };
  const message = "The location property is required for this definition.";
  expect(await refusal(() => azure().identity.create(inputs))).toEqual(
    armRefusal(400, "LocationRequired", message),
  );
});

test("a second identity of the name, in whatever case, is refused", async () => {
  const { identity } = azure();
  await identity.create(identityInputs);
  const again = await failureOf(() =>
    identity.create({ ...identityInputs, resourceName: "ID-web" }),
  );
  expect(again.message).toBe(
    `cannot create already existing resource '${IDENTITY.replace(SIGNER, "ID-web")}'`,
  );
});

describe("diff", () => {
  test.each([
    ["resourceGroupName", "rg-other", ["resourceGroupName"]],
    ["resourceName", "id-api", ["resourceName"]],
    ["location", "northeurope", ["location"]],
    ["tags", { team: "web" }, []],
  ])("a new %s", (property, value, replaces) => {
    const news = { ...identityInputs, [property]: value };
    const first = replaces.length > 0 && { deleteBeforeReplace: true };
    const expected = { changed: [property], replaces, ...first };
    expect(azure().identity.diff(identityInputs, news)).toEqual(expected);
  });
});

test("an update keeps the ids", async () => {
  const { identity } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  const tags = { team: "web" };
  expect(await identity.update(id, { ...identityInputs, tags })).toEqual({ ...outputs, tags });
});

test("the update of an identity that is gone makes another one", async () => {
  const { identity, state } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  await identity.delete(id);
  const { clientId } = await identity.update(id, identityInputs);
  expect([...state.identities.keys()]).toEqual([id.toLowerCase()]);
  expect(clientId).not.toBe(outputs.clientId);
});

test("a region has one name in Azure, and an identity stays in its region", async () => {
  const { identity } = azure();
  const { outputs } = await identity.create({ ...identityInputs, location: "West Europe" });
  expect(outputs.location).toBe("westeurope");
  const { id } = await identity.create({ ...identityInputs, resourceName: "id-api" });
  const moved = { ...identityInputs, resourceName: "id-api", location: "northeurope" };
  expect((await refusal(() => identity.update(id, moved))).code).toBe("InvalidResourceLocation");
});

test("a refresh sees an identity in any case of its id, and that it is gone", async () => {
  const { identity, state } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  expect(identity.read(id.toUpperCase(), identityInputs)).toEqual({
    inputs: identityInputs,
    outputs,
  });
  state.identities.clear();
  expect(identity.read(id, identityInputs)).toBeUndefined();
});

test("a deleted identity takes its credentials along, not its role assignments", async () => {
  const { identity, state } = azure();
  await identity.create(identityInputs);
  await identity.create({ ...identityInputs, resourceName: "id-api" });
  const credential = { name: "it", issuer: "https://issuer", subject: "it", audience: "it" };
  const other = IDENTITY.replace(SIGNER, "id-api");
  state.credentials.set("a", { id: "a", identityId: IDENTITY.toUpperCase(), ...credential });
  state.credentials.set("b", { id: "b", identityId: other, ...credential });
  const grant = { scope: "s", principalId: "p", roleGuid: "r", condition: undefined };
  state.assignments.set("c", { id: "c", ...grant });
  await identity.delete(IDENTITY);
  expect(state.inventory()).toEqual([
    "federated credential b",
    `identity ${other}`,
    "role assignment c",
  ]);
});

test("the deletion of an identity that is gone succeeds", async () => {
  const { identity, traffic } = azure();
  await identity.delete(IDENTITY);
  expect(traffic.writes.map(({ operation }) => operation)).toEqual(["delete"]);
});

test("an identity made again is another principal; a rehearsal repeats", async () => {
  const principals = async () => {
    const { identity } = azure();
    const { id, outputs: first } = await identity.create(identityInputs);
    await identity.delete(id);
    const { outputs: second } = await identity.create(identityInputs);
    return [first.principalId, second.principalId, first.clientId, second.clientId];
  };
  const once = await principals();
  expect(new Set(once).size).toBe(4);
  expect(await principals()).toEqual(once);
});
