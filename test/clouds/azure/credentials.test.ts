import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import {
  armRefusal,
  azure,
  CREDENTIAL_NAME,
  credentialId,
  credentialInputs,
  failureOf,
  identityInputs,
  refusal,
} from "../support";

/** What Azure answers: identity and group are only in the id. */
const answer = (name: string, changes: Properties = {}): Properties => {
  const { issuer, subject, audiences } = credentialInputs(name, changes);
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
  return { name, issuer, subject, audiences, type, azureApiVersion: "2023-01-31" };
};
let cloud: ReturnType<typeof azure>;
beforeEach(async () => {
  cloud = azure();
  await cloud.identity.create(identityInputs);
  await cloud.identity.create({ ...identityInputs, resourceName: "id-api" });
});
const creation = (name: string, changes?: Properties) =>
  refusal(() => cloud.credential.create(credentialInputs(name, changes)));

test("a credential is made below its identity", async () => {
  const { id, outputs } = await cloud.credential.create(credentialInputs("main"));
  expect(id).toBe(credentialId("main"));
  expect(outputs).toEqual(answer("main"));
});

test("its identity must be there", async () => {
  const message =
    "Can not perform requested operation on nested resource. Parent resource 'id-gone' not found.";
  expect(await creation("main", { resourceName: "id-gone" })).toEqual(
    armRefusal(404, "ParentResourceNotFound", message),
  );
  expect((await creation("main", { resourceGroupName: "rg" })).code).toBe("ResourceGroupNotFound");
});

describe("a value that Azure refuses", () => {
  const audience = "audiences must be exactly [api://AzureADTokenExchange].";
  test.each([
    [CREDENTIAL_NAME, "ab", "'ab' is not a name."],
    [CREDENTIAL_NAME, "-ab", "'-ab' is not a name."],
    [CREDENTIAL_NAME, "a".repeat(121), `'${"a".repeat(121)}' is not a name.`],
    ["audiences", [], audience],
    ["audiences", ["api://AzureADTokenExchangeChina"], audience],
    ["audiences", ["api://AzureADTokenExchange", "api://AzureADTokenExchange"], audience],
    ["issuer", "", "issuer is no URL."],
    ["issuer", "http://token.actions.githubusercontent.com", "issuer is no URL."],
    ["issuer", "https://", "issuer is no URL."],
    ["subject", "", "subject exceeds 600."],
    ["subject", "s".repeat(601), "subject exceeds 600."],
  ])("%s %j", async (property, value, message) => {
    expect(await creation("main", { [property]: value })).toEqual(
      armRefusal(400, "BadRequest", message),
    );
    expect(cloud.state.credentials.size).toBe(0);
  });

  test.each([
    ["issuer", "https://token.actions.githubusercontent.com/contoso"],
    ["issuer", "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/"],
    ["subject", "s".repeat(600)],
  ])("but not %s %j", async (property, value) => {
    const { outputs } = await cloud.credential.create(
      credentialInputs("main", { [property]: value }),
    );
    expect(outputs[property]).toBe(value);
  });

  test.each(["abc", "a".repeat(120)])("but not the name %j", async (name) => {
    expect((await cloud.credential.create(credentialInputs(name))).id).toBe(credentialId(name));
  });
});

test("issuer and subject together are unique in an identity, by exact case", async () => {
  await cloud.credential.create(credentialInputs("main"));
  const { issuer, subject } = credentialInputs("main") as Record<string, string>;
  const conflict = armRefusal(
    409,
    "Conflict",
    "Issuer and subject combination already exists for this Managed Identity.",
  );
  expect(await creation("other", { subject })).toEqual(conflict);
  await cloud.credential.create(credentialInputs("upper", { subject: subject?.toUpperCase() }));
  await cloud.credential.create(
    credentialInputs("issuer", { subject, issuer: `${issuer}/contoso` }),
  );
  await cloud.credential.create(credentialInputs("main", { subject, resourceName: "id-api" }));
  expect(cloud.state.credentials.size).toBe(4);
  const update = () =>
    cloud.credential.update(credentialId("upper"), credentialInputs("upper", { subject }));
  expect(await refusal(update)).toEqual(conflict);
});

test("a second credential of the name, in whatever case, is refused", async () => {
  await cloud.credential.create(credentialInputs("main"));
  const again = await failureOf(() => cloud.credential.create(credentialInputs("MAIN")));
  expect(again.message).toBe(`cannot create already existing resource '${credentialId("MAIN")}'`);
});

test("an identity takes 20 credentials, and another 20 more", async () => {
  for (let n = 0; n < 20; n += 1) await cloud.credential.create(credentialInputs(`ref-${n}`));
  const message = "At most 20 federated identity credentials are allowed.";
  expect(await creation("ref-20")).toEqual(
    armRefusal(400, "FederatedIdentityCredentialLimitReached", message),
  );
  await cloud.credential.create(credentialInputs("ref-20", { resourceName: "id-api" }));
  await cloud.credential.update(
    credentialId("ref-0"),
    credentialInputs("ref-0", { subject: "another" }),
  );
  await cloud.credential.delete(credentialId("ref-1"));
  await cloud.credential.create(credentialInputs("ref-20"));
  expect(cloud.state.credentials.size).toBe(21);
});

describe("diff", () => {
  test.each([
    ["resourceGroupName", "rg-other", ["resourceGroupName"]],
    ["resourceName", "id-api", ["resourceName"]],
    [CREDENTIAL_NAME, "tags", [CREDENTIAL_NAME]],
    ["issuer", "https://issuer", []],
    ["subject", "another", []],
    ["audiences", ["another"], []],
  ])("a new %s", (property, value, replaces) => {
    const news = credentialInputs("main", { [property]: value });
    const first = replaces.length > 0 && { deleteBeforeReplace: true };
    const expected = { changed: [property], replaces, ...first };
    expect(cloud.credential.diff(credentialInputs("main"), news)).toEqual(expected);
  });
});

test("a refresh sees what was changed by hand, and that a credential is gone", async () => {
  const { id, outputs } = await cloud.credential.create(credentialInputs("main"));
  const seen = cloud.credential.read(id.toUpperCase(), credentialInputs("main"), outputs);
  expect(seen).toEqual({ inputs: credentialInputs("main"), outputs: answer("main") });
  const it = cloud.state.credentials.get(id.toLowerCase());
  Object.assign(it ?? {}, { issuer: "https://i", subject: "s", audience: "a" });
  const changed = { issuer: "https://i", subject: "s", audiences: ["a"] };
  expect(cloud.credential.read(id, credentialInputs("main"), outputs)).toEqual({
    inputs: credentialInputs("main", changed),
    outputs: answer("main", changed),
  });
  cloud.state.credentials.clear();
  expect(cloud.credential.read(id, credentialInputs("main"))).toBeUndefined();
});

test("a changed subject is written in place; the deletion of what is gone succeeds", async () => {
  const { id } = await cloud.credential.create(credentialInputs("main"));
  const news = { subject: "another" };
  expect(await cloud.credential.update(id, credentialInputs("main", news))).toEqual(
    answer("main", news),
  );
  expect(cloud.state.credentials.get(id.toLowerCase())?.subject).toBe("another");
  await cloud.credential.delete(id);
  await cloud.credential.delete(id);
  expect(cloud.state.credentials.size).toBe(0);
});
