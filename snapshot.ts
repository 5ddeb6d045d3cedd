import type { Answer, Answers } from "./answer";
import type { RepositorySnapshot, ReusableWorkflow } from "./github-answers";
import type { EnvironmentPlan } from "./trust/environment";
import type { SettingsLocation } from "./trust/login-settings";
import type { ProfileScope, RegistryScope } from "./trust/scopes";
import type { SubjectForm } from "./trust/subjects";

export type * from "./answer";
export type * from "./github-answers";

/** What GitHub, Azure, Entra and the stack's state said: plain data that carries no decision. */
export interface Snapshot {
  readonly stack: { readonly project: string; readonly name: string };
  /** The configured timestamp root, as PEM. Undefined: Microsoft's is used. */
  readonly timestampRoot?: Answer<string>;
  /** The configured root of the signing certificates, as PEM. */
  readonly signingRoot?: Answer<string>;
  readonly azure: AzureSnapshot;
  readonly github: {
    /** Plan of the repositories' owner, e.g. `free`; undefined where nothing depends on it. */
    readonly plan?: Answer<string | undefined>;
    /** The owner; read where a repository is to be created and does not exist. */
    readonly account?: Answer<Account>;
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

/** A user or an organization of GitHub. */
export type Account = RepositorySnapshot["owner"];

export interface AzureSnapshot {
  /** Whom Pulumi is logged in as. */
  readonly client: { readonly tenantId: string; readonly subscriptionId: string };
  readonly registry: Answer<RegistryAnswer>;
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

export interface RegistryAnswer {
  readonly id: string;
  readonly name: string;
  readonly loginServer: string;
  /** `AbacRepositoryPermissions` or `LegacyRegistryPermissions`; undefined where ARM omits it. */
  readonly roleAssignmentMode?: string;
  /** Whether only some networks, or none, can reach it. */
  readonly isPrivate?: boolean;
}

export interface ProfileAnswer {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** `PublicTrust`, `PrivateTrust`, `PublicTrustTest`, and others. */
  readonly type: string;
  /** Subject of the newest certificate; undefined while the profile has issued none. */
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
  /** Subscription of an identity that the stack created. */
  readonly identitySubscription?: string;
  readonly credentials: readonly string[];
  /** Form of the subjects that GitHub issued. */
  readonly subjectForm?: SubjectForm;
  readonly proposal?: ProposalRecord;
  /** Whether committed files are in the state so that they stay on GitHub when they leave it. */
  readonly retainsFiles?: boolean;
  /** Paths of older workflows that a proposal left on the default branch. */
  readonly formerWorkflows: readonly string[];
  /** Names that the stack has had, as `PROJECT/STACK`: its workflows name one of them. */
  readonly stacks?: readonly string[];
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
  /** Path of the workflow that verifies, if there is one. */
  readonly verifyWorkflow?: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment?: EnvironmentPlan;
  readonly images: readonly string[];
  readonly registry: Omit<RegistryScope, "images"> & { readonly loginServer?: string };
  readonly profile: ProfileScope;
  /** C, ST, and O of the profile's certificates, if they were known. */
  readonly subject?: string;
  /** `OWNER/REPOSITORY/PATH@REF` of the reusable workflow that it calls. */
  readonly reusableWorkflow?: string;
  readonly loginSettings: SettingsLocation;
}

/** Paths of the workflows of a recorded plan. */
export function workflowsOf({ workflow, verifyWorkflow }: PlanRecord): string[] {
  return [workflow.path, ...(verifyWorkflow ? [verifyWorkflow] : [])];
}
