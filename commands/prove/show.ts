import { colorsFor } from "../../rehearsal/colors";
import { ACCEPTANCE, acceptanceLines } from "../../rehearsal/page/acceptance";
import { doorsOf, openDoors } from "../../rehearsal/page/doors";
import { wrapped } from "../../rehearsal/page/lines";
import { proofLines } from "../../rehearsal/page/proof";
import type { StateProof } from "../../rehearsal/proof-of-state/prove-state";

const pc = colorsFor(process.stdout);

/** https://learn.microsoft.com/cli/azure/role/assignment#az-role-assignment-list */
const FROM = [
  "The proof reads the state of the stack. The state does not show what was added by hand: roles (`az role assignment list --all --assignee CLIENT_ID`), federated credentials (`az identity federated-credential list`), and deployment policies of an environment (its settings on GitHub).",
  "The state does not show secrets that were overwritten by hand: the drift workflow reports them (docs/github-actions.md).",
].join(" ");

/** The proof of a stack's state as text, in at most 80 columns. The verdict comes first. */
export function show(stack: string, proven: StateProof): string {
  const accepted = acceptanceLines(proven.accepts);
  return [
    ...verdict(stack, proven),
    ...wrapped(`  ${FROM}`, 2).map((line) => pc.dim(line)),
    "",
    pc.bold("Trust proof: who can log in to Azure, and what they can do then"),
    ...proofLines(proven),
    ...(accepted.length > 0 ? ["", pc.bold(ACCEPTANCE), ...accepted] : []),
  ].join("\n");
}

function verdict(stack: string, proven: StateProof): string[] {
  const { holds, reasons } = proven;
  const doors = doorsOf(proven).length;
  if (!holds) {
    const failed = pc.red(`✗ The trust proof of the stack ${stack} does not hold.`);
    return [failed, ...reasons.flatMap((reason) => wrapped(`  ${reason}`))];
  }
  const passed = `✓ The trust proof of the stack ${stack} holds`;
  return [
    doors === 0
      ? pc.green(`${passed}.`)
      : `${pc.green(`${passed};`)} ${pc.yellow(`${openDoors(doors)}.`)}`,
  ];
}
