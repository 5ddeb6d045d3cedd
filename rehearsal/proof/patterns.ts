/** Whether a ref's name fits a pattern: `*` is anything but `/` (github.md, 8.6). */
export function fits(name: string, pattern: string): boolean {
  return matches(name, pattern, "[^/]*");
}

/** The same where `*` is anything, as it is to Entra (azure.md, 4.3). */
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

/** A name that fits only where `*` stands for `/` too; undefined where there is no `*`. */
export function slashed(pattern: string): string | undefined {
  return pattern.includes("*") ? sample(pattern.replace("*", "1/x")) : undefined;
}
