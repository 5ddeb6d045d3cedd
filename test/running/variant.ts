import type { Changes } from "./bench";

/** A way to break a generated workflow, or what it finds; and what must then be said. */
export interface Variant {
  readonly what: string;
  readonly signWith?: "action" | "cli";
  /** Edits of the text; each must change it. */
  readonly edits?: ReadonlyArray<readonly [from: string | RegExp, to: string]>;
  readonly changes?: (secrets: Record<string, string>) => Changes;
  /** The run fails, and this is its reason. */
  readonly reason?: RegExp;
  /** The run succeeds, and this is what is seen from outside. */
  readonly fault?: RegExp;
}

/** The whole step of this name. */
export function step(name: string): RegExp {
  return new RegExp(`      - name: ${name}\\n(?:        .*\\n)*`);
}
