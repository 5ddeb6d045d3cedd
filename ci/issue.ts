import type { Difference } from "./drift";

/** An open issue, or a pull request, which GitHub lists as one. */
export interface OpenIssue {
  readonly number: number;
  /** Null if it has no description. */
  readonly body: string | null;
  readonly user?: { readonly login: string } | null;
  readonly pull_request?: object;
}

/**
 * Who writes with the token of a run. What other people wrote is never changed:
 * https://github.com/actions/checkout#push-a-commit-using-the-built-in-token
 */
export const AUTHOR = "github-actions[bot]";

/** What happens to the issue about a stack. */
export type IssueChange =
  | { readonly kind: "none" }
  | { readonly kind: "open"; readonly title: string; readonly body: string }
  | { readonly kind: "update"; readonly number: number; readonly body: string }
  | { readonly kind: "close"; readonly number: number; readonly comment: string };

/** Finds the issue about a stack again. Nobody sees it on GitHub. */
const markerOf = (stack: string) => `<!-- countersign drift ${JSON.stringify(stack)} -->`;

/** More rows would not fit into the 65,536 characters that GitHub accepts. */
const MAX_ROWS = 100;

/** One issue for each stack: it is opened, updated, and closed when nothing differs any more. */
export function issueChange(
  stack: string,
  found: readonly Difference[],
  open: readonly OpenIssue[],
  run: string,
): IssueChange {
  const marker = markerOf(stack);
  const before = open.find(
    (it) => !it.pull_request && it.user?.login === AUTHOR && it.body?.startsWith(marker),
  );
  if (found.length === 0) {
    if (!before) return { kind: "none" };
    const comment = `The stack and the clouds are equal again: ${run}`;
    return { kind: "close", number: before.number, comment };
  }
  const title = `Drift in the stack ${stack}`;
  const body = issueBody(stack, found, run);
  if (!before) return { kind: "open", title, body };
  return { kind: "update", number: before.number, body };
}

function issueBody(stack: string, found: readonly Difference[], run: string): string {
  const count = found.length === 1 ? "1 resource differs" : `${found.length} resources differ`;
  return [
    markerOf(stack),
    `${count} from the stack \`${stack}\`. Last seen by ${run}`,
    "",
    "| resource | difference | fix |",
    "|---|---|---|",
    ...found
      .slice(0, MAX_ROWS)
      .map(
        ({ resource, difference, fix }) =>
          `| ${[resource, difference, fix].map(cell).join(" | ")} |`,
      ),
    ...(found.length > MAX_ROWS ? ["", `The table has the first ${MAX_ROWS} of them.`] : []),
    "",
    "This issue is closed when nothing differs any more.",
  ].join("\n");
}

/** Text of a cell of a table. Names of resources contain names that other people choose. */
function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "@\u200b")
    .replace(/\s+/g, " ");
}
