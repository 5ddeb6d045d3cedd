/**
 * Entra's language for flexible credentials, as far as GitHub's tokens use it (azure.md, 4.3):
 * parsed and evaluated without any knowledge of how the program writes expressions.
 */
export interface Term {
  readonly claim: string;
  readonly operator: "eq" | "matches";
  readonly value: string;
}

export type Claims = Readonly<Record<string, string>>;

const TERM = /claims\['([^']+)'\] (eq|matches) '([^']+)'/y;
const AND = " and ";

/** @throws Error with the place where the text is not of the language. */
export function parseExpression(text: string): (claims: Claims) => boolean {
  const tests = termsOf(text).map(({ claim, operator, value }) => {
    const holds = operator === "eq" ? (given: string) => given === value : pattern(value);
    return (claims: Claims) => Object.hasOwn(claims, claim) && holds(claims[claim] as string);
  });
  return (claims) => tests.every((test) => test(claims));
}

/** What an expression asks of which claims; all of it must hold. */
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

/** `*` is any number of any characters, `/` too; `?` is exactly one; case counts. */
function pattern(value: string): (given: string) => boolean {
  const escaped = value.replace(/[.+^${}()|[\]\\/]/g, "\\$&");
  const source = escaped.replaceAll("*", ".*").replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "su");
  return (given) => expression.test(given);
}
