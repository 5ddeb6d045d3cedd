import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import type { GitHubState } from "./state";

/** Claims that a template may name, and the two keys that only templates have (github.md, 2.2). */
const KEYS = new Set(
  [
    "repo context",
    "actor actor_id base_ref check_run_id enterprise enterprise_id environment event_name head_ref",
    "job_workflow_ref job_workflow_sha ref ref_type repository repository_id repository_owner",
    "repository_owner_id repository_visibility run_id run_number run_attempt runner_environment",
    "workflow workflow_ref workflow_sha",
  ].flatMap((line) => line.split(" ")),
);

/** Behaviour: github.md, 1.3 and 2.1. */
export function subjectTemplate(github: GitHubState): ResourceType {
  const put = (inputs: Properties) => {
    const repository = github.repository(inputs.repository as string);
    const keys = (inputs.includeClaimKeys ?? []) as readonly string[];
    const odd = keys.find((key) => !KEYS.has(key) && !/^repo_property_[a-z0-9_]+$/i.test(key));
    const why = odd !== undefined ? `${odd} is not a claim key` : "a claim key comes twice";
    if (odd !== undefined || new Set(keys).size < keys.length) {
      throw new CloudError("422", `PUT actions/oidc/customization/sub: 422 ${why} []`);
    }
    // What was there is overwritten in silence.
    repository.subjectTemplate = inputs.useDefault === true ? undefined : [...keys];
    return { id: inputs.repository as string, outputs: {} };
  };
  const type = "ActionsRepositoryOidcSubjectClaimCustomizationTemplate";
  return {
    token: `github:index/a${type.slice(1)}:${type}`,
    required: ["repository", "useDefault"],
    optional: ["includeClaimKeys"],
    computed: [],
    // Another repository is written to in place; the one before stays customised (2.1).
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
      // Without the repository a refresh fails: the provider passes the 404 on.
      const { subjectTemplate: keys } = github.repository(inputs.repository as string);
      const includeClaimKeys = keys && keys.length > 0 ? keys : undefined;
      return { id, inputs: { useDefault: keys === undefined, includeClaimKeys }, outputs: {} };
    },
    delete(_, before) {
      // Not restored, but reset to GitHub's default.
      github.repository(before.repository as string).subjectTemplate = undefined;
    },
  };
}
