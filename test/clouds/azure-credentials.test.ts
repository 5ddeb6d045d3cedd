import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../rehearsal/clouds/wire";
import { azure, failureOf, IDENTITY, identityInputs, refusal, SIGNER } from "./support";

const NAME = "federatedIdentityCredentialResourceName";
const BUSY = {
  code: "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
  message:
    "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity: " +
    "Too many Federated Identity Credentials are written concurrently for the managed identity.",
};

const inputs = (name: string, changes: Properties = {}): Properties => ({
  resourceGroupName: "rg-images",
  resourceName: SIGNER,
  [NAME]: name,
  issuer: "https://token.actions.githubusercontent.com",
  subject: `repo:Contoso@5/web@7:ref:refs/heads/${name}`,
  audiences: ["api://AzureADTokenExchange"],
  ...changes,
});
/** What Azure answers: identity and group are only in the id. */
const answer = (name: string, changes: Properties = {}): Properties => {
  const { issuer, subject, audiences } = inputs(name, changes);
  return { name, issuer, subject, audiences };
};
const idOf = (name: string, identity = IDENTITY) =>
  `${identity}/federatedIdentityCredentials/${name}`;

let cloud: ReturnType<typeof azure>;
beforeEach(async () => {
  cloud = azure();
  await cloud.identity.create(identityInputs);
  await cloud.identity.create({ ...identityInputs, resourceName: "id-api" });
});
const creation = (name: string, changes?: Properties) =>
  refusal(() => cloud.credential.create(inputs(name, changes)));

test("a credential is made below its identity", async () => {
  const { id, outputs } = await cloud.credential.create(inputs("main"));
  expect(id).toBe(idOf("main"));
  expect(outputs).toEqual(answer("main"));
});

test("its identity must be there", async () => {
  expect(await creation("main", { resourceName: "id-gone" })).toEqual({
    code: "ParentResourceNotFound",
    message: `ParentResourceNotFound: '${IDENTITY.replace(SIGNER, "id-gone")}' was not found.`,
  });
  expect((await creation("main", { resourceGroupName: "rg" })).code).toBe("ResourceGroupNotFound");
});

describe("a value that Azure refuses", () => {
  const audience = "audiences must be exactly [api://AzureADTokenExchange].";
  test.each([
    [NAME, "ab", "'ab' is not a name."],
    [NAME, "-ab", "'-ab' is not a name."],
    [NAME, "a/b", "'a/b' is not a name."],
    [NAME, "a".repeat(121), `'${"a".repeat(121)}' is not a name.`],
    ["audiences", [], audience],
    ["audiences", ["api://AzureADTokenExchangeChina"], audience],
    ["audiences", ["api://AzureADTokenExchange", "api://AzureADTokenExchange"], audience],
    ["issuer", "", "issuer is no URL."],
    ["issuer", "http://token.actions.githubusercontent.com", "issuer is no URL."],
    ["issuer", "https://token.actions.githubusercontent.com/", "issuer is no URL."],
    ["issuer", "https://token.actions.githubusercontent.com/contoso/", "issuer is no URL."],
    ["subject", "", "subject exceeds 600."],
    ["subject", "s".repeat(601), "subject exceeds 600."],
  ])("%s %j", async (property, value, message) => {
    expect(await creation("main", { [property]: value })).toEqual({
      code: "BadRequest",
      message: `BadRequest: ${message}`,
    });
    expect(cloud.state.credentials.size).toBe(0);
  });

  test.each([
    ["issuer", "https://token.actions.githubusercontent.com/contoso"],
    ["subject", "s".repeat(600)],
  ])("but not %s %j", async (property, value) => {
    const { outputs } = await cloud.credential.create(inputs("main", { [property]: value }));
    expect(outputs[property]).toBe(value);
  });

  test.each(["abc", "a".repeat(120)])("but not the name %j", async (name) => {
    expect((await cloud.credential.create(inputs(name))).outputs.name).toBe(name);
  });
});

test("issuer and subject together are unique in an identity, by exact case", async () => {
  await cloud.credential.create(inputs("main"));
  const { issuer, subject } = inputs("main") as Record<string, string>;
  const conflict = {
    code: "Conflict",
    message: "Conflict: Issuer and subject combination already exists.",
  };
  expect(await creation("other", { subject })).toEqual(conflict);
  await cloud.credential.create(inputs("upper", { subject: subject?.toUpperCase() }));
  await cloud.credential.create(inputs("issuer", { subject, issuer: `${issuer}/contoso` }));
  await cloud.credential.create(inputs("main", { subject, resourceName: "id-api" }));
  expect(cloud.state.credentials.size).toBe(4);
  const update = () => cloud.credential.update(idOf("upper"), inputs("upper", { subject }));
  expect(await refusal(update)).toEqual(conflict);
});

