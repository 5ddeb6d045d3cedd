import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { entra, graphRefusal, refusal } from "../support";

const AUDIENCE = "api://AzureADTokenExchange";
const INVALID = "InvalidFederatedIdentityCredentialValue";
const UNALLOWED = "The expression lacks all required claims or contains unallowed claims.";

let cloud: ReturnType<typeof entra>;
let applicationId: string;
let other: string;
beforeEach(async () => {
  cloud = entra();
  applicationId = (await cloud.application.create({ displayName: "web" })).id;
  other = (await cloud.application.create({ displayName: "api" })).id;
});

const exact = (displayName: string, changes: Properties = {}): Properties => ({
  applicationId,
  displayName,
  issuer: "https://token.actions.githubusercontent.com",
  subject: `repo:Contoso@5/web@7:ref:refs/heads/${displayName}`,
  audiences: [AUDIENCE],
  ...changes,
});
const flexible = (displayName: string, changes: Properties = {}): Properties => ({
  applicationId,
  displayName,
  issuer: "https://token.actions.githubusercontent.com",
  claimsMatchingExpression: `claims['repository_id'] eq '7' and claims['sub'] matches '*:ref:refs/heads/${displayName}'`,
  audience: AUDIENCE,
  ...changes,
});
const nameOf = (id: string) => `Application (Application: "${id.split("/").at(-1)}")`;
/** How a creation is refused. The provider hides why Graph refuses a flexible credential. */
const refused = (message: string, code = INVALID, status = "400 Bad Request") => {
  const summary = `Adding federated identity credential for ${nameOf(applicationId)}`;
  return graphRefusal(summary, status, code, message);
};
const hidden = (code = INVALID) => ({
  code,
  message: `1 error occurred:\n\t* adding flexible federated identity credential for ${nameOf(applicationId)}\n\n`,
});
/** Graph's words about a flexible credential. Only an update shows them. */
const updated = async (changes: Properties, message: string) => {
  const { id, outputs } = await cloud.flexible.create(flexible("next"));
  const update = () => cloud.flexible.update(id, flexible("next", changes));
  const summary = `updating Federated Identity Credential (${nameOf(applicationId)}, Credential: "${outputs.credentialId}")`;
  expect(await refusal(update)).toEqual(graphRefusal(summary, "400 Bad Request", INVALID, message));
};

test("both kinds are made below their application, and a refresh sees them", async () => {
  const objectId = applicationId.split("/").at(-1);
  const one = await cloud.credential.create(exact("main"));
  const two = await cloud.flexible.create(flexible("tags"));
  const { credentialId } = one.outputs;
  expect(one.id).toBe(`${objectId}/federatedIdentityCredential/${credentialId}`);
  expect(two.id).toBe(`${applicationId}/federatedIdentityCredentials/${two.outputs.credentialId}`);
  expect(cloud.credential.read(one.id, {})).toEqual({
    inputs: exact("main"),
    outputs: { ...exact("main"), credentialId },
  });
  expect(cloud.flexible.read(two.id, {})?.inputs).toEqual(flexible("tags"));
  expect(cloud.state.credentials.get(two.id.toLowerCase())).toMatchObject({
    identityId: applicationId,
    subject: "",
    expression: flexible("tags").claimsMatchingExpression,
  });
});

test("their application must be there, and its id be one", async () => {
  await cloud.application.delete(other);
  const code = "Request_ResourceNotFound";
  const inputs = { applicationId: other };
  expect((await refusal(() => cloud.credential.create(exact("main", inputs)))).code).toBe(code);
  expect((await refusal(() => cloud.flexible.create(flexible("main", inputs)))).code).toBe(code);
  const faults = cloud.flexible.check(flexible("main", { applicationId: "web" }));
  expect(faults.map(({ reason }) => reason)).toEqual([
    'expected "applicationId" to be /applications/<objectId>, got web',
  ]);
  expect(cloud.credential.check(exact("main", { description: "signs" }))).toEqual([]);
});

