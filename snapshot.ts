import type { EnvironmentPlan } from "./trust/environment";
import type { SettingsLocation } from "./trust/login-settings";
import type { ProfileScope, RegistryScope } from "./trust/scopes";
import type { SubjectCustomization, SubjectForm } from "./trust/subjects";

/** What GitHub, Azure, Entra and the stack's state said: plain data that carries no decision. */
export interface Snapshot {
  readonly stack: { readonly project: string; readonly name: string };
  /** The configured timestamp root, as PEM. Undefined: Microsoft's is used. */
  readonly timestampRoot?: Answer<string>;
  readonly azure: AzureSnapshot;
  readonly github: {
    /** Plan of the repositories' owner, e.g. `free`; undefined where nothing depends on it. */
    readonly plan?: Answer<string | undefined>;
    /** Reviewers: users by login, and teams by slug. */
    readonly users: Answers<{ readonly id: number; readonly type: string }>;
    readonly teams: Answers<{ readonly id: number }>;
    /** Reusable workflows, by what was configured. */
    readonly reusableWorkflows: Answers<ReusableWorkflow>;
    /** By pipeline. */
    readonly repositories: Answers<RepositorySnapshot>;
  };
  readonly state: {
    /** All resources of this stack, as its state has them. */
    readonly resources: readonly StateResource[];
    /** What pipelines recorded, by pipeline; also pipelines that the configuration no longer has. */
    readonly pipelines: Readonly<Record<string, PipelineRecord>>;
  };
}

/** What one read returned, in the cloud's own words where it failed and has any. */
export type Answer<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "missing"; readonly said?: string }
  | { readonly status: "forbidden"; readonly said: string };

/** What several reads returned, by what they asked for. */
export type Answers<T> = Readonly<Record<string, Answer<T>>>;

export interface AzureSnapshot {
  /** Whom Pulumi is logged in as. */
  readonly client: { readonly tenantId: string; readonly subscriptionId: string };
  readonly registry: Answer<{
    readonly id: string;
    readonly name: string;
    readonly loginServer: string;
    /** `AbacRepositoryPermissions` or `LegacyRegistryPermissions`; undefined where ARM omits it. */
    readonly roleAssignmentMode?: string;
  }>;
  readonly account: Answer<{ readonly name: string; readonly endpoint: string }>;
  readonly profile: Answer<ProfileAnswer>;
  /**
   * Managed identities, by pipeline or by the name of a shared identity: an existing identity, or
   * one that already has the name of an identity to be created and is not in this stack's state.
   */
  readonly identities: Answers<ManagedIdentity>;
  /** Entra applications, by pipeline, likewise. */
  readonly applications: Answers<Application>;
}

export interface ProfileAnswer {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** `PublicTrust`, `PrivateTrust`, `PublicTrustTest`, and others. */
  readonly type: string;
  /** Subject of the active certificate; undefined while the profile has issued none. */
  readonly subject?: string;
}

/** `id` is the ARM resource id. `principalId` is the object id, which roles are assigned to. */
export type ManagedIdentity = Readonly<Record<"id" | "name" | "clientId" | "principalId", string>>;

export interface Application {
  /** Undefined where several applications have the display name. */
  readonly objectId?: string;
  /** Object id of the application's service principal; read for an existing application only. */
  readonly principal?: Answer<string>;
}

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
  /** Texts of workflows and of the timestamp root on the default branch, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The token cannot read the repository's files. */
  readonly hidden?: boolean;
  /** Environments that are configured or recorded, by that name. */
  readonly environments: Answers<EnvironmentAnswer>;
  /** Names of what exists where login settings go; not read where this stack wrote all of them. */
  readonly settings?: Answer<readonly string[]>;
  /** Read where files may have to be proposed. */
  readonly proposals?: {
    /** Branches whose names begin with `countersign`; not read where a recorded proposal is open. */
    readonly branches?: Answer<readonly string[]>;
    /** Rules of a branch from which files are proposed; read for the first proposal. */
    readonly rules?: BranchRules;
    /** The pull request of the recorded proposal; undefined where none is recorded. */
    readonly pullRequest?: Answer<PullRequestAnswer>;
  };
}

export interface BranchRules {
  /** Active rules of rulesets. Forbidden where the plan has none. */
  readonly rules: Answer<ReadonlyArray<{ readonly type: string; readonly ruleset_id: number }>>;
  /** The rulesets that these rules belong to, by id. */
  readonly rulesets: Answers<RulesetAnswer>;
  /** Classic protection; read where the branch is protected. */
  readonly protection?: Answer<Readonly<Record<string, unknown>>>;
}

export interface RulesetAnswer {
  readonly name: string;
  /** `always`, `exempt`, `pull_requests_only` or `never`. */
  readonly current_user_can_bypass?: string;
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

export interface StateResource {
  /** The resource's own type, without its parents' types. */
  readonly type: string;
  readonly name: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a pipeline records in the stack's state for later runs, when everything it needs is made. */
export interface PipelineRecord {
  readonly version: 1;
  readonly repository: Pick<RepositorySnapshot, "id" | "name" | "defaultBranch">;
  /** The plan of the default branch's workflow, then the wanted plan; one where both are the same. */
  readonly plans: readonly PlanRecord[];
  /** Key of the identity that runs log in as, and names of its federated credentials. */
  readonly identity: string;
  readonly credentials: readonly string[];
  /** Form of the subjects that GitHub issued. */
  readonly subjectForm?: SubjectForm;
  readonly proposal?: ProposalRecord;
  /** Whether committed files are in the state so that they stay on GitHub when they leave it. */
  readonly retainsFiles?: boolean;
  /** Paths of older workflows that a proposal left on the default branch. */
  readonly formerWorkflows: readonly string[];
}

export interface ProposalRecord {
  readonly id: string;
  /** Digests: what the default branch had when the files were proposed, and those files. */
  readonly base: string;
  readonly content: string;
  /** Name that the repository had then. */
  readonly repository: string;
}

/** What one workflow needs in order to log in, push and sign. */
export interface PlanRecord {
  readonly workflow: { readonly path: string; readonly sha256: string };
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment?: EnvironmentPlan;
  readonly images: readonly string[];
  readonly registry: Omit<RegistryScope, "images">;
  readonly profile: ProfileScope;
  /** `OWNER/REPOSITORY/PATH@REF` of the reusable workflow that it calls. */
  readonly reusableWorkflow?: string;
  readonly loginSettings: SettingsLocation;
}
