/** Width of a page. */
export const WIDTH = 80;

/** Parts of a word, for example of a path or a subject: each ends with one of these signs. */
const PARTS = /[^:/,=]{1,60}[:/,=]?/g;

/** A heading of a problem, such as `    expected  `. What follows stays in its column. */
const COLUMN = /^ *(?:given|expected|fix) +/;

/**
 * Breaks a line between words, and words that are too long between their parts. The first line keeps
 * its indentation. The others are indented further, or as far as `hang` says.
 */
export function wrapped(line: string, hang = hangOf(line)): string[] {
  const [start = ""] = COLUMN.exec(line) ?? /^ */.exec(line) ?? [];
  const lines = [start];
  for (const [index, word] of line.slice(start.length).split(" ").entries()) {
    let glue = index === 0 ? "" : " ";
    const fits = (text: string) => (lines.at(-1) ?? "").length + text.length <= WIDTH;
    const isLong = word.length > WIDTH - hang;
    for (const part of isLong ? (word.match(PARTS) ?? []) : [word]) {
      if (fits(glue + part)) lines[lines.length - 1] += glue + part;
      else lines.push(" ".repeat(hang) + part);
      glue = "";
    }
  }
  return lines;
}

function hangOf(line: string): number {
  const [column] = COLUMN.exec(line) ?? [];
  return column?.length ?? line.search(/[^ ]|$/) + 2;
}

/** Shortens a text in the middle, so that its start and its end stay. */
export function clipped(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 1) / 3);
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}

/** Two columns, the second one on a line of its own if there is no room beside the first. */
export function beside(first: string, second: string, at: number): string[] {
  const line = `${first.padEnd(at - 2)}  ${second}`;
  return line.length <= WIDTH ? [line] : [...wrapped(first), ...wrapped(`      ${second}`)];
}
