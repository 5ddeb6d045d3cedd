import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { bannerOf, ciFiles } from "../../ci/files";
import { type CiPlan, ENVIRONMENTS } from "../../ci/plan";
import { configurationOf } from "../../rehearsal/configuration";
import { UnusableError } from "../../rehearsal/options";
import { wrapped } from "../../rehearsal/page/lines";
import { readStackFile } from "../../rehearsal/stack-file";
import type { Command } from "../command";
import { projectOf, stackFileOf } from "../project";
import { ciPlan, policyPackOf } from "./options";

const usage = `npm run ci -- --stack NAME [--branch NAME]
  --organization NAME (--preview-team NAME --deploy-team NAME |
                       --allow-organization-token)
npm run ci -- --stack NAME [--branch NAME] --backend URL

Writes three GitHub Actions workflows for the repository that holds this
project. One previews pull requests, one deploys the branch, and one looks for
drift every day. It needs no account and changes nothing in your clouds.

  --stack         The stack. Its file Pulumi.NAME.yaml says which permissions
                  the GitHub App needs.
  --organization  The organization on Pulumi Cloud that has the stack.
  --backend       A container of Azure Storage that has the state, such as
                  azblob://state?storage_account=contosostate.
  --preview-team, --deploy-team
                  The teams on Pulumi Cloud whose tokens the workflows get.
  --allow-organization-token
                  Without teams: the code of a pull request can change the state.
  --branch        The branch that is deployed. Default: main.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      organization: { type: "string" },
      backend: { type: "string" },
      "preview-team": { type: "string" },
      "deploy-team": { type: "string" },
      "allow-organization-token": { type: "boolean" },
      branch: { type: "string" },
    },
  });
  const project = projectOf();
  const { config } = readStackFile(stackFileOf(project, values.stack ?? "dev"));
  const options = {
    ...values,
    previewTeam: values["preview-team"],
    deployTeam: values["deploy-team"],
    allowOrganizationToken: values["allow-organization-token"],
  };
  const configuration = configurationOf(config, process.env);
  const plan = ciPlan(options, configuration, policyPackOf(project.folder));
  const files = Object.entries(ciFiles(plan));
  const banner = bannerOf(plan);
  const others = files
    .map(([path]) => path)
    .filter((path) => !isOurs(join(project.folder, path), banner));
  if (others.length > 0) {
    throw new UnusableError(
      `${others.join(", ")}: this command did not write the file, or wrote it for another stack. So it does not overwrite it. Move the file, and run the command again.`,
    );
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project.folder, path)), { recursive: true });
    writeFileSync(join(project.folder, path), text);
  }
  process.stdout.write(
    [
      ...files.map(([path]) => `Wrote ${path}.`),
      "",
      ...appLines(plan).flatMap((it) => wrapped(it, 2)),
      "",
      "The program in the folder bootstrap declares the two environments.",
      "docs/github-actions.md has the commands.",
      "",
    ].join("\n"),
  );
  return 0;
}

function isOurs(file: string, banner: string): boolean {
  return !existsSync(file) || readFileSync(file, "utf8").startsWith(`# ${banner}\n`);
}

/** What the App of an environment must be able to do, for the person who creates it. */
function appLines({ gitHub: { permissions } }: CiPlan): string[] {
  return (["read", "write"] as const).map((access) => {
    const environment = ENVIRONMENTS[access === "read" ? "preview" : "deploy"];
    const wanted = Object.entries(permissions[access] ?? {});
    const list = wanted.map(([name, it]) => `${name}: ${it}`).join(", ");
    return `The App of ${environment} needs ${list || "the permissions of docs/permissions.md"}.`;
  });
}

export const command: Command = { usage, run };
