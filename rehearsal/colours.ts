import pc from "picocolors";

/** Colours only where a person looks on: a pipe, and so a log, gets plain text. */
export function coloursFor(stream: {
  readonly isTTY?: boolean;
}): ReturnType<typeof pc.createColors> {
  return pc.createColors(stream.isTTY === true && !process.env.NO_COLOR);
}
