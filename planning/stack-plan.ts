import type { PipelineRecord } from "../snapshot";
import type { DeclaredCredential, TokenTerms } from "../trust/credentials";
import type { GatedEnvironment } from "../trust/environment";
import type { HeldAssignments } from "../trust/held-assignments";
import type { IdentityPlan } from "../trust/identity";
import type { SettingsLocation } from "../trust/login-settings";
import type { ProfileScope, RegistryScope } from "../trust/scopes";
import type { PlannedFile } from "../workflow/committed-files";

/** A resource group. Undefined: the subscription is that of the Azure provider. */
interface Place {
  readonly resourceGroup: string;
  readonly subscription?: string;
}

/** What identifies the registry and the profile that a stack creates. Undefined: it creates none. */
export type Generation = Readonly<Partial<Record<"registry" | "profile", string>>>;

/** What the stack creates for all its pipelines. */
export interface CreatedPlan {
  /** Each changes when what it is about is replaced, because the roles on it go with it. */
  readonly generation: Generation;
  readonly registry?: Place & {
    readonly name: string;
    readonly location: string;
    readonly sku: string;
    /** In ARM's words. */
    readonly properties: Readonly<Record<string, unknown>>;
    readonly tags: Readonly<Record<string, string>>;
    /** Whether Pulumi refuses to delete it. */
    readonly protect: boolean;
  };
  readonly account?: Place & {
    readonly name: string;
    readonly location: string;
    readonly sku: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly protect: boolean;
  };
  readonly profile?: Place & {
    readonly account: string;
    readonly name: string;
    readonly type: string;
    readonly identityValidationId: string;
    /** Parts of the subject of its certificates. */
    readonly subject: Readonly<Record<string, boolean>>;
    readonly protect: boolean;
  };
}

/** A repository that the stack creates for a pipeline. */
export interface NewRepositoryPlan {
  readonly pipeline: string;
  readonly name: string;
  readonly visibility: "private" | "internal" | "public";
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** The first files. Later changes of them are not reverted. */
  readonly starters: ReadonlyArray<{ readonly path: string; readonly content: string }>;
}

/** Everything that the stack declares. */
export interface StackPlan {
  readonly created: CreatedPlan;
  readonly newRepositories: readonly NewRepositoryPlan[];
  readonly sharedIdentities: readonly SharedIdentityPlan[];
  readonly pipelines: readonly PipelinePlan[];
  /** Role assignments of the state, by resource name. */
  readonly assignments: HeldAssignments;
  /** What a Kubernetes cluster logs in as. Undefined: no identity is declared for one. */
  readonly cluster?: Omit<VerifierPlan, "settings">;
  /** What a verifier needs, as files by path; undefined while it is not known what they trust. */
  readonly verification?: Readonly<Record<string, string>>;
  /** What to tell about the stack as a whole. */
  readonly warnings: readonly string[];
}

/** An identity that several pipelines log in as. */
export interface SharedIdentityPlan {
  readonly name: string;
  readonly identity: Extract<IdentityPlan, { kind: "created" }>;
  readonly terms: TokenTerms;
  /** With the images of all its pipelines: each can push the images of the others. */
  readonly registries: readonly RegistryScope[];
  readonly profiles: readonly ProfileScope[];
  /** Pipelines that log in as this identity. */
  readonly users: readonly string[];
  /** Pipelines that did, and now log in as another: its roles shrink only after they have moved. */
  readonly formerUsers: readonly string[];
}

/** An identity that can pull images and signatures, and nothing else. */
export interface VerifierPlan {
  readonly identity: Extract<IdentityPlan, { kind: "created" }>;
  readonly credentials: readonly DeclaredCredential[];
  readonly terms: TokenTerms;
  readonly registry: RegistryScope;
  /** `verify`: it logs in with the Azure CLI. `pull`: it does not. */
  readonly access: "verify" | "pull";
  /** Where its login settings are written. */
  readonly settings: SettingsLocation;
}

/** What one pipeline declares. */
export interface PipelinePlan {
  /** Whether the plan has values of what this run creates: `trust/pending.ts` has their names. */
  readonly isPending: boolean;
  /** The pipeline's key; the name of its component. */
  readonly name: string;
  /** An existing repository, as GitHub spells it; `id` identifies it under any name. */
  readonly repository: {
    readonly owner: string;
    readonly name: string;
    readonly id: number;
    readonly defaultBranch: string;
    readonly url: string;
  };
  /** Tenant and subscription that a run logs in to. */
  readonly azure: { readonly tenantId: string; readonly subscriptionId: string };
  /** Environments that this stack creates. More than one while two workflows differ in theirs. */
  readonly environments: readonly GatedEnvironment[];
  readonly identity: IdentityPlan | { readonly kind: "shared"; readonly name: string };
  /** What Entra accepts; at most 20 on one identity. */
  readonly credentials: readonly DeclaredCredential[];
  readonly terms: TokenTerms;
  /** Where the identity can push. A shared identity has its own. */
  readonly registries: readonly RegistryScope[];
  /** What the identity can sign with. A shared identity has its own. */
  readonly profiles: readonly ProfileScope[];
  /** Where the login settings are written; all hold the same values. */
  readonly settings: readonly SettingsLocation[];
  /** Whether the repository's subjects are made to name the reusable workflow, and when. */
  readonly subjectTemplate: "none" | "before the files" | "after the files";
  readonly files: FilesPlan;
  /** What its verifying workflow logs in as. Undefined: there is no such workflow. */
  readonly verifier?: VerifierPlan;
  readonly outputs: PipelineOutputs;
  /** What later runs need to know; written to the state when everything else is made. */
  readonly record: PipelineRecord;
  /** What to tell the person who runs the program. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** How a pipeline's files get to the default branch. */
export interface FilesPlan {
  /** Files that are committed directly; otherwise undefined. */
  readonly committed?: {
    /** In the order of their commits. */
    readonly files: readonly PlannedFile[];
    /** Whether the files stay on GitHub when they leave the state. */
    readonly retain: boolean;
  };
  /** Keys of files that an earlier run committed and that stay as they are. */
  readonly retained: readonly string[];
  /** Files that are proposed in a pull request; otherwise undefined. */
  readonly proposal?: {
    /** Last part of the names of its branch and its resources. */
    readonly id: string;
    /** Name that the repository had when the files were first proposed. */
    readonly repository: string;
    readonly files: readonly PlannedFile[];
    /** Keys of files of this proposal that an earlier version committed. */
    readonly retained: readonly string[];
    readonly title: string;
    readonly body: string;
  };
}

/** What a pipeline exports, as far as it is known before anything is made. */
export interface PipelineOutputs {
  /** Subjects that the pipeline trusts; of a flexible credential its pattern. */
  readonly subjects: readonly string[];
  /** Pushes that sign images, in words. */
  readonly signs: readonly string[];
  /** Repositories that images are pushed to. */
  readonly images: readonly string[];
  readonly workflow: string;
  /** `verify` is undefined while it is not known what verifiers trust. */
  readonly notation: { readonly inspect: string; readonly verify?: string };
  /** The text that the called repository must have; with `trust.workflow` only. */
  readonly reusableWorkflow?: string;
}
