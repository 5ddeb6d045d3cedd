import { createHash } from "node:crypto";
import { idSuffix } from "../configuration/sharing-rules";
import type { Clouds } from "./clouds/clouds";
import type { Intent } from "./intent";
import type { CommittedFile } from "./report";

export interface Merged {
  /** Each pull request, as `owner/repository#1: title`. */
  readonly pullRequests: readonly string[];
  /** What it brought, in the inventory's words: it stays when the stack goes. */
  readonly stays: readonly string[];
}

/** Merges every open pull request, as a person would: nobody else than the program opens one. */
export function mergeProposals(clouds: Clouds): Merged {
  const { github } = clouds;
  const before = clouds.inventory();
  const pullRequests = github.all().flatMap(({ settings: { name }, pullRequests: all }) =>
    [...all.values()]
      .filter(({ state }) => state === "open")
      .map(({ number, title }) => {
        github.merge(name, number);
        return `${github.owner.login}/${name}#${number}: ${title}`;
      }),
  );
  return { pullRequests, stays: clouds.inventory().filter((thing) => !before.includes(thing)) };
}

/** What the default branches hold of the files that the program committed. */
export function committedFiles(
  { github }: Clouds,
  meant: readonly Intent[],
): Array<CommittedFile & { readonly content: string }> {
  return meant.flatMap(({ repository: name }) => {
    const { settings, branches, commits } = github.repository(name);
    const files = branches.get(settings.defaultBranch);
    return [...new Set(commits.map(({ path }) => path))].map((path) => {
      const content = files?.get(path) ?? "";
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { repository: `${github.owner.login}/${settings.name}`, path, sha256, content };
    });
  });
}

const IDS = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"];

/** After destroy there is what was there before, and what was merged; of what was adopted, the files. */
export function leftovers(
  before: readonly string[],
  after: readonly string[],
  meant: readonly Intent[],
): string[] {
  const adopting = meant.filter(({ adopt }) => adopt);
  const isAdopted = (kind: string, thing: string) =>
    adopting.some(
      ({ repository, level, pipeline }) =>
        thing.startsWith(`${kind} ${repository}/`) ||
        (level === "organization" &&
          IDS.some((id) => thing === `${kind} of the organisation ${id}${idSuffix(pipeline)}`)),
    );
  return [
    ...after
      .filter((thing) => !before.includes(thing) && !isAdopted("file", thing))
      .map((thing) => `destroy left ${thing}`),
    ...before
      .filter((thing) => !after.includes(thing) && !isAdopted("secret", thing))
      .map((thing) => `destroy took ${thing}, which was there before`),
  ];
}
