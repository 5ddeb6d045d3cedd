import { inWords, worthSaying } from "./changes";
import type { Right, Trust } from "./rights";

/** What a node stands for. */
export type NodeKind = "repository" | "environment" | "subject" | "identity" | "image" | "profile";

export interface GraphNode {
  readonly kind: NodeKind;
  readonly label: string;
}

/** A picture of who can do what: nodes, and edges between their indexes. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: ReadonlyArray<{
    readonly from: number;
    readonly to: number;
    readonly label?: string;
  }>;
}

/** From this many nodes on, similar nodes are one. */
const FOLD = 40;

/** Repository, environment, subject, identity, and images or profiles, from left to right. */
export function graphOf(trusts: readonly Trust[]): Graph {
  const whole = build(trusts);
  return whole.nodes.length > FOLD ? build(together(trusts.map(folded))) : whole;
}

function build(trusts: readonly Trust[]): Graph {
  const nodes: GraphNode[] = [];
  const edges: Array<{ from: number; to: number; label?: string }> = [];
  const node = (kind: NodeKind, label: string) => {
    const found = nodes.findIndex((it) => it.kind === kind && it.label === label);
    return found >= 0 ? found : nodes.push({ kind, label }) - 1;
  };
  const edge = (from: number, to: number, label?: string) => {
    const isThere = edges.some((it) => it.from === from && it.to === to && it.label === label);
    if (!isThere) edges.push({ from, to, ...(label && { label }) });
  };
  for (const { repository = "?", environments, subject, identity, rights } of trusts) {
    let from = node("repository", repository);
    // The subject of a job in an environment ends with the environment's name.
    const environment = environments.find((it) => subject.endsWith(`environment:${it}`));
    if (environment) {
      const gate = node("environment", `${repository}: ${environment}`);
      edge(from, gate);
      from = gate;
    }
    const credential = node("subject", subject);
    edge(from, credential);
    const principal = node("identity", identity);
    edge(credential, principal);
    for (const right of worthSaying(rights)) {
      const kind = right.action === "sign" ? "profile" : "image";
      const { action, target, condition } = right;
      const label = condition ? `${target} (a condition)` : target;
      edge(principal, node(kind, label), action === "other" ? undefined : action);
    }
  }
  return { nodes, edges };
}

/** The subjects of one repository with one identity as one node, if there are more than two. */
function together(trusts: readonly Trust[]): Trust[] {
  const groups = new Map<string, Trust[]>();
  for (const it of trusts) {
    const key = JSON.stringify([it.repository, it.identity]);
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (!first || all.length < 3) return all;
    return [{ ...first, environments: [], subject: `${all.length} subjects of ${first.identity}` }];
  });
}

/** The images of one registry as one node, and what they are. */
function folded(trust: Trust): Trust {
  const kinds = (["push", "pull"] as const).flatMap((action): Right[] => {
    const targets = worthSaying(trust.rights).filter((it) => it.action === action);
    const registries = [...new Set(targets.map(({ target }) => target.split("/")[0] ?? ""))];
    return registries.map((registry) => {
      const own = targets.filter(({ target }) => target.startsWith(`${registry}/`));
      const [only] = own;
      if (own.length === 1 && only) return only;
      return { action, target: `${own.length} images of ${registry}` };
    });
  });
  const others = trust.rights.filter(({ action }) => action === "sign" || action === "other");
  return { ...trust, rights: [...kinds, ...others] };
}

/** The graph as a tree of texts, for a terminal. */
export function treeOf(trusts: readonly Trust[]): string[] {
  const repositories = [...new Set(trusts.map(({ repository = "?" }) => repository))];
  return repositories.flatMap((repository) => [
    repository,
    ...trusts
      .filter((it) => (it.repository ?? "?") === repository)
      .flatMap(({ subject, identity, rights }, index, all) => {
        const isLast = index === all.length - 1;
        const [branch, below] = isLast ? ["└─", "  "] : ["├─", "│ "];
        const lines = worthSaying(rights).map(inWords);
        return [
          `${branch} ${subject}`,
          `${below}   logs in as ${identity}`,
          ...lines.map((line, at) => `${below}   ${at === lines.length - 1 ? "└─" : "├─"} ${line}`),
        ];
      }),
  ]);
}
