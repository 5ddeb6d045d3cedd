import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { parse, YAMLError } from "yaml";

/** A file or folder that was named on the command line cannot be used. */
export class UnusableError extends Error {}

/** What the system says, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "there is a file of this name",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  EROFS: "the file system is read-only",
};

/**
 * Reads a YAML file that an option names.
 *
 * @throws UnusableError with one sentence that names the option.
 */
export function readYaml(option: string, path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (failure) {
    throw unusable(option, path, failure);
  }
}

/**
 * Creates the folder that an option names.
 *
 * @throws UnusableError with one sentence that names the option.
 */
export function makeFolder(option: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (failure) {
    throw unusable(option, path, failure);
  }
}

function unusable(option: string, path: string, failure: unknown): UnusableError {
  const { code = "", message } = failure as NodeJS.ErrnoException;
  // What follows the first line shows the place in the file.
  const [first = ""] = message.split(":\n");
  const why = failure instanceof YAMLError ? `it is not YAML: ${first}` : (REASONS[code] ?? first);
  return new UnusableError(`${option} ${path} cannot be used: ${why}.`);
}
