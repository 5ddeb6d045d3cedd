import type { Report } from "../report";

/** What stays open, and the pipelines of which that is so. */
export interface Door {
  readonly text: string;
  readonly pipelines: readonly string[];
}

/** What runs can do although they should not, because the configuration cannot prevent it. */
export function doorsOf({ proof }: Pick<Report, "proof">): Door[] {
  const texts = [...new Set(proof.flatMap(({ reaches }) => reaches))];
  return texts.map((text) => {
    const rows = proof.filter(({ reaches }) => reaches.includes(text));
    return { text, pipelines: [...new Set(rows.map(({ pipeline }) => pipeline))] };
  });
}

/** `1 door stays open`, `2 doors stay open`, `2 more doors stay open`. */
export function openDoors(count: number, more = ""): string {
  return count === 1 ? `1 ${more}door stays open` : `${count} ${more}doors stay open`;
}