test("a second credential of the name, in whatever case, is refused", async () => {
  await cloud.credential.create(inputs("main"));
  const again = await failureOf(() => cloud.credential.create(inputs("MAIN")));
  expect(again.message).toBe(`cannot create already existing resource '${idOf("MAIN")}'`);
});

test("an identity takes 20 credentials, and another 20 more", async () => {
  for (let n = 0; n < 20; n += 1) await cloud.credential.create(inputs(`ref-${n}`));
  expect(await creation("ref-20")).toEqual({
    code: "FederatedIdentityCredentialLimitReached",
    message:
      "FederatedIdentityCredentialLimitReached: " +
      "At most 20 federated identity credentials are allowed.",
  });
  await cloud.credential.create(inputs("ref-20", { resourceName: "id-api" }));
  await cloud.credential.update(idOf("ref-0"), inputs("ref-0", { subject: "another" }));
  await cloud.credential.delete(idOf("ref-1"));
  await cloud.credential.create(inputs("ref-20"));
  expect(cloud.state.credentials.size).toBe(21);
});

describe("two writes at once", () => {
  test("on one identity, in whatever case: the second is refused", async () => {
    const first = cloud.credential.create(inputs("main"));
    expect(await creation("tags", { resourceName: "ID-WEB" })).toEqual(BUSY);
    expect((await first).id).toBe(idOf("main"));
    expect([...cloud.state.credentials.keys()]).toEqual([idOf("main").toLowerCase()]);
    expect(cloud.traffic.writes.length).toBe(3);
  });

  test("an update and a deletion are writes too", async () => {
    await cloud.credential.create(inputs("main"));
    await cloud.credential.create(inputs("next"));
    const update = cloud.credential.update(idOf("main"), inputs("main", { subject: "another" }));
    expect(await refusal(() => cloud.credential.delete(idOf("next")))).toEqual(BUSY);
    await update;
    const deletion = cloud.credential.delete(idOf("next"));
    expect(await creation("tags")).toEqual(BUSY);
    await deletion;
    expect([...cloud.state.credentials.keys()]).toEqual([idOf("main").toLowerCase()]);
  });

  test("on two identities: both succeed", async () => {
    const made = await Promise.all([
      cloud.credential.create(inputs("main")),
      cloud.credential.create(inputs("main", { resourceName: "id-api" })),
    ]);
    expect(made.map(({ id }) => id)).toEqual([
      idOf("main"),
      idOf("main", IDENTITY.replace(SIGNER, "id-api")),
    ]);
  });

  test("a refused write leaves the identity free for the next", async () => {
    expect((await creation("main", { subject: "" })).code).toBe("BadRequest");
    expect((await cloud.credential.create(inputs("main"))).id).toBe(idOf("main"));
  });
});

describe("diff", () => {
  test.each([
    ["resourceGroupName", "rg-other", ["resourceGroupName"]],
    ["resourceName", "id-api", ["resourceName"]],
    [NAME, "tags", [NAME]],
    ["issuer", "https://issuer", []],
    ["subject", "another", []],
    ["audiences", ["another"], []],
  ])("a new %s", (property, value, replaces) => {
    const news = inputs("main", { [property]: value });
    const expected = { changed: [property], replaces };
    expect(cloud.credential.diff(inputs("main"), news)).toEqual(expected);
  });
});

test("a refresh sees what was changed by hand, and that a credential is gone", async () => {
  const { id } = await cloud.credential.create(inputs("main"));
  const seen = cloud.credential.read(id.toUpperCase(), inputs("main"));
  expect(seen).toEqual({ inputs: inputs("main"), outputs: answer("main") });
  const it = cloud.state.credentials.get(id.toLowerCase());
  Object.assign(it ?? {}, { issuer: "https://i", subject: "s", audience: "a" });
  const changed = { issuer: "https://i", subject: "s", audiences: ["a"] };
  expect(cloud.credential.read(id, inputs("main"))).toEqual({
    inputs: inputs("main", changed),
    outputs: answer("main", changed),
  });
  cloud.state.credentials.clear();
  expect(cloud.credential.read(id, inputs("main"))).toBeUndefined();
});

test("a changed subject is written in place; the deletion of what is gone succeeds", async () => {
  const { id } = await cloud.credential.create(inputs("main"));
  const changes = { subject: "another" };
  const updated = await cloud.credential.update(id, inputs("main", changes));
  expect(updated).toEqual(answer("main", changes));
  expect(cloud.state.credentials.get(id.toLowerCase())?.subject).toBe("another");
  await cloud.credential.delete(id);
  await cloud.credential.delete(id);
  expect(cloud.state.credentials.size).toBe(0);
});
