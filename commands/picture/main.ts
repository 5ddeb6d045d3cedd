import { parseArgs } from "node:util";
import { findEngine } from "../../rehearsal/engine/find";
import { readYaml, UnusableError } from "../../rehearsal/options";
import { wrapped } from "../../rehearsal/page/lines";
import { graphOf, treeOf } from "../../rights/graph";
import { mermaidOf } from "../../rights/mermaid";
import {
  type ExportedState,
  isWhole,
  type KnownResource,
  type PreviewJson,
  previewResources,
  stateResources,
} from "../../rights/resources";
import { trustsOf } from "../../rights/rights";
import type { Command } from "../command";
import { openStack } from "../open-stack";
import { projectOf } from "../project";

const usage = `npm run picture -- (--stack NAME | --state FILE | --preview FILE)
                   [--format tree|mermaid]

Draws who can log in, and what they can do then: from the repository to the
images and the certificate profile.

  --stack    The stack, as its state is.
  --state    A file of \`pulumi stack export\`.
  --preview  A file of \`pulumi preview --json --show-sames\`: as the stack will be.
  --format   tree (the default), or mermaid, for Markdown.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      state: { type: "string" },
      preview: { type: "string" },
      format: { type: "string", default: "tree" },
    },
  });
  const { stack, state, preview, format } = values;
  if ([stack, state, preview].filter((it) => it !== undefined).length !== 1) {
    throw new UnusableError("Give one of --stack, --state, and --preview.");
  }
  const trusts = trustsOf(await resourcesOf(values));
  if (trusts.length === 0) throw new UnusableError("There is no federated credential to draw.");
  if (format === "tree") {
    const lines = treeOf(trusts).flatMap((it) => wrapped(it, it.search(/[^ │├└─]/) + 2));
    process.stdout.write(`${lines.join("\n")}\n`);
    return 0;
  }
  if (format !== "mermaid") {
    throw new UnusableError(`--format ${format} cannot be used. Expected: tree or mermaid.`);
  }
  const text = mermaidOf(graphOf(trusts));
  if (text === undefined) throw new UnusableError("The picture is too large for Mermaid.");
  process.stdout.write(`${text}\n`);
  return 0;
}

async function resourcesOf(from: {
  readonly stack?: string;
  readonly state?: string;
  readonly preview?: string;
}): Promise<KnownResource[]> {
  if (from.state !== undefined)
    return stateResources(readYaml("--state", from.state) as ExportedState);
  if (from.preview !== undefined) {
    const preview = readYaml("--preview", from.preview) as PreviewJson;
    if (isWhole(preview)) return previewResources(preview).after;
    throw new UnusableError(
      `--preview ${from.preview} does not have what stays as it is. Run \`pulumi preview --json --show-sames\`.`,
    );
  }
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const stack = await openStack(projectOf(), from.stack ?? "", engine);
  if (!stack) throw new UnusableError(`--stack ${from.stack}: there is no such stack.`);
  return stateResources(await stack.export());
}

export const command: Command = { usage, run };
