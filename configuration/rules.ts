import { choiceRules } from "./choice-rules";
import { imageRules } from "./image-rules";
import { isRecord, lenient, type Report, record } from "./lenient";
import type { Problem } from "./problems";
import { sharingRules } from "./sharing-rules";
import { triggerRules } from "./trigger-rules";

/**
 * What holds between keys. Reads what was typed, whatever its shape, so that these problems are
 * reported together with those of shape; values of another kind are the schema's to refuse.
 */
export function ruleProblems(pipelines: unknown, root: string): Problem[] {
  if (!isRecord(pipelines)) return [];
  const problems: Problem[] = [];
  const reporter =
    (prefix: string): Report =>
    (path, given, allowed, remedy) => {
      problems.push({ path: `${prefix}${path}`, given, allowed, remedy });
    };
  const entries = Object.entries(pipelines).map(([name, it]) => lenient(name, record(it)));
  for (const pipeline of entries) {
    const report = reporter(`${root}.${pipeline.name}.`);
    triggerRules(pipeline, report);
    choiceRules(pipeline, report);
    imageRules(pipeline, report);
  }
  sharingRules(entries, reporter(root));
  return problems;
}
