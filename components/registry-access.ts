import * as pulumi from "@pulumi/pulumi";
import { type RegistryPermissions, registryGrants } from "../trust/roles";
import { roleGrants } from "./role-grants";

export interface RegistryAccessArgs {
  /** Resource id of the registry. */
  readonly registryId: pulumi.Input<string>;
  /** How the registry judges access. Decides which roles are assigned. */
  readonly permissions: RegistryPermissions;
  /** Object id of the identity that gets access. */
  readonly principalId: pulumi.Input<string>;
  /** Repositories it may push and pull. On an `rbac` registry the roles reach all of them. */
  readonly repositories: readonly string[];
  /** What must be there before the roles are, or change. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
}

/** Push and pull on one registry: confined to the repositories where the registry can do that. */
export class RegistryAccess extends pulumi.ComponentResource {
  constructor(name: string, args: RegistryAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:RegistryAccess", name, {}, opts);
    const { registryId: scope, principalId, after } = args;
    const grants = registryGrants(args.permissions, args.repositories);
    roleGrants(name, { scope, principalId, grants, after }, this);
    this.registerOutputs();
  }
}
