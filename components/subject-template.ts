import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";
import { subjectTemplateName } from "../trust/resource-names";
import { REUSABLE_WORKFLOW_KEYS } from "../trust/subject-template";

/** Makes a repository's subjects name the reusable workflow. Deletion restores the default. */
export function subjectTemplate(
  pipeline: string,
  { name: repository, id }: { readonly name: string; readonly id: number },
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): pulumi.CustomResource {
  return new github.ActionsRepositoryOidcSubjectClaimCustomizationTemplate(
    subjectTemplateName(pipeline, id),
    { repository, useDefault: false, includeClaimKeys: [...REUSABLE_WORKFLOW_KEYS] },
    { parent, dependsOn: [...after], deleteBeforeReplace: true },
  );
}
