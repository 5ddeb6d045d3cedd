import pc from "picocolors";

/** Colors for a terminal. A pipe or a log gets plain text. */
export function colorsFor(stream: {
  readonly isTTY?: boolean;
}): ReturnType<typeof pc.createColors> {
  return pc.createColors(stream.isTTY === true && !process.env.NO_COLOR);
}
