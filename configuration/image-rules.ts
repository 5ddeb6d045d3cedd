import { MAX_CONDITION } from "../trust/conditions";
import { registryGrants } from "../trust/roles";
import { type Pipeline, type Report, unique } from "./lenient";

/** What the images of one pipeline must be together. */
export function imageRules({ images }: Pipeline, report: Report): void {
  unique(images, "images", report);
  const length = conditionLength(images);
  if (length > MAX_CONDITION) {
    const allowed = `images whose names fit into a role condition of ${MAX_CONDITION} characters`;
    const remedy = `these need ${length}: give them to two pipelines`;
    report("images", images, allowed, remedy);
  }
}

/** The length of the longest condition that these images take. */
export function conditionLength(images: readonly string[]): number {
  // Names of another form are refused by the schema; the length is that of the well-formed.
  const named = images.filter((image) => /^[a-z0-9][a-z0-9._/-]*$/.test(image));
  if (named.length === 0) return 0;
  return Math.max(...registryGrants("abac", named).map((grant) => grant.condition?.length ?? 0));
}
