import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";
import type { Repository } from "../surroundings/repository";
import { GOVERNED_KEYS } from "../trust/subject-template";

/**
 * The subject template of a whole repository, under which subjects name the reusable workflow.
 * Deleted, the repository has GitHub's default again (github.md, 2.1).
 */
export function subjectTemplate(
  pipeline: string,
  { name: repository, id }: Pick<Repository, "name" | "id">,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): pulumi.Resource {
  return new github.ActionsRepositoryOidcSubjectClaimCustomizationTemplate(
    subjectTemplateName(pipeline, id),
    { repository, useDefault: false, includeClaimKeys: [...GOVERNED_KEYS] },
    { parent, dependsOn: [...after], deleteBeforeReplace: true },
  );
}

/**
 * What the stack calls it. In another repository it is another one, as the provider would leave the
 * old one's behind (github.md, 2.1); under a new name of the same repository it stays.
 */
export function subjectTemplateName(pipeline: string, repositoryId: number): string {
  return `${pipeline}-subjects-${repositoryId}`;
}
