import type { RehearsedBootstrap } from "../../rehearsal/bootstrap/rehearse";
import { colorsFor } from "../../rehearsal/colors";
import { wrapped } from "../../rehearsal/page/lines";

const NAME = 44;

/** The rehearsal of the bootstrap program as text, in at most 80 columns. */
export function showBootstrap(
  { proof, faults, created }: RehearsedBootstrap,
  stream: { readonly isTTY?: boolean },
): string {
  const pc = colorsFor(stream);
  const all = holds({ proof, faults, created });
  const verdict = all
    ? pc.green(`✓ The rehearsal passed: ${created} resources, and the trust proof holds.`)
    : pc.red("✗ The rehearsal failed.");
  const line = (name: string, rest: string, violation: boolean) => {
    const text = `${name.padEnd(NAME)}${rest}`.trimEnd();
    return violation ? pc.red(`${text}  ✗`) : text;
  };
  const cell = (allowed: boolean) => (allowed ? "yes" : "no").padEnd(9);
  return [
    verdict,
    ...faults.flatMap((it) => wrapped(`  ${it}`)),
    "",
    pc.bold(line("Who can log in to Azure", "as", false)),
    ...proof.logins.map(({ run, meant, login, violation }) => {
      const said = /^AADSTS/.test(login) ? `refused ${login}` : login;
      return line(`  ${meant ? "●" : "○"} ${run}`, said, violation);
    }),
    "",
    pc.bold(line("What it can do then", "preview  deploy", false)),
    ...proof.rights.map(({ operation, allowed, violation }) => {
      const cells = cell(allowed.includes("preview")) + cell(allowed.includes("deploy"));
      return line(`  ${operation}`, cells, violation);
    }),
    "",
    "  ● should log in   ○ should not   no token: GitHub issues none",
  ].join("\n");
}

/** Whether the proof holds, and nothing else was wrong. */
export function holds({ proof, faults }: RehearsedBootstrap): boolean {
  return ![...proof.logins, ...proof.rights].some((it) => it.violation) && faults.length === 0;
}
