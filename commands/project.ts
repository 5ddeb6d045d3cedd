import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../configuration/problems";
import { readYaml, UnusableError } from "../rehearsal/options";

/** The Pulumi project that a command works on. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  /** The text of Pulumi.yaml. */
  readonly text: string;
}

/**
 * The project of a folder. npm and npx run commands in the folder of package.json.
 *
 * @throws UnusableError if the folder has no Pulumi.yaml with a name.
 */
export function projectOf(folder: string = process.cwd()): Project {
  const file = join(folder, "Pulumi.yaml");
  if (!existsSync(file)) {
    throw new UnusableError(
      `${folder} has no Pulumi.yaml. Run this command in the folder of your Pulumi project.`,
    );
  }
  const content = readYaml("The file", file);
  const name = isRecord(content) ? content.name : undefined;
  if (typeof name !== "string") throw new UnusableError(`${file} has no \`name\`.`);
  return { folder, name, text: readFileSync(file, "utf8") };
}

/** The path of a stack's file. A stack can have the name of its organization before its own. */
export function stackFileOf(project: Project, stack: string): string {
  const name = stack.split("/").at(-1) ?? stack;
  return join(project.folder, `Pulumi.${name}.yaml`);
}
