import { GITHUB_ISSUER } from "../azure/credential-rules";
import { type Term, termsOf } from "./expression";

/**
 * Claims and operators that an expression for GitHub's tokens may have.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
const ALLOWED: Readonly<Record<string, readonly Term["operator"][]>> = {
  sub: ["eq", "matches"],
  job_workflow_ref: ["eq", "matches"],
  repository_id: ["eq"],
  repository_owner_id: ["eq"],
};

/** One of these claims is required since about July 2026. */
const REQUIRED = ["repository_id", "repository_owner_id"];

/** Why Entra refuses an expression. The text about claims is Entra's; the others are (u). */
export function expressionFault(text: string, issuer: string): string | undefined {
  // Expressions are documented only for GitHub's issuer, among those that matter here.
  if (issuer !== GITHUB_ISSUER) return `issuer '${issuer}' takes no expressions.`;
  const terms = parsed(text);
  if (typeof terms === "string") return `The expression cannot be read: ${terms}.`;
  const allowed = terms.every(
    ({ claim, operator }) => Object.hasOwn(ALLOWED, claim) && ALLOWED[claim]?.includes(operator),
  );
  if (!allowed || !terms.some(({ claim }) => REQUIRED.includes(claim))) {
    return "The expression lacks all required claims or contains unallowed claims.";
  }
  return undefined;
}

function parsed(text: string): Term[] | string {
  try {
    return termsOf(text);
  } catch (fault) {
    return (fault as Error).message;
  }
}
