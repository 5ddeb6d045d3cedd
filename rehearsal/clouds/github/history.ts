import { createHash } from "node:crypto";
import { CloudError } from "../table";
import type { Files, PullRequest, Repository } from "./model";

/** The hash that git computes for a file. */
export function blobSha(content: string): string {
  const bytes = Buffer.from(content, "utf8");
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** Imitates the commit at the head of a branch. Equal files give an equal hash. */
export function headSha({ branches }: Repository, branch: string): string | undefined {
  const files = branches.get(branch);
  return files && blobSha(JSON.stringify([...files].sort()));
}

/** Adds a branch with the files of another branch. */
export function branchOff({ branches, starts }: Repository, name: string, source: Files): void {
  branches.set(name, new Map(source));
  starts.set(name, new Map(source));
}

/** Deletes a branch. GitHub then closes the pull requests from it and to it. */
export function dropBranch({ branches, starts, pullRequests }: Repository, name: string): void {
  branches.delete(name);
  starts.delete(name);
  for (const pull of pullRequests.values()) {
    if (pull.head === name || pull.base === name) pull.state = "closed";
  }
}

/** Files that `head` changes in `base`, by path. A deleted file is undefined. */
export function changesOf(
  { branches, starts }: Repository,
  head: string,
  base: string,
): Map<string, string | undefined> {
  const [ours, theirs] = [branches.get(head) ?? new Map(), branches.get(base) ?? new Map()];
  const start = starts.get(head) ?? theirs;
  const paths = [...new Set([...ours.keys(), ...start.keys()])];
  return new Map(
    paths
      .filter((path) => ours.get(path) !== start.get(path) && ours.get(path) !== theirs.get(path))
      .map((path) => [path, ours.get(path)]),
  );
}

/** How a person merges a pull request. */
export interface Merging {
  readonly method?: "merge" | "squash";
  /** Whether the head is deleted. Default: as the settings of the repository say. */
  readonly deleteBranch?: boolean;
}

/** Merges a pull request. The rules of the branch do not apply. */
export function mergePull(repository: Repository, pull: PullRequest): void {
  const { number, head, base, state } = pull;
  const { branches, starts, commits } = repository;
  const files = branches.get(base);
  const ours = branches.get(head);
  if (state !== "open" || !files || !ours) throw unmergeable(number);
  const changes = changesOf(repository, head, base);
  const start = starts.get(head) ?? files;
  if ([...changes.keys()].some((path) => files.get(path) !== start.get(path))) {
    throw unmergeable(number);
  }
  for (const [path, content] of changes) {
    if (content === undefined) files.delete(path);
    else files.set(path, content);
    commits.push({ branch: base, path, message: `Merge pull request #${number} from ${head}` });
  }
  starts.set(head, new Map(ours));
  Object.assign(pull, { state: "closed", merged: true });
}

function unmergeable(number: number): CloudError {
  return new CloudError("405", `PUT pulls/${number}/merge: 405 Pull Request is not mergeable []`);
}

/** Renames a branch, and changes what names it. */
export function moveBranch(repository: Repository, former: string, now: string): void {
  const { branches, starts, pullRequests, renamedBranches, settings } = repository;
  for (const of of [branches, starts]) {
    const files = of.get(former);
    if (files) of.set(now, files as Files);
    of.delete(former);
  }
  for (const pull of pullRequests.values()) {
    if (pull.base === former) pull.base = now;
    if (pull.head === former) pull.head = now;
  }
  renamedBranches.set(former, now);
  if (settings.defaultBranch === former) Object.assign(settings, { defaultBranch: now });
}
