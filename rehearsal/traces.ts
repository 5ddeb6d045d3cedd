import { createHash } from "node:crypto";
import { settingsSuffix } from "../trust/login-settings";
import { isOfStack } from "../workflow/committed-files";
import type { Clouds } from "./clouds/clouds";
import type { Intent } from "./intent";
import type { CommittedFile } from "./report";

export interface Merged {
  /** Each pull request, as `owner/repository#1: title`. */
  readonly pullRequests: readonly string[];
  /** What the merges added, in the words of the inventory. `destroy` does not delete it. */
  readonly stays: readonly string[];
}

/**
 * Merges every open pull request and deletes its branch, as people do with GitHub's button. Only the
 * program opens pull requests in a rehearsal.
 */
export function mergeProposals(clouds: Clouds): Merged {
  const { github } = clouds;
  const before = clouds.inventory();
  const pullRequests = github.all().flatMap(({ settings: { name }, pullRequests: all }) =>
    [...all.values()]
      .filter(({ state }) => state === "open")
      .map(({ number, title }) => {
        github.merge(name, number, { deleteBranch: true });
        return `${github.owner.login}/${name}#${number}: ${title}`;
      }),
  );
  return { pullRequests, stays: clouds.inventory().filter((thing) => !before.includes(thing)) };
}

/** The files on the default branches that the program committed. */
export function committedFiles(
  { github }: Clouds,
  meant: readonly Intent[],
): Array<CommittedFile & { readonly content: string }> {
  const names = new Set(meant.map(({ repository }) => repository));
  return [...names].flatMap((name) => {
    const { settings, branches, commits } = github.repository(name);
    const files = branches.get(settings.defaultBranch);
    return [...new Set(commits.map(({ path }) => path))].map((path) => {
      const content = files?.get(path) ?? "";
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { repository: `${github.owner.login}/${settings.name}`, path, sha256, content };
    });
  });
}

/** Workflows on the default branches that a stack wrote earlier, in the words of the inventory. */
export function ownFiles({ github }: Clouds, stack: string): string[] {
  return github
    .all()
    .flatMap(({ settings: { name, defaultBranch }, branches }) =>
      [...(branches.get(defaultBranch) ?? [])]
        .filter(([, text]) => isOfStack(text, stack))
        .map(([path]) => `file ${name}/${path} on ${defaultBranch}`),
    );
}

/** What a state protects from deletion, and what is in it, in the words of the inventory. */
export function keptByProtection(
  { deployment }: { readonly deployment: { readonly resources?: readonly Kept[] } },
  clouds: Clouds,
): { readonly stays: readonly string[]; readonly names: readonly string[] } {
  const kept = (deployment.resources ?? []).filter((it) => it.protect);
  const isOf = (thing: string) =>
    kept.some(({ type, id = "" }) =>
      type === "github:index/repository:Repository"
        ? thing === `repository ${id}` || thing.startsWith(`file ${id}/`)
        : thing === `resource ${id}`,
    );
  const stays = clouds.inventory().filter(isOf);
  return { stays, names: kept.map(({ id = "" }) => id.split("/").at(-1) ?? id) };
}

interface Kept {
  readonly type: string;
  readonly id?: string;
  readonly protect?: boolean;
}

const IDS = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"];

/**
 * What `destroy` did wrong. It must leave what existed before, what was merged, and the files of
 * adopting pipelines.
 */
export function leftovers(
  before: readonly string[],
  after: readonly string[],
  meant: readonly Intent[],
): string[] {
  const adopting = meant.filter(({ adopt }) => adopt);
  const isAdoptedFile = (thing: string) =>
    adopting.some(({ repository, workflow }) =>
      thing.startsWith(`file ${repository}/${workflow} on `),
    );
  const isAdoptedSecret = (thing: string) =>
    adopting.some(
      ({ repository, level, pipeline }) =>
        thing.startsWith(`secret ${repository}/`) ||
        (level === "organization" &&
          IDS.some(
            (id) => thing === `secret of the organization ${id}${settingsSuffix(pipeline)}`,
          )),
    );
  return [
    ...after
      .filter((thing) => !before.includes(thing) && !isAdoptedFile(thing))
      .map((thing) => `destroy did not delete ${thing}`),
    ...before
      .filter((thing) => !after.includes(thing) && !isAdoptedSecret(thing))
      .map((thing) => `destroy deleted ${thing}, which existed before`),
  ];
}
