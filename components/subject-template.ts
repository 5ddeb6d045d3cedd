import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";
import { GOVERNED_KEYS } from "../trust/subject-template";

/**
 * The subject template of a whole repository, under which subjects name the reusable workflow.
 * Deleted, the repository has GitHub's default again (github.md, 2.1).
 */
export function subjectTemplate(
  name: string,
  repository: string,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): pulumi.Resource {
  return new github.ActionsRepositoryOidcSubjectClaimCustomizationTemplate(
    name,
    { repository, useDefault: false, includeClaimKeys: [...GOVERNED_KEYS] },
    { parent, dependsOn: [...after], deleteBeforeReplace: true },
  );
}
