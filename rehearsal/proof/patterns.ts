/**
 * Whether the name of a ref fits a declared pattern. `*` does not match `/`, and every other
 * character stands for itself.
 */
export function fits(name: string, pattern: string): boolean {
  return matches(name, pattern, "[^/]*");
}

/**
 * Whether the name of a ref fits a pattern of Entra. `*` also matches `/`.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
export function fitsWithSlashes(name: string, pattern: string): boolean {
  return matches(name, pattern, ".*");
}

function matches(name: string, pattern: string, star: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(star)}$`).test(name);
}

/** A name that fits the pattern. */
export function sample(pattern: string): string {
  return pattern.replaceAll("*", "1.0");
}

/** A name that fits only if `*` also matches `/`. Undefined if the pattern has no `*`. */
export function slashed(pattern: string): string | undefined {
  return pattern.includes("*") ? sample(pattern.replace("*", "1/x")) : undefined;
}
