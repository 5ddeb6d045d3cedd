import { blobSha } from "../history";
import type { GitHubState } from "../state";
import { apiOf, segment, webOf } from "./addresses";
import { type Answer, isOwner, type Route } from "./route";

interface Place {
  readonly owner: string;
  readonly name: string;
  readonly path: string;
  readonly branch: string;
}

/** Files and directories. https://docs.github.com/rest/repos/contents#get-repository-content */
export function contentRoutes(github: GitHubState): readonly Route[] {
  return [
    {
      pattern: /^repos\/([^/]+)\/([^/]+)\/contents\/(.+)$/,
      answer: ([owner = "", name = "", path = ""], query) => {
        const own = isOwner(github, owner) ? github.find(name) : undefined;
        const ref = query.get("ref");
        const branch = ref?.replace(/^refs\/heads\//, "") ?? own?.settings.defaultBranch ?? "";
        const at = { owner, name, path: path.replace(/\/$/, ""), branch };
        const files = own?.branches.get(branch);
        const text = files?.get(at.path) ?? callable(github, at, ref);
        return text === undefined ? directory(github, at, files) : file(github, at, text);
      },
    },
  ];
}

/** A reusable workflow of the world. */
function callable(github: GitHubState, { owner, name, path }: Place, ref: string | null) {
  const wanted = `${`${owner}/${name}`.toLowerCase()}/${path}@${ref}`;
  return Object.entries(github.callableWorkflows).find(
    ([key]) => key.replace(/^[^/]+\/[^/]+/, (repository) => repository.toLowerCase()) === wanted,
  )?.[1];
}

function file(github: GitHubState, at: Place, text: string): Answer {
  const encoded = Buffer.from(text).toString("base64");
  const content = encoded.replace(/(.{60})/g, "$1\n");
  return { ...entry(github, at, text), encoding: "base64", content };
}

function directory(github: GitHubState, at: Place, files?: ReadonlyMap<string, string>): Answer {
  const found = new Map<string, string | undefined>();
  for (const [path, text] of files ?? []) {
    if (!path.startsWith(`${at.path}/`)) continue;
    const [name = "", ...below] = path.slice(at.path.length + 1).split("/");
    found.set(name, below.length > 0 ? undefined : text);
  }
  const entries = [...found].map(([name, text]) =>
    entry(github, { ...at, path: `${at.path}/${name}` }, text),
  );
  return entries.length > 0 ? entries : undefined;
}

/** What a file and a directory have in common. A directory has no text. */
function entry(github: GitHubState, { owner, name, path, branch }: Place, text?: string): object {
  const isFile = text !== undefined;
  const [api, web] = [
    `${apiOf(github)}/repos/${owner}/${name}`,
    `${webOf(github)}/${owner}/${name}`,
  ];
  const [at, tree] = [path, branch].map((it) => it.split("/").map(segment).join("/"));
  const sha = blobSha(text ?? path);
  const url = `${api}/contents/${at}?ref=${segment(branch)}`;
  const git = `${api}/git/${isFile ? "blobs" : "trees"}/${sha}`;
  const html = `${web}/${isFile ? "blob" : "tree"}/${tree}/${at}`;
  return {
    type: isFile ? "file" : "dir",
    name: path.split("/").at(-1),
    path,
    sha,
    size: Buffer.byteLength(text ?? ""),
    url,
    git_url: git,
    html_url: html,
    download_url: isFile ? html.replace("/blob/", "/raw/") : null,
    _links: { self: url, git, html },
  };
}
