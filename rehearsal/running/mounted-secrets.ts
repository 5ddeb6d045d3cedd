import { secretVariable } from "../../workflow/images";

/** A line of a build's `env`, such as `BUILD_SECRET_NPM_TOKEN: ${{ secrets.NPM_TOKEN }}`. */
const MOUNTED = new RegExp(`^ +${secretVariable("(\\w+)")}: \\$\\{\\{ secrets\\.\\1 \\}\\}$`, "gm");

/**
 * A value for each secret that the builds of a workflow mount. Nobody needs the real values here,
 * because the builds are simulated.
 */
export function mountedSecrets(workflow: string): Record<string, string> {
  const names = [...workflow.matchAll(MOUNTED)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, `invented-${name}`]));
}
