/**
 * One term of an expression. This module parses and evaluates the part of Entra's language for
 * flexible credentials that GitHub's tokens use. It does not depend on how the program writes
 * expressions.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export interface Term {
  readonly claim: string;
  readonly operator: "eq" | "matches";
  readonly value: string;
}

export type Claims = Readonly<Record<string, string>>;

const TERM = /claims\['([^']+)'\] (eq|matches) '([^']+)'/y;
const AND = " and ";

/** @throws Error with the place where the text is not valid. */
export function parseExpression(text: string): (claims: Claims) => boolean {
  const tests = termsOf(text).map(({ claim, operator, value }) => {
    const holds = operator === "eq" ? (given: string) => given === value : pattern(value);
    return (claims: Claims) => Object.hasOwn(claims, claim) && holds(claims[claim] as string);
  });
  return (claims) => tests.every((test) => test(claims));
}

/** The terms of an expression. All of them must hold. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  for (;;) {
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (!match) throw new Error(`no term stands at ${at} of: ${text}`);
    const [whole, claim = "", operator, value = ""] = match;
    terms.push({ claim, operator: operator as Term["operator"], value });
    at += whole.length;
    if (at === text.length) return terms;
    if (!text.startsWith(AND, at)) throw new Error(`no \`and\` stands at ${at} of: ${text}`);
    at += AND.length;
  }
}

/** `*` matches any characters, also `/`. `?` matches exactly one. Case matters. */
function pattern(value: string): (given: string) => boolean {
  const escaped = value.replace(/[.+^${}()|[\]\\/]/g, "\\$&");
  const source = escaped.replaceAll("*", ".*").replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "su");
  return (given) => expression.test(given);
}
