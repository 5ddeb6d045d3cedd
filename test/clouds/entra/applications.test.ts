import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { entra, failureOf, graphRefusal, refusal } from "../support";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ONE = "11111111-1111-4111-8111-111111111111";
const gone = (summary: string, objectId: string, what = objectId) =>
  graphRefusal(
    `${summary} Application (Application: "${objectId}")`,
    "404 Not Found",
    "Request_ResourceNotFound",
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );

let cloud: ReturnType<typeof entra>;
beforeEach(() => {
  cloud = entra();
});
const register = async (displayName = "web") => {
  const { id, outputs } = await cloud.application.create({ displayName });
  return { id, ...outputs } as Record<"id" | "clientId" | "objectId", string>;
};

describe("an application", () => {
  test("gets its ids from Entra", async () => {
    const it = await register();
    expect(it).toEqual({
      id: `/applications/${it.objectId}`,
      objectId: expect.stringMatching(GUID),
      clientId: expect.stringMatching(GUID),
      displayName: "web",
      publisherDomain: "contoso.onmicrosoft.com",
      disabledByMicrosoft: "",
    });
    expect(cloud.state.inventory()).toEqual([`application web ${it.id}`]);
  });

  test("of a name that another has is simply made; a rehearsal repeats", async () => {
    const [one, other] = [await register(), await register()];
    expect(one.objectId).not.toBe(other.objectId);
    expect(one.clientId).not.toBe(other.clientId);
    expect([...cloud.state.applications.keys()]).toEqual([one.objectId, other.objectId]);
    cloud = entra();
    expect(await register()).toEqual(one);
  });

  test("is checked at preview", () => {
    const faults = (changes: Properties) =>
      cloud.application.check({ displayName: "web", ...changes }).map(({ reason }) => reason);
    expect(faults({ description: "signs", notes: "x", signInAudience: "AzureADMyOrg" })).toEqual(
      [],
    );
    expect(faults({ displayName: undefined })).toEqual(["displayName is required"]);
    expect(faults({ displayName: "" })).toEqual(["displayName must not be empty"]);
    expect(faults({ signInAudience: "AzureADMultipleOrgs" })).toEqual([
      "the embedded azuread does not serve AzureADMultipleOrgs",
    ]);
    expect(faults({ homepageUrl: "https://x" })).toEqual([
      "the embedded azuread does not know azuread:index/applicationRegistration:ApplicationRegistration.homepageUrl",
    ]);
  });

  test("changes in place, its name too", async () => {
    const { id, clientId } = await register();
    const news = { displayName: "api", description: "signs" };
    expect(cloud.application.diff({ displayName: "web" }, news).replaces).toEqual([]);
    expect(await cloud.application.update(id, news)).toMatchObject({ ...news, clientId });
    expect(cloud.application.read(id, {})?.inputs).toEqual({ displayName: "api" });
  });

  test("that is gone is not seen, updated or deleted", async () => {
    const { id, objectId } = await register();
    await cloud.application.delete(id);
    expect(cloud.state.inventory()).toEqual([]);
    expect(cloud.application.read(id, {})).toBeUndefined();
    const update = () => cloud.application.update(id, { displayName: "web" });
    expect(await refusal(update)).toEqual(gone("Updating", objectId));
    expect(await refusal(() => cloud.application.delete(id))).toEqual(gone("Deleting", objectId));
  });

  test("takes its service principal, owners and credentials along", async () => {
    const { id, clientId } = await register();
    await cloud.principal.create({ clientId });
    await cloud.owner.create({ applicationId: id, ownerObjectId: ONE });
    await cloud.credential.create({
      applicationId: id,
      displayName: "main",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:Contoso@5/web@7:ref:refs/heads/main",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(cloud.state.inventory()).toHaveLength(4);
    await cloud.application.delete(id);
    expect(cloud.state.inventory()).toEqual([]);
  });
});

describe("an owner", () => {
  test("is added, seen and removed", async () => {
    const { id: applicationId, objectId } = await register();
    const inputs = { applicationId, ownerObjectId: ONE };
    const { id } = await cloud.owner.create(inputs);
    expect(id).toBe(`${applicationId}/owners/${ONE}`);
    expect(cloud.state.inventory()).toContain(`application owner ${id}`);
    expect(cloud.owner.read(id, {})?.inputs).toEqual(inputs);
    await cloud.owner.delete(id);
    expect(cloud.owner.read(id, {})).toBeUndefined();
    expect(await refusal(() => cloud.owner.delete(id))).toEqual(
      gone("Removing owner from", objectId, ONE),
    );
  });

  test("is refused twice, and of an application that is gone", async () => {
    const { id: applicationId, objectId } = await register();
    const inputs = { applicationId, ownerObjectId: ONE };
    const { id } = await cloud.owner.create(inputs);
    const again = await failureOf(() => cloud.owner.create(inputs));
    expect(again.message).toBe(
      `1 error occurred:\n\t* A resource with the ID "${id}" already exists: To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "azuread_application_owner" for more information.\n\n`,
    );
    await cloud.application.delete(applicationId);
    expect(await refusal(() => cloud.owner.create(inputs))).toEqual(
      gone("Adding owner to", objectId),
    );
  });

  test("is checked at preview; both properties replace", () => {
    const applicationId = `/applications/${ONE}`;
    const faults = (inputs: Properties) => cloud.owner.check(inputs).map(({ reason }) => reason);
    expect(faults({ applicationId, ownerObjectId: ONE })).toEqual([]);
    expect(faults({ applicationId, ownerObjectId: "alice" })).toEqual([
      'expected "ownerObjectId" to be a valid UUID, got alice',
    ]);
    expect(faults({ applicationId: ONE, ownerObjectId: ONE })).toEqual([
      `expected "applicationId" to be /applications/<objectId>, got ${ONE}`,
    ]);
    const diff = cloud.owner.diff({ applicationId, ownerObjectId: ONE }, {});
    expect(diff.replaces).toEqual(["applicationId", "ownerObjectId"]);
  });
});
