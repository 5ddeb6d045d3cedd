/**
 * Whether a pattern of branches or tags takes in a name, or all that another pattern does. GitHub:
 * `*` is anything but `/` (github.md, 8.6).
 */
export function covers(pattern: string, ref: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(ref);
}

/** Whether one of two takes in all of the other. */
export function isWithin(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
