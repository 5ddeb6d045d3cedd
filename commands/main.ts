#!/usr/bin/env node
import type { Command } from "./command";

/** A module of its own for each command: none loads what another one needs. */
const COMMANDS: Readonly<Record<string, () => { readonly command: Command }>> = {
  adopt: () => require("./adopt/main"),
  ci: () => require("./ci/main"),
  comment: () => require("./comment/main"),
  doctor: () => require("./doctor/main"),
  drift: () => require("./drift/main"),
  init: () => require("./init/main"),
  picture: () => require("./picture/main"),
  prove: () => require("./prove/main"),
  "rehearse-bootstrap": () => require("./rehearse-bootstrap/main"),
  rehearse: () => require("./rehearse/main"),
  verify: () => require("./verify/main"),
};

const USAGE = `countersign COMMAND [OPTIONS]

  init      Write a stack file.
  rehearse  Run the stack against simulated clouds, and prove who can log in.
  doctor    Check what the stack needs in Azure and on GitHub. Changes nothing.
  adopt     Take over what was set up by hand.
  prove     Prove who can log in, from the state of the stack.
  verify    Verify images under the trust policy of the stack.
  picture   Draw who can log in, and what they can do then.
  ci        Write the GitHub Actions workflows that preview and deploy the stack.
  rehearse-bootstrap
            Prove who can log in as the identities of these workflows.
  comment   In these workflows: leave the preview's comment on the pull request.
  drift     In these workflows: compare the stack with the clouds.

\`countersign COMMAND --help\` explains a command.
`;

async function main([name = "--help", ...args]: readonly string[]): Promise<number> {
  if (name === "--help") {
    process.stdout.write(USAGE);
    return 0;
  }
  const load = COMMANDS[name];
  if (!load) {
    process.stderr.write(`There is no command ${name}.\n\n${USAGE}`);
    return 2;
  }
  const { command } = load();
  if (args.includes("--help")) {
    process.stdout.write(command.usage);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (failure) {
    const { code, message, stack } = failure as NodeJS.ErrnoException;
    const misused = code?.startsWith("ERR_PARSE_ARGS") === true;
    process.stderr.write(`${process.env.DEBUG ? stack : message}\n`);
    if (misused) process.stderr.write(`\n${command.usage}`);
    return misused ? 2 : 1;
  }
}

main(process.argv.slice(2)).then((code) => process.exit(code));
