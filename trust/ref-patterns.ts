/**
 * Whether a pattern covers a branch or tag, or everything that a second pattern covers. `*` stands
 * for any characters except `/`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
export function covers(pattern: string, ref: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(ref);
}

/** What both lists cover. Patterns that overlap in part, such as `v1*` and `*-rc`, add nothing. */
export function intersectPatterns(some: readonly string[], others: readonly string[]): string[] {
  const common = some.flatMap((one) =>
    others.flatMap((other) => {
      if (covers(other, one)) return one;
      return covers(one, other) ? other : [];
    }),
  );
  return [...new Set(common)];
}
