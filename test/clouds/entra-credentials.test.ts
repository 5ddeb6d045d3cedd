import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../rehearsal/clouds/wire";
import { entra, refusal } from "./support";

const AUDIENCE = "api://AzureADTokenExchange";
const INVALID = "InvalidFederatedIdentityCredentialValue";
const UNALLOWED = "The expression lacks all required claims or contains unallowed claims.";
const BUSY = {
  code: "Directory_ConcurrencyViolation",
  message:
    "Directory_ConcurrencyViolation: Another write to the application's credentials has not ended.",
};

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
const refused = (message: string) => ({ code: INVALID, message: `${INVALID}: ${message}` });

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
  test.each([
    ["displayName", "a/b", "'a/b' is not a name."],
    ["audience", "api://another", audience],
    ["issuer", server, `issuer '${server}' takes no expressions.`],
    ["claimsMatchingExpression", "", "claimsMatchingExpression exceeds 600."],
    ["claimsMatchingExpression", `${long}`, "claimsMatchingExpression exceeds 600."],
    [
      "claimsMatchingExpression",
      "sub eq 'x'",
      "The expression cannot be read: no term stands at 0 of: sub eq 'x'.",
    ],
    ["claimsMatchingExpression", "claims['sub'] eq 'x'", UNALLOWED],
    ["claimsMatchingExpression", "claims['job_workflow_ref'] matches '*'", UNALLOWED],
    ["claimsMatchingExpression", "claims['repository_id'] matches '7*'", UNALLOWED],
    ["claimsMatchingExpression", "claims['repository_owner_id'] matches '5'", UNALLOWED],
    [
      "claimsMatchingExpression",
      "claims['repository_id'] eq '7' and claims['event_name'] eq 'push'",
      UNALLOWED,
    ],
    [
      "claimsMatchingExpression",
      "claims['repository_id'] eq '7' and claims['constructor'] eq 'x'",
      UNALLOWED,
    ],
  ])("flexible: %s %j", async (property, value, message) => {
    const create = () => cloud.flexible.create(flexible("main", { [property]: value }));
    expect(await refusal(create)).toEqual(refused(message));
    expect(cloud.state.credentials.size).toBe(0);
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
  const twice = (trusted: unknown) =>
    refused(
      `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${trusted} already exist.`,
    );
  const again = () => cloud.credential.create(exact("again", { subject }));
  expect(await refusal(again)).toEqual(twice(subject));
  const same = () => cloud.flexible.create(flexible("again", { claimsMatchingExpression }));
  expect(await refusal(same)).toEqual(twice(claimsMatchingExpression));
  expect(await refusal(() => cloud.flexible.create(flexible("MAIN")))).toEqual({
    code: "Request_MultipleObjectsWithSameKeyValue",
    message:
      "Request_MultipleObjectsWithSameKeyValue: FederatedIdentityCredential with name MAIN already exists.",
  });
  await cloud.credential.create(exact("main", { applicationId: other }));
  await cloud.credential.create(exact("server", { subject, issuer: `${issuer}/contoso` }));
  expect(cloud.state.credentials.size).toBe(4);
});

test("an application takes 20 credentials of both kinds together", async () => {
  for (let n = 0; n < 10; n += 1) {
    await cloud.credential.create(exact(`ref-${n}`));
    await cloud.flexible.create(flexible(`flex-${n}`));
  }
  const full = {
    code: "FederatedIdentityCredentialLimitReached",
    message:
      "FederatedIdentityCredentialLimitReached: At most 20 federated identity credentials are allowed.",
  };
  expect(await refusal(() => cloud.credential.create(exact("more")))).toEqual(full);
  expect(await refusal(() => cloud.flexible.create(flexible("more")))).toEqual(full);
  await cloud.credential.create(exact("more", { applicationId: other }));
});

test("two writes at once on one application: the second is refused, of whichever kind", async () => {
  const first = cloud.credential.create(exact("main"));
  expect(await refusal(() => cloud.flexible.create(flexible("tags")))).toEqual(BUSY);
  const { id } = await first;
  const update = cloud.credential.update(id, exact("main", { subject: "another" }));
  expect(await refusal(() => cloud.credential.delete(id))).toEqual(BUSY);
  await update;
  const created = [exact("next"), exact("next", { applicationId: other })];
  await Promise.all(created.map((inputs) => cloud.credential.create(inputs)));
  expect(cloud.state.credentials.size).toBe(3);
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
