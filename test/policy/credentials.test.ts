import { describe, expect, test } from "vitest";
import { exactSubjects, knownIssuers } from "../../policy/credential-rules";
import { acceptsPullRequests } from "../../policy/credentials";
import { UNKNOWN } from "../../policy/plain";
import { AZURE_CLOUDS, GITHUB_COM, gitHubHost } from "../../trust/hosts";
import { credential } from "./declared";

const PULUMI = "https://api.pulumi.com/oidc";
const DEPLOY = "pulumi:deploy:org:contoso:project:signing:stack:prod:operation:update:scope:write";
const ESC = "pulumi:environments:org:contoso:env:signing/prod";
const ATTRIBUTES =
  "pulumi:environments:pulumi.organization.login:contoso:currentEnvironment.name:signing/prod";
const SERVER = "https://github.contoso.com/_services/token";
const ENTRA =
  "api://AzureADTokenExchange, api://AzureADTokenExchangeUSGov, api://AzureADTokenExchangeChina, api://AzureADTokenExchangeUSNat, api://AzureADTokenExchangeUSSec";

describe("known issuers", () => {
  const check = (changes: object, settings = {}) =>
    knownIssuers.check(credential(changes as never), settings);

  test.each([
    {},
    ...Object.values(AZURE_CLOUDS).map(({ audience }) => ({ audiences: [audience] })),
    { issuer: GITHUB_COM.issuer },
    { issuer: `${GITHUB_COM.issuer}/contoso-enterprise` },
    { issuer: gitHubHost("https://api.contoso.ghe.com")?.issuer },
    { issuer: PULUMI, audiences: ["contoso"], subject: DEPLOY },
    { issuer: PULUMI, audiences: ["azure:contoso"], subject: ESC },
    { issuer: PULUMI, audiences: ["contoso"], subject: ESC },
    { issuer: PULUMI, audiences: ["azure:contoso"], subject: ATTRIBUTES },
    // Flexible credentials have one audience, and no subject.
    { audiences: undefined, audience: "api://AzureADTokenExchange", subject: undefined },
    { issuer: UNKNOWN, audiences: [UNKNOWN] },
    { audiences: [UNKNOWN] },
    { audiences: UNKNOWN },
    { issuer: PULUMI, audiences: ["anything"], subject: UNKNOWN },
  ])("are accepted with their audience: %o", (changes) => {
    expect(check(changes)).toEqual([]);
  });

  test.each([
    "https://token.actions.githubusercontent.com/",
    "https://TOKEN.actions.githubusercontent.com",
    "https://token.actions.githubusercontent.com.evil.example",
    "https://token.actions.githubusercontent.com/a/b",
    "http://token.actions.githubusercontent.com",
    "https://api.pulumi.com/oidc/v2",
    "https://gitlab.com",
    SERVER,
  ])("%s is not known", (issuer) => {
    expect(check({ issuer })).toEqual([
      `The issuer ${issuer} is not known. Fix: use the exact URL of GitHub's or Pulumi's issuer, ` +
        "or add this URL to `issuers` of this policy.",
    ]);
  });

  test("a configured issuer is known, and only that one", () => {
    const settings = { issuers: [SERVER] };
    expect(check({ issuer: SERVER }, settings)).toEqual([]);
    expect(check({ issuer: `${SERVER}s` }, settings)).toHaveLength(1);
    expect(check({ issuer: SERVER, audiences: ["other"] }, settings)).toHaveLength(1);
  });

  test.each([
    [{ audiences: ["https://github.com/contoso"] }, "https://github.com/contoso", ENTRA],
    [{ audiences: ["api://azureadtokenexchange"] }, "api://azureadtokenexchange", ENTRA],
    [
      { audiences: ["api://AzureADTokenExchange", "sigstore"] },
      "api://AzureADTokenExchange, sigstore",
      ENTRA,
    ],
    [{ audiences: [] }, "missing", ENTRA],
    [{ audiences: undefined, audience: "any" }, "any", ENTRA],
    [{ issuer: PULUMI, audiences: ["fabrikam"], subject: DEPLOY }, "fabrikam", "contoso"],
    [{ issuer: PULUMI, audiences: ["azure:contoso"], subject: DEPLOY }, "azure:contoso", "contoso"],
    [
      { issuer: PULUMI, audiences: ["azure:fabrikam"], subject: ESC },
      "azure:fabrikam",
      "azure:contoso, contoso",
    ],
    [
      { issuer: PULUMI, audiences: ["contoso"], subject: "pulumi:other" },
      "contoso",
      "azure:ORGANIZATION, ORGANIZATION",
    ],
  ])("another audience is refused: %o", (changes, given, expected) => {
    const { issuer = GITHUB_COM.issuer } = changes as { issuer?: string };
    expect(check(changes)).toEqual([
      `The audience is ${given}. Tokens of ${issuer} have one of these ` +
        `for Azure: ${expected}. Fix: set exactly one of them.`,
    ]);
  });
});

