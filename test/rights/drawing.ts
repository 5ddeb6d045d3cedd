import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { dotOf, styled } from "../../rights/dot";
import { graphOf } from "../../rights/graph";
import type { Trust } from "../../rights/rights";

const issuer = "https://token.actions.githubusercontent.com";

/** The pipelines of the README's picture: the example stack. */
const EXAMPLE: readonly Trust[] = [
  {
    repository: "web",
    environments: [],
    subject: "repo:contoso@5544123/web@821093847:ref:refs/heads/main",
    issuer,
    identity: "countersign-dev-web",
    rights: [
      { action: "push", target: "contosoimages/web" },
      { action: "sign", target: "contoso-signing/container-images" },
    ],
    gates: [],
  },
  {
    repository: "payments",
    environments: ["release"],
    subject: "repo:contoso@5544123/payments@821093848:environment:release",
    issuer,
    identity: "countersign-dev-payments",
    rights: [
      { action: "push", target: "contosoimages/payments/api" },
      { action: "push", target: "contosoimages/payments/worker" },
      { action: "sign", target: "contoso-signing/container-images" },
    ],
    gates: ["run without a review"],
  },
];

/** The text of docs/trust.svg. */
export async function drawing(): Promise<string> {
  const graphviz = await Graphviz.load();
  return `${styled(graphviz.dot(dotOf(graphOf(EXAMPLE))))}`;
}

export { EXAMPLE };
