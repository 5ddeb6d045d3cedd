import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { graphOf, treeOf } from "../../rights/graph";
import { mermaidOf } from "../../rights/mermaid";
import { stateResources } from "../../rights/resources";
import { type Trust, trustsOf } from "../../rights/rights";
import { drawing } from "./drawing";

const state = JSON.parse(readFileSync("test/fixtures/example-state.json", "utf8"));
const trusts = trustsOf(stateResources(state));

test("docs/trust.svg is current: run `npm run pictures`", async () => {
  expect(readFileSync("docs/trust.svg", "utf8")).toBe(await drawing());
});

const bare: Trust = {
  repository: "web",
  environments: [],
  subject: "",
  issuer: "https://issuer.example",
  identity: "it",
  rights: [],
  gates: [],
};

describe("pictures", () => {
  test("the tree of the example stack", () => {
    expect(treeOf(trusts).join("\n")).toMatchInlineSnapshot(`
      "payments
      └─ repo:contoso@5544123/payments@821093848:environment:release
           logs in as countersign-dev-payments
           ├─ push contosoimages/payments/api
           ├─ push contosoimages/payments/worker
           └─ sign with contoso-signing/container-images
      web
      └─ repo:contoso@5544123/web@821093847:ref:refs/heads/main
           logs in as countersign-dev-web
           ├─ push contosoimages/web
           └─ sign with contoso-signing/container-images"
    `);
  });

  test("the diagram of the example stack", async () => {
    await expect(mermaidOf(graphOf(trusts))).toMatchFileSnapshot("../golden/trust.mmd");
  });

  test("many images are one node", () => {
    const rights = Array.from({ length: 60 }, (_, index) => {
      return { action: "push", target: `registry/image-${index}` } as const;
    });
    const { nodes } = graphOf([{ ...bare, subject: "a", rights }]);
    expect(nodes.map(({ label }) => label)).toContain("60 images of registry");
    expect(nodes).toHaveLength(4);
  });

  test("many subjects of an identity are one node", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...bare, subject: `tag ${index}` }));
    const other = { ...bare, subject: "a", identity: "other" };
    expect(graphOf([...many, other]).nodes.map(({ label }) => label)).toEqual([
      "web",
      "60 subjects of it",
      "it",
      "a",
      "other",
    ]);
  });

  test("a condition of another form is said", () => {
    const rights = [{ action: "push", target: "registry/*", condition: "theirs" }] as const;
    const { nodes } = graphOf([{ ...bare, subject: "a", rights }]);
    expect(nodes.at(-1)?.label).toBe("registry/* (a condition)");
  });

  test("a label cannot end its quotes", () => {
    const text = mermaidOf({
      nodes: [{ kind: "subject", label: 'a"]; <b> #quot; `c`\nd' }],
      edges: [],
    });
    expect(text).toBe('flowchart LR\n  n0(["a#34;]; #60;b#62; #35;quot; #96;c#96; d"])');
  });

  test("no name leaves the quotes of its label", () => {
    const signs = [..."\"'`[](){}<>|;:#&\\/-=. \n\t%*_~@é語", "end", "click", "-->", "%%"];
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 500; round += 1) {
      const label = Array.from({ length: 1 + next(12) }, () => signs[next(signs.length)]).join("");
      const text = mermaidOf({ nodes: [{ kind: "image", label }], edges: [] });
      expect(text, JSON.stringify(label)).toMatch(/^flowchart LR\n {2}n0\[\("[^"<>&`\\\n]*"\)\]$/);
    }
  });

  test("what Mermaid would refuse is not drawn", () => {
    const nodes = Array.from({ length: 600 }, (_, index) => ({
      kind: "image" as const,
      label: `i${index}`,
    }));
    const edges = nodes.slice(1).map((_, index) => ({ from: 0, to: index + 1 }));
    expect(mermaidOf({ nodes, edges })).toBeUndefined();
    expect(mermaidOf({ nodes, edges: edges.slice(0, 400) })).toBeDefined();
  });
});
