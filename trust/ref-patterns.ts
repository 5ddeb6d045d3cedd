/**
 * Whether a pattern of branches or tags takes in a name, or all that another pattern does. GitHub:
 * `*` is anything but `/` (github.md, 8.6).
 */
export function covers(pattern: string, ref: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(ref);
}

/** That of two which the other takes in whole; undefined where neither does. */
export function narrower(one: string, other: string): string | undefined {
  if (covers(other, one)) return one;
  return covers(one, other) ? other : undefined;
}
