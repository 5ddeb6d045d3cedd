import { parseArgs } from "node:util";
import { report } from "./report";
import { pins } from "./table";

const USAGE = `npm run pins

Compares the pins of workflow/pins.ts with what was released: on GitHub, which is
asked with GITHUB_TOKEN if it is set, and on Docker Hub. Changes nothing.

The exit status is 1 if a pin is behind, or if a digest does not belong to its
tag. What cannot be asked is unknown, and is no failure.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: "boolean", default: false } } });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { text, isBad } = await report(pins(), process.env.GITHUB_TOKEN);
  process.stdout.write(`${text}\n`);
  return isBad ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (failure: Error) => {
    process.stderr.write(`${failure.message}\n`);
    process.exit(1);
  },
);
