import { beforeEach, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import {
  azure,
  entra,
  failureOf,
  graphRefusal,
  REGISTRY,
  refusal,
  SUBSCRIPTION,
  TENANT,
} from "../support";

const ONE = "11111111-1111-4111-8111-111111111111";
const gone = (summary: string, objectId: string) =>
  graphRefusal(
    `${summary} "${objectId}"`,
    "404 Not Found",
    "Request_ResourceNotFound",
    `Resource '${objectId}' does not exist or one of its queried reference-property objects are not present.`,
  );

let cloud: ReturnType<typeof entra>;
beforeEach(() => {
  cloud = entra();
});
const register = async () => (await cloud.application.create({ displayName: "web" })).outputs;

test("a service principal is what roles are assigned to", async () => {
  const { clientId } = await register();
  const { id, outputs } = await cloud.principal.create({ clientId });
  const { objectId } = outputs;
  expect(id).toBe(`/servicePrincipals/${objectId}`);
  expect(outputs).toEqual({
    clientId,
    objectId,
    applicationTenantId: TENANT,
    displayName: "web",
  });
  const grant = {
    scope: REGISTRY,
    principalType: "ServicePrincipal",
    roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec`,
    roleAssignmentName: ONE,
  };
  const { assignment } = azure({}, cloud.state);
  await assignment.create({ ...grant, principalId: objectId });
  const name = ONE.replaceAll("1", "2");
  const other = { ...grant, scope: SUBSCRIPTION, principalId: clientId, roleAssignmentName: name };
  expect((await refusal(() => assignment.create(other))).code).toBe("PrincipalNotFound");
  await cloud.principal.delete(id);
  const late = { ...other, principalId: objectId };
  expect((await refusal(() => assignment.create(late))).code).toBe("PrincipalNotFound");
});

test("a service principal needs its application, and is the only one", async () => {
  const message = `The appId '${ONE}' of the service principal does not reference a valid application object.`;
  expect(await refusal(() => cloud.principal.create({ clientId: ONE }))).toEqual(
    graphRefusal(
      "Could not create service principal",
      "400 Bad Request",
      "Request_BadRequest",
      message,
    ),
  );
  const { clientId } = await register();
  const { id } = await cloud.principal.create({ clientId });
  const again = await failureOf(() => cloud.principal.create({ clientId }));
  expect(again.message).toBe(
    `1 error occurred:\n\t* A resource with the ID "${id}" already exists: To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "azuread_service_principal" for more information.\n\n`,
  );
});

test("a service principal is checked at preview; to take over an existing one is not served", () => {
  const faults = (inputs: Properties) => cloud.principal.check(inputs).map(({ reason }) => reason);
  expect(faults({ clientId: ONE, owners: [ONE], description: "signs" })).toEqual([]);
  expect(faults({ clientId: "web" })).toEqual(['expected "clientId" to be a valid UUID, got web']);
  expect(faults({ clientId: ONE, useExisting: true })).toEqual([
    "the embedded azuread does not know azuread:index/servicePrincipal:ServicePrincipal.useExisting",
  ]);
});

test("a service principal follows another client id by replacement, a description in place", async () => {
  const { clientId } = await register();
  const { id, outputs } = await cloud.principal.create({ clientId });
  const { replaces } = cloud.principal.diff({ clientId }, { clientId: ONE, description: "x" });
  expect(replaces).toEqual(["clientId"]);
  const news = { clientId, description: "signs" };
  expect(await cloud.principal.update(id, news)).toEqual({ ...outputs, ...news });
});

test("a service principal that is gone is not seen, updated or deleted; the next is another principal", async () => {
  const { clientId } = await register();
  const { id, outputs } = await cloud.principal.create({ clientId });
  await cloud.principal.delete(id);
  expect(cloud.principal.read(id, {})).toBeUndefined();
  const objectId = outputs.objectId as string;
  expect(await refusal(() => cloud.principal.update(id, { clientId }))).toEqual(
    gone("Updating service principal with object ID:", objectId),
  );
  expect(await refusal(() => cloud.principal.delete(id))).toEqual(
    gone("Deleting service principal with object ID", objectId),
  );
  const next = await cloud.principal.create({ clientId });
  expect(next.outputs.objectId).not.toBe(outputs.objectId);
  expect(cloud.principal.read(next.id, {})?.inputs).toEqual({ clientId });
});
