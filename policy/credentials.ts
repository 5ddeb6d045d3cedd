import type { Properties } from "./plain";

/** What tokens a federated credential accepts. Undefined: not given, or not known at preview. */
export interface AcceptedTokens {
  readonly issuer?: string;
  readonly audiences?: readonly string[];
  /** Entra compares it exactly. */
  readonly subject?: string;
  /** An expression that a token must fulfill, in place of the subject. */
  readonly expression?: string;
}

/** The tokens that a federated credential of azure-native or azuread accepts. */
export function acceptedTokens(credential: Properties): AcceptedTokens {
  const { claimsMatchingExpression: matching } = credential;
  const audiences = credential.audiences ?? [credential.audience];
  const isKnown =
    Array.isArray(audiences) && audiences.every((it): it is string => typeof it === "string");
  return {
    issuer: text(credential.issuer),
    audiences: isKnown ? audiences : undefined,
    subject: text(credential.subject),
    // azuread has the expression alone. azure-native has it beside the version of its language.
    expression: text(matching) ?? text((matching as Properties | undefined)?.value),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/**
 * Whether the token of a run for a pull request is accepted: its subject ends with `:pull_request`,
 * or continues with the further keys of a template.
 * Sources: https://docs.github.com/actions/reference/security/oidc and, for `*` and `?`,
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function acceptsPullRequests({ subject, expression }: AcceptedTokens): boolean {
  if (subject && /:pull_request(:|$)/.test(subject)) return true;
  const [, operator, value = ""] =
    /claims\['sub'\]\s+(eq|matches)\s+'([^']*)'/.exec(expression ?? "") ?? [];
  if (!operator) return false;
  if (/:pull_request(:|$)/.test(value)) return true;
  if (operator === "eq") return false;
  // A pattern stands for itself, too. So its own repository is one that it matches.
  const pullRequest = [...value.split(":").slice(0, 2), "pull_request"].join(":");
  const parts = value.split(/([*?])/).map((it) => {
    if (it === "*") return ".*";
    return it === "?" ? "." : it.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`).test(pullRequest);
}
