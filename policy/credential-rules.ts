import { acceptedTokens } from "./credentials";
import { isCredential } from "./resource-types";
import type { ResourceRule } from "./rule";

/**
 * Issuers of GitHub Actions: of github.com, of an enterprise with its own, and of GHE.com.
 * Source: https://docs.github.com/actions/reference/security/oidc
 */
const GITHUB =
  /^https:\/\/token\.actions\.(githubusercontent\.com(\/[A-Za-z0-9_-]+)?|[a-z0-9-]+\.ghe\.com)$/;

/** Source: https://www.pulumi.com/docs/deployments/guides/oidc/ */
const PULUMI = "https://api.pulumi.com/oidc";

/** Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
const ENTRA = [
  "api://AzureADTokenExchange",
  "api://AzureADTokenExchangeUSGov",
  "api://AzureADTokenExchangeChina",
  "api://AzureADTokenExchangeUSNat",
  "api://AzureADTokenExchangeUSSec",
];

/** An issuer that anybody can get tokens of decides nothing without its own audience. */
export const knownIssuers: ResourceRule = {
  name: "known-issuers",
  description:
    "A federated credential trusts a known issuer, with the one audience of that issuer's tokens.",
  isAbout: isCredential,
  check: (credential, { issuers = [] }) => {
    const { issuer, audiences, subject } = acceptedTokens(credential);
    if (issuer === undefined) return [];
    if (issuer !== PULUMI && !GITHUB.test(issuer) && !(issuers as string[]).includes(issuer)) {
      return [
        `The issuer ${issuer} is not known. Fix: use the exact URL of GitHub's or Pulumi's issuer, ` +
          "or add this URL to `issuers` of this policy.",
      ];
    }
    if (!audiences || (issuer === PULUMI && subject === undefined)) return [];
    const expected = issuer === PULUMI ? pulumiAudiences(subject as string) : ENTRA;
    const [audience = "", ...others] = audiences;
    if (others.length === 0 && expected.includes(audience)) return [];
    return [
      `The audience is ${audiences.join(", ") || "missing"}. Tokens of ${issuer} have one of these ` +
        `for Azure: ${expected.join(", ")}. Fix: set exactly one of them.`,
    ];
  },
};

/**
 * Pulumi Cloud's audiences name the organization, as the subject does.
 * Sources: https://www.pulumi.com/docs/deployments/guides/oidc/azure/ and
 * https://www.pulumi.com/docs/esc/guides/configuring-oidc/azure/
 */
function pulumiAudiences(subject: string): string[] {
  const [, service, organization = "ORGANIZATION"] =
    /^pulumi:(deploy|environments):(?:org|pulumi\.organization\.login):([^:]+)/.exec(subject) ?? [];
  return service === "deploy" ? [organization] : [`azure:${organization}`, organization];
}

/** A subject that no token has is a mistake. A subject that many tokens have is a door. */
export const exactSubjects: ResourceRule = {
  name: "exact-subjects",
  description: "The subject of a federated credential is one that exactly the meant runs have.",
  isAbout: isCredential,
  check: (credential) => {
    const { subject, expression = "" } = acceptedTokens(credential);
    const problems: string[] = [];
    if (subject?.includes("*")) {
      problems.push(
        `Entra compares the subject ${subject} exactly, so \`*\` stands for itself. ` +
          "Fix: declare one credential for each subject.",
      );
    }
    // https://github.com/pulumi/pulumi/issues/14509
    const ambiguous = [subject ?? "", expression].find((it) => it.includes("<yaml>"));
    if (ambiguous) {
      problems.push(
        `With \`pulumi up\`, all ESC environments have the subject ${ambiguous}. ` +
          "Fix: set `subjectAttributes: [currentEnvironment.name]` in the environment, and use its subject.",
      );
    }
    return problems;
  },
};
