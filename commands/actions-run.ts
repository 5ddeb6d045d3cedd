import { appendFileSync } from "node:fs";
import { UnusableError } from "../rehearsal/options";

/** The run of GitHub Actions that a command is a part of. */
export interface ActionsRun {
  /** `OWNER/REPOSITORY`. */
  readonly repository: string;
  /** Address of the run's page. */
  readonly url: string;
}

/** @throws UnusableError if the command runs elsewhere. */
export function actionsRun(): ActionsRun {
  const repository = process.env.GITHUB_REPOSITORY;
  const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = process.env;
  if (!repository || !server || !run) {
    throw new UnusableError(
      "This command is a part of the workflows that `npm run ci` writes. It runs only in GitHub Actions.",
    );
  }
  return { repository, url: `${server}/${repository}/actions/runs/${run}` };
}

/** @throws UnusableError if a variable is not set. */
export function secretOf(name: string): string {
  const value = process.env[name];
  if (!value) throw new UnusableError(`${name} is not set. The workflow passes a token in it.`);
  return value;
}

/** Adds Markdown to the summary of the job. */
export function summarize(text: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file) appendFileSync(file, `${text}\n`);
}
