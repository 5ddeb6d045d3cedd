/** The filters of `on.push` in a workflow's file. */
export interface PushFilters {
  readonly branches?: Filter;
  readonly "branches-ignore"?: Filter;
  readonly tags?: Filter;
  readonly "tags-ignore"?: Filter;
}

/** A list of patterns. GitHub also accepts a single one. */
type Filter = readonly string[] | string | null;

/**
 * Whether a push to a ref starts a workflow. Filters of only one kind of ref exclude the other kind,
 * and without any filter every push starts the workflow. A filter of paths is not read: it does not
 * change which refs can start a run.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onpushbranchestagsbranches-ignoretags-ignore
 */
export function startsOn(push: PushFilters | null, ref: string): boolean {
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (!kind) return false;
  const filters = push ?? {};
  const has = (of: "branches" | "tags") => of in filters || `${of}-ignore` in filters;
  const own = kind === "heads" ? "branches" : "tags";
  if (!has(own)) return !has(own === "tags" ? "branches" : "tags");
  const listed = filters[own];
  if (listed !== undefined) return passes(name, patternsOf(listed));
  return !passes(name, patternsOf(filters[`${own}-ignore`]));
}

function patternsOf(filter: Filter | undefined): readonly string[] {
  return typeof filter === "string" ? [filter] : (filter ?? []);
}

/** The last pattern that a name fits decides. A leading `!` excludes. */
function passes(name: string, patterns: readonly string[]): boolean {
  return patterns.reduce((passed, pattern) => {
    const excludes = pattern.startsWith("!");
    return fitsFilter(name, excludes ? pattern.slice(1) : pattern) ? !excludes : passed;
  }, false);
}

/** A part of a pattern: an escaped character, a set, a star, a quantifier, or any character. */
const PARTS = /\\(?<escaped>.)|\[(?<set>[^\]]+)\]|(?<stars>\*+)|(?<quantifier>[?+])|./gsu;

/**
 * Whether a name fits a pattern of `on.push`. `*` does not match `/`, and `**` does. `?` and `+` say
 * how often the character before them occurs. `[]` has characters and ranges.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 * `\` makes the next character literal: github/docs#8106.
 */
function fitsFilter(name: string, pattern: string): boolean {
  const parts: string[] = [];
  for (const { 0: part, groups = {} } of pattern.matchAll(PARTS)) {
    if (groups.quantifier && parts.length > 0) parts.push(`(?:${parts.pop()})${part}`);
    else if (groups.stars) parts.push(part.length > 1 ? ".*" : "[^/]*");
    else if (groups.set) parts.push(`[${groups.set.replace(/[\\^]/g, "\\$&")}]`);
    else parts.push(literal(groups.escaped ?? part));
  }
  return new RegExp(`^${parts.join("")}$`, "su").test(name);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&");
}
