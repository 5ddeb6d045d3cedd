import type { Access } from "./app-permissions";

/** Everything that the text of the three workflows depends on. */
export interface CiPlan {
  /** Name of the stack. With Pulumi Cloud, the organization can be a part of it. */
  readonly stack: string;
  /** The branch that is deployed. */
  readonly branch: string;
  readonly backend: Backend;
  readonly gitHub: {
    /** Owner of the pipelines' repositories. */
    readonly owner: string;
    /** Names of the pipelines' repositories. */
    readonly repositories: readonly string[];
    /** Permissions of the App's tokens. Undefined: those of the App. */
    readonly permissions: Readonly<Record<Access, Readonly<Record<string, Access>> | undefined>>;
  };
  /** Folder of the policy pack, relative to the repository. */
  readonly policyPack: string;
}

/** Where Pulumi keeps the state. */
export type Backend =
  | {
      readonly kind: "cloud";
      readonly organization: string;
      /**
       * Teams whose tokens the jobs get. Undefined: both get tokens of the organization, so that the
       * code of a pull request can change the state.
       */
      readonly teams?: Readonly<Record<"preview" | "deploy", string>>;
    }
  /** A container of Azure Storage, such as `azblob://state?storage_account=contosostate`. */
  | { readonly kind: "storage"; readonly url: string };

/** The environments of the two jobs that log in. Each has its own identity, App, and secrets. */
export const ENVIRONMENTS = {
  preview: "countersign-preview",
  deploy: "countersign-deploy",
} as const;
