import { colorsFor } from "../colors";
import type { Acceptance } from "../proof/acceptance";
import { wrapped } from "./lines";

const pc = colorsFor(process.stdout);

/** The title of what `acceptanceLines` says. */
export const ACCEPTANCE = "Which images a verifier accepts, and who can make one";

/** What a verifier accepts, and who can make it. Empty while it is not known what verifiers trust. */
export function acceptanceLines(accepts: readonly Acceptance[]): string[] {
  const lines = accepts.flatMap(({ pipeline, images, makers, cases }) => [
    "",
    `  ${pc.bold(pipeline)}`,
    ...wrapped(`    images    ${images.join(", ")}`, 14),
    ...wrapped(
      `    signed by ${makers.length > 0 ? `runs of ${new Intl.ListFormat("en").format(makers)}` : "nobody"}`,
      14,
    ),
    ...cases.flatMap(({ image, accepted, because }) =>
      wrapped(`  ${accepted ? "✓" : "✗"} ${image}: ${because}`, 4),
    ),
  ]);
  return lines.length > 0 ? [...lines, "", ...UNNOTICED] : [];
}

/** What no verifier can notice. The same is true of all pipelines. */
const UNNOTICED = [
  "  ! Whoever can push to these repositories can move a tag back to an older signed image, and can copy an image of another pipeline there with its signature. Deploy by digest, and keep the right to push to the pipelines (docs/verify.md).",
  "  ! A verifier compares C, ST, and O. It cannot distinguish customers of the root whose certificates have the same C, ST, and O (docs/verify.md#what-is-trusted).",
].flatMap((it) => wrapped(it, 4));
