/** The claims of a token, by name. */
export type Claims = Readonly<Record<string, string>>;

/**
 * Whether the key `repo` contains the ids of the owner and the repository.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
 */
export type Form = "names" | "immutable";

/** A token's `sub`, or why GitHub issues none. */
export type Subject = { readonly subject: string } | { readonly refused: string };

/**
 * Builds `sub` from the claims, in the order of the template.
 * https://docs.github.com/actions/reference/security/oidc
 */
export function subjectOf(keys: readonly string[], claims: Claims, form: Form): Subject {
  const parts: string[] = [];
  for (const key of keys) {
    const part = partOf(key, claims, form);
    if (part === undefined) return { refused: `the token has no claim ${key}` };
    parts.push(part);
  }
  return { subject: parts.join(":") };
}

function partOf(key: string, claims: Claims, form: Form): string | undefined {
  if (key === "repo") return `repo:${repo(claims, form)}`;
  if (key === "context") return context(claims);
  const value = Object.hasOwn(claims, key) ? claims[key] : undefined;
  // If a template has the key `environment`, a job without an environment gets no token.
  return value === undefined ? undefined : `${key}:${escaped(value)}`;
}

function repo(claims: Claims, form: Form): string {
  const { repository = "", repository_id, repository_owner_id } = claims;
  if (form === "names") return repository;
  const [owner, name] = repository.split("/");
  return `${owner}@${repository_owner_id}/${name}@${repository_id}`;
}

/** The environment, else the pull request, else the ref. */
function context({ environment, event_name, ref = "" }: Claims): string {
  if (environment !== undefined) return `environment:${escaped(environment)}`;
  return event_name === "pull_request" ? "pull_request" : `ref:${escaped(ref)}`;
}

/** GitHub escapes `:` in a value, so that it does not look like the next key. */
function escaped(value: string): string {
  return value.replaceAll(":", "%3A");
}
