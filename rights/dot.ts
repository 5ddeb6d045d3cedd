import type { Graph, NodeKind } from "./graph";

const SHAPES: Readonly<Record<NodeKind, string>> = {
  repository: "folder",
  environment: "hexagon",
  subject: "note",
  identity: "box",
  image: "cylinder",
  profile: "component",
};

/** The graph for Graphviz. Classes instead of colors, so that a style sheet can decide. */
export function dotOf({ nodes, edges }: Graph): string {
  return [
    "digraph {",
    "  rankdir=LR; bgcolor=transparent; nodesep=0.3; ranksep=0.4;",
    '  node [fontname="sans-serif", fontsize=12]; edge [fontname="sans-serif", fontsize=11];',
    ...nodes.map(
      ({ kind, label }, index) =>
        `  n${index} [label=${text(broken(label))}, shape=${SHAPES[kind]}, class=${kind}];`,
    ),
    ...edges.map(({ from, to, label }) => {
      return `  n${from} -> n${to}${label ? ` [label=${text(label)}]` : ""};`;
    }),
    "}",
  ].join("\n");
}

/** A long subject on several lines. */
function broken(label: string): string {
  return label.length > 30 ? label.replace(/(?<=[/:])(?=[^/:]{4,})/g, "\n") : label;
}

function text(value: string): string {
  return JSON.stringify(value);
}

/** One file for light and dark pages: https://developer.mozilla.org/docs/Web/CSS/@media/prefers-color-scheme */
const STYLE = `<style>
  text { fill: #1f2328; } path, polygon, ellipse, polyline { stroke: #59636e; }
  .edge polygon { fill: #59636e; } .node path, .node polygon, .node polyline { fill: none; }
  .identity polygon { stroke: #0969da; } .subject polygon { stroke: #8250df; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } path, polygon, ellipse, polyline { stroke: #9198a1; }
    .edge polygon { fill: #9198a1; } .identity polygon { stroke: #4493f8; }
    .subject polygon { stroke: #ab7df8; }
  }
</style>`;

/** The SVG of Graphviz with that style, and without the colors that Graphviz writes. */
export function styled(svg: string): string {
  return svg
    .slice(svg.indexOf("<svg"))
    .replace(/ (?:fill|stroke)="(?!none)[^"]*"/g, "")
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/(<svg[^>]*>)/, `$1\n${STYLE}`);
}
