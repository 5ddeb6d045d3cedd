import { get, path } from "./github";
import type { HeldProposal } from "./held-files";

/** A pull request, as GitHub answers. */
export interface PullRequest {
  readonly number: number;
  readonly state: string;
  readonly merged: boolean;
  readonly html_url: string;
  readonly base: { readonly ref: string };
}

/** The pull requests of proposals, by digest; without those that GitHub does not know any more. */
export async function pullRequests(
  owner: string,
  held: readonly HeldProposal[],
): Promise<Map<string, PullRequest>> {
  const found = await Promise.all(
    held.map(async ({ digest, pullRequest }) => {
      const { baseRepository = "", number } = pullRequest ?? {};
      if (!number) return [];
      const url = path`repos/${owner}/${baseRepository}/pulls/${String(number)}`;
      const answer = await get<PullRequest>(url);
      return answer ? [[digest, answer] as const] : [];
    }),
  );
  return new Map(found.flat());
}
