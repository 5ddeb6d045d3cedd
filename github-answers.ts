import type { Answer, Answers } from "./answer";
import type { SubjectCustomization } from "./trust/subjects";

/** The text of a workflow, and its repository: `OWNER/NAME` as GitHub spells it. */
export type ReusableWorkflow = Readonly<Record<"content" | "repository", string>>;

export interface RepositorySnapshot {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly login: string; readonly id: number; readonly type: string };
  readonly private: boolean;
  readonly visibility?: string;
  readonly archived: boolean;
  readonly defaultBranch: string;
  readonly url: string;
  /** Whether it has no commit. */
  readonly empty: boolean;
  readonly subjects: Answer<SubjectCustomization>;
  /** The organization's subject template; read where the repository uses it. */
  readonly organizationSubjects?: Answer<SubjectCustomization>;
  /** Rules of the default branch; read unless files are always proposed. */
  readonly rules?: BranchRules;
  /** Rulesets that refuse pushes of some files to any branch. */
  readonly pushRulesets?: Answer<readonly PushRuleset[]>;
  /** Which actions its workflows can use. */
  readonly actions?: Answer<ActionsPolicy>;
  /** Texts of workflows on the default branch, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Dockerfiles that the default branch does not have. */
  readonly missingFiles?: readonly string[];
  /** The token cannot read the repository's files. */
  readonly hidden?: boolean;
  /** Environments that are configured or recorded, by that name. */
  readonly environments: Answers<EnvironmentAnswer>;
  /** Names of what exists where login settings go; not read where this stack wrote all of them. */
  readonly settings?: Answer<readonly string[]>;
  /** Names of the repository's variables; read where the settings of a new verifier go there. */
  readonly verifierVariables?: Answer<readonly string[]>;
  /** Read where files may have to be proposed. */
  readonly proposals?: {
    /** Branches whose names begin with `countersign`; not read where a recorded proposal is open. */
    readonly branches?: Answer<readonly string[]>;
    /** Rules of the branch from which files are proposed, which need not exist. */
    readonly rules?: BranchRules;
    /** The pull request of the recorded proposal; undefined where none is recorded. */
    readonly pullRequest?: Answer<PullRequestAnswer>;
  };
}

export interface BranchRules {
  /** Active rules of rulesets. Forbidden where the plan has none. */
  readonly rules: Answer<ReadonlyArray<Rule & { readonly ruleset_id: number }>>;
  /** The rulesets that these rules belong to, by id. */
  readonly rulesets: Answers<RulesetAnswer>;
  /** Classic protection; read where the branch is protected. */
  readonly protection?: Answer<Readonly<Record<string, unknown>>>;
}

/** Types and parameters: https://docs.github.com/rest/repos/rules */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface RulesetAnswer {
  readonly name: string;
  /** `always`, `exempt`, `pull_requests_only` or `never`. */
  readonly current_user_can_bypass?: string;
}

export interface PushRuleset extends RulesetAnswer {
  readonly rules: readonly Rule[];
}

/** https://docs.github.com/rest/actions/permissions */
export interface ActionsPolicy {
  readonly enabled: boolean;
  /** `all`, `local_only` or `selected`. */
  readonly allowed_actions?: string;
  readonly sha_pinning_required?: boolean;
  /** With `selected` only. */
  readonly selected?: Answer<{
    readonly github_owned_allowed?: boolean;
    readonly verified_allowed?: boolean;
    readonly patterns_allowed?: readonly string[];
  }>;
}

export interface EnvironmentAnswer {
  /** As GitHub spells it. */
  readonly name: string;
  /** Whether policies of its own decide which refs may deploy. */
  readonly selective: boolean;
  /** `branch NAME` and `tag NAME` for each deployment policy, sorted. */
  readonly policies: readonly string[];
}

export interface PullRequestAnswer {
  readonly state: string;
  readonly merged: boolean;
  readonly html_url: string;
  readonly base: { readonly ref: string };
}
