import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { spawned } from "../../tools/spawned";

/** A Dockerfile for a repository without one. The stand-in only reads it. */
const DOCKERFILE = "FROM scratch\nCOPY Dockerfile /\n";

/**
 * Copies the committed files to a git repository whose head is the pushed ref.
 *
 * @param changed files that the head changes. Default: the head is the first commit.
 * @returns the commit before the head; undefined if the head is the first commit.
 */
export async function makeRepository(
  files: string,
  folder: string,
  ref: string,
  dockerfiles: readonly string[],
  changed?: readonly string[],
): Promise<string | undefined> {
  cpSync(files, folder, { recursive: true });
  for (const file of dockerfiles) {
    if (existsSync(join(folder, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), DOCKERFILE);
  }
  const who = { name: "Rehearsal", email: "rehearsal@example.invalid" };
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  };
  const git = (...args: string[]) => spawned("git", args, { cwd: folder, env });
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? "main";
  await git("init", "--quiet", "--initial-branch", branch);
  await git("remote", "add", "origin", "https://github.com/contoso/rehearsal.git");
  await git("add", "--all", "--force");
  // Each run has its own commit, even within one second.
  await git("commit", "--quiet", "--message", `Rehearse ${randomUUID()}`);
  const head = join(folder, ".git", "refs", "heads", branch);
  const before = changed && readFileSync(head, "utf8").trim();
  for (const file of changed ?? []) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), randomUUID());
  }
  if (changed) {
    await git("add", "--all", "--force");
    await git("commit", "--quiet", "--message", "Change files");
  }
  if (tag) await git("tag", tag);
  return before;
}
