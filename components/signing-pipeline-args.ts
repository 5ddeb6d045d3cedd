import type * as pulumi from "@pulumi/pulumi";
import type { CertificateProfile } from "../surroundings/profile";
import type { Registry } from "../surroundings/registry";
import type { Repository } from "../surroundings/repository";
import type { SubjectPrefix } from "../trust/subjects";
import type { IdKind, ImagePlan } from "../workflow/sign-image";
import type { Downloads } from "../workflow/signing-steps";

/** What decides a pipeline. Plain values decide how many resources there are; `survey` fills them. */
export interface SigningPipelineArgs {
  /** An existing repository, as `readRepository` found it. */
  readonly repository: Repository;
  /** An existing registry, as `readRegistry` found it. Its mode decides the roles. */
  readonly registry: Registry;
  /** An existing, active certificate profile, as `readProfile` found it. */
  readonly profile: CertificateProfile;
  /** Where the identity is made: an existing resource group, and a region. */
  readonly identity: {
    readonly resourceGroup: pulumi.Input<string>;
    readonly location: pulumi.Input<string>;
  };
  /** Tenant and subscription that a run logs in to. */
  readonly azure: {
    readonly tenantId: pulumi.Input<string>;
    readonly subscriptionId: pulumi.Input<string>;
  };
  /**
   * Branches whose pushes sign. Without an environment each takes a federated credential of each
   * subject prefix, at most 20 in all (azure.md, 4.1); with one they may be patterns.
   */
  readonly branches: readonly string[];
  /** Tag patterns whose pushes sign; only with an environment, as Entra matches exactly. */
  readonly tags: readonly string[];
  /** What the trusted subjects begin with; more than one during a migration (github.md, 1). */
  readonly subjectPrefixes: readonly SubjectPrefix[];
  /** GitHub environment of the signing job. Default: none. */
  readonly environment?: string;
  /** Whether that is made here; otherwise one that exists is used as it is. */
  readonly createsEnvironment: boolean;
  /**
   * What is built, pushed and signed: at least one. On an ABAC registry the names must fit into a
   * role condition of 8 KB (azure.md, 2.4).
   */
  readonly images: readonly ImagePlan[];
  /** Whether the ids that a run logs in with are secrets or variables. */
  readonly ids: IdKind;
  /** Where they are; `environment` needs one. */
  readonly level: "repository" | "environment";
  /** RFC 3161 timestamp service, and its one self-signed root as PEM. */
  readonly timestamp: { readonly url: string; readonly root: string };
  /** notation-action, or the Notation CLI in scripts of the workflow. */
  readonly signWith: "action" | "cli";
  /** Path of the workflow in the repository: `.github/workflows/NAME.yml`. */
  readonly workflow: string;
  /** Archives of Notation and of the plugin for linux/amd64, checked by SHA-256. */
  readonly downloads: Downloads;
  /**
   * Take over secrets and files that exist; the files then stay on destroy. Where false, what exists
   * and is not this stack's is refused at preview.
   */
  readonly adopt: boolean;
}
