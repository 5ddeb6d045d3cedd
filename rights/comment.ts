import { stripVTControlCharacters } from "node:util";
import { changesOf } from "./changes";
import { graphOf } from "./graph";
import { mermaidOf } from "./mermaid";
import { isWhole, type PreviewJson, previewResources } from "./resources";
import { type Trust, trustsOf } from "./rights";

/** What a preview left, also if it failed. */
export interface Previewed {
  readonly stack: string;
  /** Exit status of `pulumi preview`. */
  readonly status: number;
  /** Undefined: there is no JSON, because the preview failed before that. */
  readonly preview?: PreviewJson;
  /** What the command printed beside the JSON. */
  readonly messages: string;
  /** Address of the run. */
  readonly run: string;
}

/** GitHub refuses longer comments: https://github.com/orgs/community/discussions/27190 */
const MAX_COMMENT = 65_536;

/**
 * The JSON has no violations of policies: `ShowPreviewDigest` in
 * https://github.com/pulumi/pulumi/blob/v3.250.0/pkg/backend/display/json.go
 */
const NO_ERROR = [
  "The preview reports no error. A policy can have refused the preview.",
  "To see why, run pulumi preview with --policy-pack and without --json.",
].join("\n");

const NOT_WHOLE = "Who gains or loses a right is unknown: the preview ran without `--show-sames`.";

/** Finds the comment about a stack again. Nobody sees it on GitHub. */
export function commentMarker(stack: string): string {
  return `<!-- countersign preview ${JSON.stringify(stack)} -->`;
}

/** The comment on a pull request: the change of trust, a picture, and the changes of resources. */
export function commentOf({ stack, status, preview, messages, run }: Previewed): string {
  const { before, after } = previewResources(preview ?? {});
  const [old, now] = [trustsOf(before), trustsOf(after)];
  const isFailed = status !== 0;
  const hasAll = isWhole(preview ?? {});
  const rows = changesOf(old, now);
  const reported = (preview?.diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message = "" }) => message);
  const errors = [
    ...reported,
    ...(messages.trim() ? [messages] : []),
    ...(preview && reported.length === 0 ? [NO_ERROR] : []),
  ].map(plain);
  const head = [
    commentMarker(stack),
    `### Countersign: preview of \`${stack}\``,
    "",
    ...(isFailed
      ? [`**The preview failed** with exit status ${status}. [Its log](${run})`, ""]
      : []),
    ...(errors.length > 0 && isFailed ? [fenced(errors.join("\n")), ""] : []),
    ...(isFailed ? [] : [...(hasAll ? changeTable(rows) : [NOT_WHOLE]), "", ""]),
  ].join("\n");
  const shown = isFailed || !hasAll || now.length === 0 ? "" : picture(now);
  const lines = changeLines(preview);
  const summary = `${lines.length} ${lines.length === 1 ? "resource changes" : "resources change"}`;
  const details = (text: string) =>
    [`<details><summary>${summary}</summary>`, "", fenced(text), "", "</details>"].join("\n");
  const room = MAX_COMMENT - head.length - shown.length - details("").length - 100;
  if (room < 0)
    return cut(`${head}\n${details("The comment is too long for GitHub.")}`, MAX_COMMENT);
  return lines.length > 0 ? `${head}${shown}${details(cut(lines.join("\n"), room))}` : head + shown;
}

function picture(trusts: readonly Trust[]): string {
  const text = mermaidOf(graphOf(trusts));
  if (!text) return "The picture is too large for Mermaid.\n\n";
  return ["```mermaid", text, "```", "", ""].join("\n");
}

function changeTable(rows: ReturnType<typeof changesOf>): string[] {
  if (rows.length === 0) return ["Nobody gains or loses a right that this stack declares."];
  return [
    "| | subject | right | identity | issuer |",
    "|---|---|---|---|---|",
    ...rows.map(
      ({ change, subject, right, identity, issuer }) =>
        `| **${change}** | ${[subject, right, identity, issuer].map(cell).join(" | ")} |`,
    ),
  ];
}

const SIGNS: Readonly<Record<string, string>> = {
  create: "+",
  update: "~",
  delete: "-",
  replace: "+-",
  import: "=",
};

/** One line for each resource that changes, as `pulumi preview` prints it. */
function changeLines(preview: PreviewJson | undefined): string[] {
  return (preview?.steps ?? []).flatMap(({ op, urn, detailedDiff, newState, oldState }) => {
    const sign = SIGNS[op];
    if (!sign) return [];
    const type = (newState ?? oldState)?.type ?? "";
    const keys = Object.keys(detailedDiff ?? {});
    const diff = keys.length > 0 ? ` [diff: ${keys.join(", ")}]` : "";
    return [plain(`${sign.padEnd(2)} ${type} ${urn.split("::").slice(3).join("::")}${diff}`)];
  });
}

/** A code block that its text cannot end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([it]) => it.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Text of a cell. Names of branches and environments are those of other people. */
function cell(text: string): string {
  // A backslash before a bar would end the cell: https://github.github.com/gfm/#tables-extension-
  return `\`${text.replace(/[`\\\s\p{C}]+/gu, " ").replaceAll("|", "\\|")}\``;
}

/** Without the control characters and the colors of a terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trimEnd();
}

function cut(text: string, most: number): string {
  const note = "\n… The rest does not fit into a comment.";
  return text.length <= most ? text : text.slice(0, Math.max(0, most - note.length)) + note;
}
