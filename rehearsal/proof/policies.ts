/** A part of a pattern: an escaped character, a set, directories, a star, or any character. */
const PARTS =
  /\\(?<escaped>.)|\[(?<not>[!^]?)(?<set>[^\]]+)\]|(?<directories>\*\*\/)|(?<star>\*+)|(?<one>\?)|./gsu;

/**
 * Whether a deployment policy of an environment lets in the name of a branch or tag. GitHub compares
 * as Ruby's `File.fnmatch`. So `+` is an ordinary character, and `?` stands for one character.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 * The syntax: https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 * `*` does not match `/`, as GitHub's page shows with `release/*`. That is the flag FNM_PATHNAME. With
 * it, `**` followed by `/` stands for any number of directories.
 */
export function letsIn(policy: string, name: string): boolean {
  let source = "";
  for (const { 0: part, groups = {} } of policy.matchAll(PARTS)) {
    if (groups.directories) source += "(?:[^/]+/)*";
    else if (groups.star) source += "[^/]*";
    else if (groups.one) source += "[^/]";
    else if (groups.set) source += set(groups.set, groups.not !== "");
    else source += literal(groups.escaped ?? part);
  }
  return new RegExp(`^${source}$`, "su").test(name);
}

/** A set never matches `/`. */
function set(characters: string, excludes: boolean): string {
  const escaped = characters.replace(/[\\^[]/g, "\\$&");
  return excludes ? `[^${escaped}/]` : `(?!/)[${escaped}]`;
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&");
}
