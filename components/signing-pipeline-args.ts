import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentPlan } from "../surroundings/environment-plan";
import type { GovernedPlan, TemplatePlan } from "../surroundings/governed";
import type { InForcePlan } from "../surroundings/in-force";
import type { CertificateProfile } from "../surroundings/profile";
import type { FilesPlan } from "../surroundings/proposals";
import type { Registry } from "../surroundings/registry";
import type { Repository } from "../surroundings/repository";
import type { DeclaredCredential } from "../trust/credentials";
import type { PlannedFile } from "../workflow/committed-files";
import type { ImagePlan } from "../workflow/image-steps";
import type { TokenTerms } from "./federated-credentials";
import type { IdentityPlan } from "./identity-plan";
import type { SharedIdentity } from "./shared-identity";
import type { IdPlace } from "./stored-ids";

/** What decides a pipeline. Plain values decide how many resources there are; `survey` fills them. */
export interface SigningPipelineArgs {
  /** An existing repository, as `readRepository` found it. */
  readonly repository: Repository;
  /** An existing registry, as `readRegistry` found it. Its mode decides the roles. */
  readonly registry: Registry;
  /** An existing, active certificate profile, as `readProfile` found it. */
  readonly profile: CertificateProfile;
  /** Whom its runs log in as: one of its own, one that exists, or one that others use too. */
  readonly identity: IdentityPlan | SharedIdentity;
  /** Whose tokens are accepted, and for which audience. */
  readonly terms: TokenTerms;
  /** The subjects that the pipeline means to accept, for its outputs. */
  readonly subjects: readonly string[];
  /** What Entra shall accept; at most 20 on one identity (azure.md, 4.1). */
  readonly credentials: readonly DeclaredCredential[];
  /** Tenant and subscription that a run logs in to. */
  readonly azure: {
    readonly tenantId: pulumi.Input<string>;
    readonly subscriptionId: pulumi.Input<string>;
  };
  /** Branches whose pushes sign; patterns only with an environment. */
  readonly branches: readonly string[];
  /** Tag patterns whose pushes sign. */
  readonly tags: readonly string[];
  /** GitHub environment of the signing job. Default: none. */
  readonly environment?: EnvironmentPlan;
  /** The reusable workflow that is called, and whose jobs alone are trusted. Default: none. */
  readonly governed?: GovernedPlan;
  /** Whether the repository's subjects are made to name the reusable workflow, and when. */
  readonly template: TemplatePlan["declare"];
  /**
   * What is built, pushed and signed: at least one. On an ABAC registry the names must fit into a
   * role condition of 8 KB (azure.md, 2.4).
   */
  readonly images: readonly ImagePlan[];
  /** Where the ids are that a run logs in with. */
  readonly ids: IdPlace;
  /** What runs of the workflow in force need until a proposal is merged; otherwise nothing. */
  readonly inForce: Omit<InForcePlan, "workflow" | "runs">;
  /** RFC 3161 timestamp service, and its one self-signed root as PEM. */
  readonly timestamp: { readonly url: string; readonly root: string };
  /** Path of the workflow in the repository: `.github/workflows/NAME.yml`. */
  readonly workflow: string;
  /** The files, in the order of their commits. */
  readonly files: readonly PlannedFile[];
  /** How they get to the default branch, as `planFiles` decided. */
  readonly commit: FilesPlan;
  /**
   * Take over secrets and files that exist; the files then stay on destroy. Where false, what exists
   * and is not this stack's is refused at preview.
   */
  readonly adopt: boolean;
  /** What to tell those who run the program. */
  readonly notes: readonly string[];
  /** The same of what may go wrong. */
  readonly warnings: readonly string[];
}
