/** What a token says, by claim. */
export type Claims = Readonly<Record<string, string>>;

/** Whether the ids of owner and repository stand in the key `repo` (github.md, 1.1). */
export type Form = "names" | "immutable";

/** A token's `sub`, or why GitHub issues none. */
export type Subject = { readonly subject: string } | { readonly refused: string };

/** Builds `sub` of the claims as GitHub does, in the template's order (github.md, 2.3). */
export function subjectOf(keys: readonly string[], claims: Claims, form: Form): Subject {
  const parts: string[] = [];
  for (const key of keys) {
    const part = partOf(key, claims, form);
    if (part === undefined) return { refused: `no claim ${key}` };
    parts.push(part);
  }
  return { subject: parts.join(":") };
}

function partOf(key: string, claims: Claims, form: Form): string | undefined {
  if (key === "repo") return `repo:${repo(claims, form)}`;
  if (key === "context") return context(claims);
  const value = Object.hasOwn(claims, key) ? claims[key] : undefined;
  // So `environment` in a template keeps every job without one from a token (github.md, 2.4).
  return value === undefined ? undefined : `${key}:${escaped(value)}`;
}

function repo(claims: Claims, form: Form): string {
  const { repository = "", repository_id, repository_owner_id } = claims;
  if (form === "names") return repository;
  const [owner, name] = repository.split("/");
  return `${owner}@${repository_owner_id}/${name}@${repository_id}`;
}

/** Environment, then pull request, then ref (github.md, 1.1). */
function context({ environment, event_name, ref = "" }: Claims): string {
  if (environment !== undefined) return `environment:${escaped(environment)}`;
  return event_name === "pull_request" ? "pull_request" : `ref:${escaped(ref)}`;
}

/** `:` within a value must not look like the next key (github.md, 2.4). */
function escaped(value: string): string {
  return value.replaceAll(":", "%3A");
}
