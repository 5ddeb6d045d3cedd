import { MAX_CREDENTIALS } from "../trust/credentials";
import { type Pipeline, type Report, unique } from "./lenient";

/** Which branches and tags can be declared, by what their subjects need. */
export function triggerRules(pipeline: Pipeline, report: Report): void {
  const { branches, tags, environment } = pipeline;
  if (!environment) exactSubjects(pipeline, report);
  if (branches?.length === 0 && tags.length === 0) {
    const remedy = "name a branch, or leave the key out";
    report("branches", branches, "at least one branch or tag", remedy);
  }
  unique(branches ?? [], "branches", report);
  unique(tags, "tags", report);
}

const EXACT = "Entra matches subjects exactly, so each would need a credential of its own";

function exactSubjects(pipeline: Pipeline, report: Report): void {
  const { branches = [], tags, identity, forms } = pipeline;
  const flexible = isApplication(identity);
  if (tags.length > 0 && !flexible) {
    const remedy = `${EXACT}; add an \`environment\`, whose one subject serves all tags it admits, or \`identity: { application: {} }\`, as Entra takes patterns for applications only`;
    report("tags", tags, "tags only together with `environment` or an application", remedy);
  }
  for (const [index, branch] of branches.entries()) {
    if (!branch.includes("*")) continue;
    const why = flexible ? "patterns are for tags here" : EXACT;
    const remedy = `${why}; name the branches, or add an \`environment\``;
    report(`branches.${index}`, branch, "an exact branch, as there is no `environment`", remedy);
  }
  const most = MAX_CREDENTIALS / forms;
  const each = forms === 1 ? "one federated credential" : "two federated credentials";
  const count = (pipeline.branches?.length ?? 1) + (flexible ? tags.length : 0);
  if (count > most) {
    const allowed = `at most ${most}: ${each} each, all on one identity`;
    const counted = flexible && tags.length > 0 ? `${count} branches and tags` : count;
    const remedy = `there are ${counted}; add an \`environment\`, which takes one in all`;
    const ofTags = flexible && tags.length > branches.length;
    report(ofTags ? "tags" : "branches", ofTags ? tags : branches, allowed, remedy);
  }
}

/** Only an Entra application has flexible credentials (azure.md, 4.3). */
export function isApplication(identity: Readonly<Record<string, unknown>>): boolean {
  return identity.application !== undefined || identity.existingApplication !== undefined;
}
