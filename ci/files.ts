import { renderWorkflow } from "../workflow/render";
import type { CiPlan } from "./plan";
import { deployWorkflow, driftWorkflow, previewWorkflow } from "./workflows";

/** First line of each file. A file that begins with another line is not overwritten. */
export function bannerOf({ stack }: CiPlan): string {
  return `Written by \`npm run ci\` of Countersign for the stack ${stack}. Changes are lost.`;
}

/** The texts of the three workflows, by path. */
export function ciFiles(plan: CiPlan): Readonly<Record<string, string>> {
  const files = { preview: previewWorkflow, deploy: deployWorkflow, drift: driftWorkflow };
  return Object.fromEntries(
    Object.entries(files).map(([name, workflow]) => [
      `.github/workflows/countersign-${name}.yml`,
      renderWorkflow(workflow(plan), [bannerOf(plan)]),
    ]),
  );
}
