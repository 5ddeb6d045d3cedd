import { parse } from "yaml";
import { z } from "zod";
import type { Properties } from "./plain";
import { isCommittedFile } from "./resource-types";
import type { ResourceRule } from "./rule";

/** `read-all`, `write-all`, or the access to each scope. */
const permissions = z.union([z.string(), z.record(z.string(), z.string())]).nullish();
const values = z.record(z.string(), z.unknown()).nullish();

/** The parts of a workflow that the rules are about. GitHub checks the rest. */
const schema = z.object({
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]).nullish(),
  permissions,
  jobs: z.record(
    z.string(),
    z.object({
      permissions,
      /** The reusable workflow that the job calls. */
      uses: z.string().nullish(),
      steps: z
        .array(z.object({ uses: z.string().nullish(), run: z.string().nullish(), with: values }))
        .nullish(),
    }),
  ),
});

/** Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export type Workflow = z.infer<typeof schema>;

/**
 * The workflow that a committed file is. Undefined: the file is none, or its text is not known yet.
 * GitHub reads the files of one folder: https://docs.github.com/actions/concepts/workflows-and-actions/workflows
 *
 * @throws if the text is no workflow.
 */
export function workflowOf({ file, content }: Properties): Workflow | undefined {
  if (typeof file !== "string" || typeof content !== "string") return undefined;
  if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)) return undefined;
  return schema.parse(parse(content));
}

/** A rule about the workflow that a file is. A text that is no workflow has a rule of its own. */
export function workflowRule(
  name: string,
  description: string,
  check: (workflow: Workflow) => readonly string[],
): ResourceRule {
  return {
    name,
    description,
    isAbout: isCommittedFile,
    check: (file) => {
      const workflow = readable(file);
      return workflow ? check(workflow) : [];
    },
  };
}

/** The workflow of a file. Undefined also if its text is no workflow. */
export function readable(file: Properties): Workflow | undefined {
  try {
    return workflowOf(file);
  } catch {
    return undefined;
  }
}

/** No rule can vouch for a text that cannot be read. */
export const readableWorkflows: ResourceRule = {
  name: "readable-workflows",
  description: "A committed workflow file can be read.",
  isAbout: isCommittedFile,
  check: (file) => {
    try {
      workflowOf(file);
      return [];
    } catch (failure) {
      const reason = failure instanceof z.ZodError ? z.prettifyError(failure) : `${failure}`;
      return [`The file ${file.file} is no workflow. Fix: correct its text.\n${reason}`];
    }
  },
};
