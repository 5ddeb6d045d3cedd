import { colorsFor } from "../colors";
import type { Acceptance } from "../proof/acceptance";
import { wrapped } from "./lines";

const pc = colorsFor(process.stdout);

/** What a verifier accepts, and who can make it. */
export function acceptanceLines(accepts: readonly Acceptance[]): string[] {
  return accepts.flatMap(({ pipeline, images, makers, cases }) => [
    "",
    `  ${pc.bold(pipeline)}`,
    ...wrapped(`    images  ${images.join(", ")}`, 12),
    ...wrapped(
      `    made by ${makers.length > 0 ? `runs of ${new Intl.ListFormat("en").format(makers)}` : "nobody"}`,
      12,
    ),
    ...cases.flatMap(({ image, accepted, because }) =>
      wrapped(`  ${accepted ? "✓" : "✗"} ${image}: ${because}`, 4),
    ),
  ]);
}

/** What no verifier can notice. The same is true of all pipelines. */
export const UNNOTICED = [
  ...wrapped(
    "  ! Whoever can push to these repositories can move a tag back to an older signed image, and can copy an image of another pipeline there with its signature. Deploy by digest, and keep the right to push to the pipelines (docs/verify.md).",
    4,
  ),
];
