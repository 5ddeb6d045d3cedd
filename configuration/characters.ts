/** What almost every pattern accepts. */
const NEUTRAL = "a";

/**
 * The first character of a text that its pattern accepts nowhere in the text. Undefined if the
 * mistake is another one, for example the length of the text or the place of a character.
 */
export function offendingCharacter(text: unknown, pattern: string | undefined): string | undefined {
  if (typeof text !== "string" || pattern === undefined) return undefined;
  const accepts = new RegExp(pattern, "u");
  const signs = [...new Set(text)].filter((it) => !/[a-z0-9]/.test(it));
  const without = (others: readonly string[]) =>
    [...text].map((it) => (others.includes(it) ? NEUTRAL : it));
  // One kind of character is the mistake, or several are.
  const bases = [...signs.map((it) => without([it])), without(signs)];
  const base = bases.find((it) => accepts.test(it.join("")));
  return base && signs.find((sign) => !isAcceptedIn(base, sign, accepts));
}

function isAcceptedIn(base: readonly string[], sign: string, accepts: RegExp): boolean {
  return base.some((_, at) =>
    accepts.test([...base.slice(0, at), sign, ...base.slice(at + 1)].join("")),
  );
}
