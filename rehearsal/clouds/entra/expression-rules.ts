import { GITHUB_ISSUER } from "../azure/credential-rules";
import { type Term, termsOf } from "./expression";

/** Claims of GitHub's tokens that an expression may name, and how (azure.md, 4.3). */
const ALLOWED: Readonly<Record<string, readonly Term["operator"][]>> = {
  sub: ["eq", "matches"],
  job_workflow_ref: ["eq", "matches"],
  repository_id: ["eq"],
  repository_owner_id: ["eq"],
};

/** One of them must be there, since about July 2026 (azure.md, 4.3). */
const REQUIRED = ["repository_id", "repository_owner_id"];

/** Why Entra does not take an expression. Texts of Entra: azure.md, 13; the others are (u). */
export function expressionFault(text: string, issuer: string): string | undefined {
  // Others have other claims, and a server of one's own is not documented to have any.
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
