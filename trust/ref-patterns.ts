/**
 * Whether a pattern covers a branch or tag, or everything that a second pattern covers. `*` stands
 * for any characters except `/`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
export function covers(pattern: string, ref: string): boolean {
  return new RegExp(`^${refExpression(pattern)}$`).test(ref);
}

/** The regular expression of a name or pattern of branches or tags. */
export function refExpression(pattern: string): string {
  return pattern.split("*").map(escaped).join("[^/]*");
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
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

/**
 * The filter for `on.push` that matches exactly what a name or pattern matches in an environment's
 * deployment policy: GitHub reads `+` and a leading `!` differently there.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
export function pushFilter(ref: string): string {
  return ref.replace(/^!|[+\]]/g, "\\$&");
}

/**
 * Whether a pattern of a push ruleset covers a path, or a folder that the path is in. `*` and `?` do
 * not stand for `/`; `**` does. A pattern with other special characters counts as one that does.
 * Source: https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository
 */
export function matchesPath(pattern: string, path: string): boolean {
  if (/[[\]{}\\]/.test(pattern)) return true;
  const below = /[*?]/.test(pattern) ? "" : "(?:/.*)?";
  return new RegExp(`^${pathExpression(pattern.replace(/\/$/, ""))}${below}$`).test(path);
}

/** The regular expression of a pattern of paths. `*` and `?` do not stand for `/`; `**` does. */
export function pathExpression(pattern: string): string {
  return pattern
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      return part === "?" ? "[^/]" : escaped(part);
    })
    .join("");
}
