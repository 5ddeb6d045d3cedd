import { beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "../../../rehearsal/clouds/azure/state";
import { exchange, type Login, principals } from "../../../rehearsal/proof/entra";
import { entra, TENANT } from "../support";

const ONE = "11111111-1111-4111-8111-11111111111a";
const TWO = "22222222-2222-4222-8222-222222222222";
const issuer = "https://token.actions.githubusercontent.com";
const audience = "api://AzureADTokenExchange";
const subject = "repo:Contoso@5/web@7:ref:refs/heads/main";
const credentials = [{ name: "main", subject }];

let cloud: ReturnType<typeof entra>;
let identity: Identity;
let application: { readonly id: string; readonly principal: string };
beforeEach(() => {
  cloud = entra({
    azure: {
      identities: [{ resourceGroup: "rg-images", name: "id-web", credentials }],
      applications: [
        { displayName: "web", clientId: ONE, credentials },
        { displayName: "bare", clientId: TWO, servicePrincipal: false, credentials },
      ],
    },
  });
  [identity] = [...cloud.state.identities.values()] as [Identity];
  const [web] = cloud.state.applications.values();
  application = { id: web?.id ?? "", principal: web?.servicePrincipal?.objectId ?? "" };
});
const answer = (changes: Partial<Login> = {}) =>
  exchange(cloud.state, {
    clientId: ONE,
    tenantId: TENANT,
    issuer,
    audience,
    subject,
    ...changes,
  });
const noMatch = { code: "AADSTS700213", because: "no federated credential has this subject" };

test("principals are identities and applications", () => {
  const [, , bare] = principals(cloud.state);
  const { id, clientId, principalId } = identity;
  expect(principals(cloud.state)).toEqual([
    { id, clientId, principalId, name: "id-web" },
    { id: application.id, clientId: ONE, principalId: application.principal, name: "web" },
    { id: bare?.id, clientId: TWO, principalId: undefined, name: "bare" },
  ]);
});

test("an identity and an application log in by the subject", () => {
  expect(answer({ clientId: identity.clientId })).toEqual({
    principalId: identity.principalId,
    credential: "main",
  });
  const asApplication = { principalId: application.principal, credential: "main" };
  expect(answer()).toEqual(asApplication);
  expect(answer({ clientId: ONE.toUpperCase() })).toEqual(asApplication);
});

describe("is refused", () => {
  test.each<[string, Partial<Login>, string, string]>([
    ["another tenant", { tenantId: ONE }, "AADSTS90002", `there is no tenant ${ONE}`],
    ["nobody's id", { clientId: TENANT }, "AADSTS700016", `there is no identity ${TENANT}`],
    ["no id", { clientId: undefined }, "AADSTS700016", "there is no identity undefined"],
    [
      "an application without service principal",
      { clientId: TWO },
      "AADSTS7000229",
      "application bare has no service principal in the tenant",
    ],
    [
      "the subject in another case",
      { subject: subject.toLowerCase() },
      "AADSTS7002138",
      "the subject differs from the one of main only in case",
    ],
    ["another subject", { subject: "x" }, noMatch.code, noMatch.because],
    [
      "another issuer",
      { issuer: `${issuer}/` },
      "AADSTS700211",
      `no federated credential has the issuer ${issuer}/`,
    ],
    ["another audience", { audience: `${audience}China` }, noMatch.code, noMatch.because],
  ])("%s", (_, changes, code, because) => {
    expect(answer(changes)).toEqual({ code, because });
  });
});

describe("a flexible credential", () => {
  const tag = "repo:Contoso@5/web@7:ref:refs/tags/v1";
  const claims = { repository_id: "7", repository_owner_id: "5" };
  beforeEach(async () => {
    await cloud.flexible.create({
      applicationId: application.id,
      displayName: "tags",
      issuer,
      audience,
      claimsMatchingExpression:
        "claims['repository_id'] eq '7' and claims['sub'] matches '*:ref:refs/tags/v*'",
    });
  });

  test("lets in whom its expression describes", () => {
    const loggedIn = { principalId: application.principal, credential: "tags" };
    expect(answer({ subject: tag, claims })).toEqual(loggedIn);
    expect(answer({ subject: tag, claims: { ...claims, sub: "x" } })).toEqual(loggedIn);
  });

  test.each<[string, Partial<Login>]>([
    ["another repository", { subject: tag, claims: { repository_id: "8" } }],
    ["no claims", { subject: tag }],
    ["another subject", { subject: `${subject}2`, claims }],
    ["a subject in another case", { subject: tag.toUpperCase(), claims }],
    ["an empty subject", { subject: "", claims: {} }],
    ["another audience", { subject: tag, claims, audience: "x" }],
  ])("does not let in %s", (_, changes) => {
    expect(answer(changes)).toEqual(noMatch);
  });

  test("does not let in another issuer", () => {
    const { code } = answer({ subject: tag, claims, issuer: `${issuer}/contoso` }) as never;
    expect(code).toBe("AADSTS700211");
  });
});
