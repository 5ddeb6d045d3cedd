import type * as pulumi from "@pulumi/pulumi";
import type { Generation } from "../planning/stack-plan";
import type { HeldAssignments } from "../trust/held-assignments";

/** What all components that write to Azure take. */
export interface AzureArgs {
  /** Azure provider of the identity's subscription. Default: the default provider. */
  readonly provider?: pulumi.ProviderResource;
  /** What the roles are about, if the stack creates it. Default: all of it exists. */
  readonly foundation?: readonly pulumi.Resource[];
  /** Replaces roles when it changes, because a role goes with what it is about. Default: nothing does. */
  readonly generation?: Generation;
  /** Role assignments that the state holds. They keep their names. Default: none. */
  readonly assignments?: HeldAssignments;
}
