/**
 * Whether a name fits a pattern in the language of Ruby's `File.fnmatch` with FNM_PATHNAME:
 * https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch. Rulesets and deployment policies
 * use it:
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 *
 * `*` and `?` do not match `/`, and `**` followed by `/` matches any number of directories. There are
 * sets and escapes, and no quantifiers and no braces. A leading dot is like any other character (u).
 */
export function fnmatch(name: string, pattern: string): boolean {
  return new RegExp(`^${translated(pattern)}$`, "su").test(name);
}

/** `**` and `/`, `*`, `?`, a set, an escaped character, or any other character. */
const TOKEN =
  /(?<deep>(?<![^/])\*\*\/)|(?<any>\*+)|(?<one>\?)|\[(?<set>[!^]?\]?[^\]]*)\]|\\(?<escaped>.)|(?<other>.)/gsu;

function translated(pattern: string): string {
  return pattern.replace(TOKEN, (...found) => {
    const { deep, any, one, set, escaped, other } = found.at(-1) as Record<string, string>;
    if (deep) return "(?:[^/]+/)*";
    if (any) return "[^/]*";
    if (one) return "[^/]";
    if (set) return setOf(set);
    return quoted(escaped ?? other ?? "");
  });
}

/** A set of characters or of ranges. It never matches `/`. */
function setOf(set: string): string {
  const [, negated, members = ""] = /^([!^]?)(.*)$/su.exec(set) ?? [];
  const inner = members.replace(/\\(.)|([\\[\]^])/gsu, (_, escaped, own) => `\\${escaped ?? own}`);
  return negated ? `[^/${inner}]` : `(?!/)[${inner}]`;
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&");
}