describe("a value that Entra refuses", () => {
  const audience = `audiences must be exactly [${AUDIENCE}].`;
  test.each([
    ["displayName", "ab", "'ab' is not a name."],
    ["displayName", "a".repeat(121), `'${"a".repeat(121)}' is not a name.`],
    ["audiences", [], audience],
    ["audiences", [AUDIENCE, AUDIENCE], audience],
    ["audiences", ["api://AzureADTokenExchangeChina"], audience],
    ["issuer", "http://token.actions.githubusercontent.com", "issuer is no URL."],
    ["issuer", `https://${"i".repeat(593)}`, "issuer is no URL."],
    ["subject", "", "subject exceeds 600."],
    ["subject", "s".repeat(601), "subject exceeds 600."],
  ])("exact: %s %j", async (property, value, message) => {
    const create = () => cloud.credential.create(exact("main", { [property]: value }));
    expect(await refusal(create)).toEqual(refused(message));
  });

  const long = `claims['repository_id'] eq '${"7".repeat(572)}'`;
  const server = "https://github.contoso.com/_services/token";
  const text = "claimsMatchingExpression";
  test.each([
    ["displayName", "a/b", "'a/b' is not a name."],
    ["audience", "api://another", audience],
    ["issuer", server, `issuer '${server}' takes no expressions.`],
    [text, "", "claimsMatchingExpression exceeds 600."],
    [text, `${long}`, "claimsMatchingExpression exceeds 600."],
    [text, "sub eq 'x'", "The expression cannot be read: no term stands at 0 of: sub eq 'x'."],
    [text, "claims['sub'] eq 'x'", UNALLOWED],
    [text, "claims['job_workflow_ref'] matches '*'", UNALLOWED],
    [text, "claims['repository_id'] matches '7*'", UNALLOWED],
    [text, "claims['repository_owner_id'] matches '5'", UNALLOWED],
    [text, "claims['repository_id'] eq '7' and claims['event_name'] eq 'push'", UNALLOWED],
    [text, "claims['repository_id'] eq '7' and claims['constructor'] eq 'x'", UNALLOWED],
  ])("flexible: %s %j", async (property, value, message) => {
    const create = () => cloud.flexible.create(flexible("main", { [property]: value }));
    expect(await refusal(create)).toEqual(hidden());
    expect(cloud.state.credentials.size).toBe(0);
    await updated({ [property]: value }, message);
  });

  test.each([
    `${"claims['repository_id'] eq '"}${"7".repeat(571)}'`,
    "claims['repository_owner_id'] eq '5' and claims['job_workflow_ref'] matches 'contoso/*@*'",
    "claims['sub'] eq 'x' and claims['job_workflow_ref'] eq 'y' and claims['repository_id'] eq '7'",
  ])("but not %s", async (claimsMatchingExpression) => {
    const inputs = flexible("main", { claimsMatchingExpression });
    expect((await cloud.flexible.create(inputs)).outputs).toMatchObject(inputs);
  });
});

test("what is trusted is unique in an application, and so is the name", async () => {
  await cloud.credential.create(exact("main"));
  await cloud.flexible.create(flexible("tags"));
  const { issuer, subject } = exact("main") as Record<string, string>;
  const { claimsMatchingExpression } = flexible("tags");
  const twice = refused(
    `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${subject} already exist.`,
  );
  const again = () => cloud.credential.create(exact("again", { subject }));
  expect(await refusal(again)).toEqual(twice);
  const same = () => cloud.flexible.create(flexible("again", { claimsMatchingExpression }));
  expect(await refusal(same)).toEqual(hidden());
  const code = "Request_MultipleObjectsWithSameKeyValue";
  const taken = "FederatedIdentityCredential with name MAIN already exists.";
  const named = () => cloud.credential.create(exact("MAIN", { subject: "another" }));
  expect(await refusal(named)).toEqual(refused(taken, code, "409 Conflict"));
  expect(await refusal(() => cloud.flexible.create(flexible("MAIN")))).toEqual(hidden(code));
  await cloud.credential.create(exact("main", { applicationId: other }));
  await cloud.credential.create(exact("server", { subject, issuer: `${issuer}/contoso` }));
  expect(cloud.state.credentials.size).toBe(4);
});

test("an application takes 20 credentials of both kinds together", async () => {
  for (let n = 0; n < 10; n += 1) {
    await cloud.credential.create(exact(`ref-${n}`));
    await cloud.flexible.create(flexible(`flex-${n}`));
  }
  const code = "FederatedIdentityCredentialLimitReached";
  const full = "At most 20 federated identity credentials are allowed.";
  expect(await refusal(() => cloud.credential.create(exact("more")))).toEqual(refused(full, code));
  expect(await refusal(() => cloud.flexible.create(flexible("more")))).toEqual(hidden(code));
  await cloud.credential.create(exact("more", { applicationId: other }));
});

test("writes at once on one application all succeed, of both kinds", async () => {
  const [{ id }] = await Promise.all([
    cloud.credential.create(exact("main")),
    cloud.flexible.create(flexible("tags")),
    cloud.credential.create(exact("next")),
  ]);
  const { subject } = exact("main");
  await Promise.all([
    cloud.credential.delete(id),
    cloud.credential.create(exact("again", { subject })),
  ]);
  const names = [...cloud.state.credentials.values()].map(({ name }) => name);
  expect(names.sort()).toEqual(["again", "next", "tags"]);
});

test("application and name replace; the rest is written in place, while it is there", async () => {
  const replaces = (property: string) =>
    cloud.flexible.diff(flexible("main"), flexible("main", { [property]: "x" })).replaces;
  for (const it of ["applicationId", "displayName"]) expect(replaces(it)).toEqual([it]);
  for (const it of ["audience", "claimsMatchingExpression", "description", "issuer"]) {
    expect(replaces(it)).toEqual([]);
  }
  const { id, outputs } = await cloud.flexible.create(flexible("main"));
  const news = flexible("main", { claimsMatchingExpression: "claims['repository_id'] eq '8'" });
  expect(await cloud.flexible.update(id, news)).toEqual({ ...outputs, ...news });
  expect(cloud.flexible.read(id, {})?.inputs).toEqual(news);
  await cloud.flexible.delete(id);
  expect(cloud.flexible.read(id, {})).toBeUndefined();
  const code = "Request_ResourceNotFound";
  expect((await refusal(() => cloud.flexible.update(id, news))).code).toBe(code);
  expect((await refusal(() => cloud.flexible.delete(id))).code).toBe(code);
});
