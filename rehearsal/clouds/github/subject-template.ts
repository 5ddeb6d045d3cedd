import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import type { GitHubState } from "./state";

/**
 * Claims that a template can have, and the keys `repo` and `context`.
 * https://docs.github.com/actions/reference/security/oidc
 */
const KEYS = new Set(
  [
    "repo context",
    "actor actor_id base_ref check_run_id enterprise enterprise_id environment event_name head_ref",
    "job_workflow_ref job_workflow_sha ref ref_type repository repository_id repository_owner",
    "repository_owner_id repository_visibility run_id run_number run_attempt runner_environment",
    "workflow workflow_ref workflow_sha",
  ].flatMap((line) => line.split(" ")),
);

/**
 * Behavior: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_actions_repository_oidc_subject_claim_customization_template.go.
 */
export function subjectTemplate(github: GitHubState): ResourceType {
  const put = (inputs: Properties) => {
    const repository = github.repository(inputs.repository as string);
    const keys = (inputs.includeClaimKeys ?? []) as readonly string[];
    github.requests.send({
      method: "PUT",
      path: `repos/${github.owner.login}/${inputs.repository}/actions/oidc/customization/sub`,
      body: {
        use_default: inputs.useDefault,
        ...(keys.length > 0 && { include_claim_keys: keys }),
      },
    });
    const odd = keys.find((key) => !KEYS.has(key) && !/^repo_property_[a-z0-9_]+$/i.test(key));
    const why = odd !== undefined ? `${odd} is not a claim key` : "a claim key comes twice";
    if (odd !== undefined || new Set(keys).size < keys.length) {
      throw new CloudError("422", `PUT actions/oidc/customization/sub: 422 ${why} []`);
    }
    // The provider overwrites an existing template.
    repository.subjectTemplate = inputs.useDefault === true ? undefined : [...keys];
    return { id: inputs.repository as string, outputs: {} };
  };
  const type = "ActionsRepositoryOidcSubjectClaimCustomizationTemplate";
  return {
    token: `github:index/a${type.slice(1)}:${type}`,
    required: ["repository", "useDefault"],
    optional: ["includeClaimKeys"],
    computed: [],
    // The provider writes another repository in place. The former one keeps its template.
    replaceOn: [],
    check({ useDefault, includeClaimKeys: keys }) {
      if (useDefault === true && keys !== undefined) {
        return { fault: "include_claim_keys cannot be set when use_default is true" };
      }
      const none = Array.isArray(keys) && keys.length === 0;
      return none ? { fault: "includeClaimKeys: at least 1 is needed" } : {};
    },
    create: put,
    update: (_, inputs) => put(inputs),
    read(id, inputs) {
      // If the repository does not exist, a refresh fails with GitHub's 404.
      const { subjectTemplate: keys } = github.repository(inputs.repository as string);
      const includeClaimKeys = keys && keys.length > 0 ? keys : undefined;
      return { id, inputs: { useDefault: keys === undefined, includeClaimKeys }, outputs: {} };
    },
    delete(_, before) {
      // The provider sets GitHub's default. It does not restore the former template.
      put({ repository: before.repository, useDefault: true });
    },
  };
}
