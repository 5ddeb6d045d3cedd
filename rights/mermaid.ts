import type { Graph, NodeKind } from "./graph";

/**
 * The limits of Mermaid, which a diagram cannot raise:
 * https://mermaid.js.org/config/schema-docs/config-properties-maxedges.html and …-maxtextsize.html.
 * GitHub does not publish its own (unverified).
 */
const [MAX_TEXT, MAX_EDGES] = [50_000, 500];

const SHAPES: Readonly<Record<NodeKind, readonly [string, string]>> = {
  repository: ["[", "]"],
  environment: ["{{", "}}"],
  subject: ["([", "])"],
  identity: ["[[", "]]"],
  image: ["[(", ")]"],
  profile: [">", "]"],
};

/** A Mermaid diagram. Undefined: it would be larger than Mermaid accepts. */
export function mermaidOf({ nodes, edges }: Graph): string | undefined {
  const text = [
    "flowchart LR",
    ...nodes.map(({ kind, label }, index) => {
      const [open, close] = SHAPES[kind];
      return `  n${index}${open}"${quoted(label)}"${close}`;
    }),
    ...edges.map(({ from, to, label }) => `  n${from} -->${label ? `|${label}| ` : " "}n${to}`),
  ].join("\n");
  return edges.length >= MAX_EDGES || text.length >= MAX_TEXT ? undefined : text;
}

/** Mermaid's entity codes for what ends a label, or begins markup in it. */
function quoted(label: string): string {
  return label
    .replaceAll("#", "#35;")
    .replace(/["<>&`\\]/g, (it) => `#${it.charCodeAt(0)};`)
    .replace(/\s+/g, " ");
}
