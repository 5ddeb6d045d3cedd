import type { Digests } from "./table";

/** Where a pin comes from. Undefined: it could not be asked. */
export interface Source {
  readonly tags: readonly string[] | undefined;
  /** The digests of a tag. */
  readonly digests: (tag: string) => Promise<Digests | undefined>;
}

/** The digests of a tag that does not exist. */
export const NONE: Digests = {};