describe("exact subjects", () => {
  const check = (changes: object) => exactSubjects.check(credential(changes as never), {});

  test.each([
    {},
    { subject: "repo:contoso/web:environment:release" },
    { subject: UNKNOWN },
    // Only an expression has patterns.
    { subject: undefined, claimsMatchingExpression: "claims['sub'] matches 'repo:contoso/web:*'" },
  ])("are accepted: %o", (changes) => {
    expect(check(changes)).toEqual([]);
  });

  test("a pattern in place of a subject matches nothing", () => {
    const subject = "repo:contoso/web:ref:refs/tags/*";
    expect(check({ subject })).toEqual([
      `Entra compares the subject ${subject} exactly, so \`*\` stands for itself. ` +
        "Fix: declare one credential for each subject.",
    ]);
  });

  test.each([
    { subject: "pulumi:environments:org:contoso:env:<yaml>" },
    {
      subject: undefined,
      claimsMatchingExpression: {
        value: "claims['sub'] eq 'pulumi:environments:org:contoso:env:<yaml>'",
        languageVersion: 1,
      },
    },
  ])("a subject that all ESC environments have is refused: %o", (changes) => {
    const [message, ...others] = check(changes);
    expect(message).toContain("all ESC environments have the subject");
    expect(message).toContain("env:<yaml>");
    expect(others).toEqual([]);
  });
});

test.each([
  [{ subject: "repo:contoso/web:pull_request" }, true],
  [{ subject: "repo:contoso@5/web@7:pull_request" }, true],
  [{ subject: "repo:contoso/web:pull_request:job_workflow_ref:x" }, true],
  [{ subject: "repo:contoso/web:ref:refs/heads/pull_request" }, false],
  [{ subject: "repo:contoso/web:environment:pull_requests" }, false],
  [{}, false],
  [{ expression: "claims['sub'] eq 'repo:contoso/web:pull_request'" }, true],
  [{ expression: "claims['sub'] eq 'repo:contoso/web:*'" }, false],
  [{ expression: "claims['sub'] matches 'repo:contoso/web:pull_request'" }, true],
  [{ expression: "claims['sub'] matches 'repo:contoso/web:*'" }, true],
  [{ expression: "claims['sub'] matches 'repo:contoso/*'" }, true],
  [{ expression: "claims['sub'] matches 'repo:contoso/w?b:pull_*'" }, true],
  [{ expression: "claims['sub'] matches '*'" }, true],
  [{ expression: "claims['sub'] matches 'repo:contoso/web:ref:refs/tags/*'" }, false],
  [{ expression: "claims['sub'] matches 'repo:contoso/*:environment:release'" }, false],
  [{ expression: "claims['sub'] matches 'repo:contoso/web:ref:*' and claims['x'] eq 'y'" }, false],
])("%o accepts pull requests: %s", (tokens, expected) => {
  expect(acceptsPullRequests(tokens)).toBe(expected);
});
