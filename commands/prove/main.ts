import { parseArgs } from "node:util";
import { UnusableError } from "../../rehearsal/options";
import { proveState, type StateProof } from "../../rehearsal/proof-of-state/prove-state";
import type { Command } from "../command";
import { projectOf } from "../project";
import { givenBy } from "./given";
import { show } from "./show";

const usage = `npm run prove -- --stack NAME [--world FILE] [--state FILE] [--json]

Proves who can log in and what they can do then, from the state of the stack.
It changes neither the stack nor the clouds. The exit status is 0 only if the
trust proof holds.

  --stack  The stack. Its file Pulumi.NAME.yaml says who should log in.
  --world  A file that describes what the state does not say, such as the IDs
           of the repositories. \`npm run doctor\` writes such a file. Default:
           this command reads your clouds, with your own credentials.
  --state  A file that \`pulumi stack export --show-secrets\` wrote. Default:
           the state in your backend. With --world and --state, this command
           needs no account.
  --json   Print the proof as JSON instead of text.
`;

/** What `--json` prints. A version can get new fields, but its fields never change. */
export interface ProveReport extends StateProof {
  readonly version: 1;
  readonly stack: string;
}

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      world: { type: "string" },
      state: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { stack, json, ...files } = values;
  if (!stack) throw new UnusableError("--stack is missing. Name the stack to prove.");
  const { configuration, world, deployment } = await givenBy(projectOf(), { stack, ...files });
  const proven = proveState(configuration, world, deployment);
  const report: ProveReport = { version: 1, stack, ...proven };
  process.stdout.write(`${json ? JSON.stringify(report, undefined, 2) : show(stack, proven)}\n`);
  return proven.holds ? 0 : 1;
}

export const command: Command = { usage, run };
