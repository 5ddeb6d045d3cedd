import * as pulumi from "@pulumi/pulumi";
import { registryGrants } from "../trust/roles";
import type { RegistryScope } from "../trust/scopes";
import { roleGrants } from "./role-grants";

/** Who may push and pull, and where. */
export interface RegistryAccessArgs {
  /**
   * An existing registry: its mode decides which roles are assigned. In `rbac` mode they reach all of
   * its repositories, else those that are named.
   */
  readonly registry: RegistryScope;
  /** Object id of the identity that gets access. */
  readonly principalId: pulumi.Input<string>;
  /** What must be there before the roles are, or change. Default: nothing. */
  readonly after?: readonly pulumi.Resource[];
}

/** Push and pull on one registry: confined to the repositories where the registry can do that. */
export class RegistryAccess extends pulumi.ComponentResource {
  constructor(name: string, args: RegistryAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:RegistryAccess", name, {}, opts);
    const { registry, principalId, after } = args;
    const grants = registryGrants(registry.permissions, registry.images);
    roleGrants(name, { scope: registry.id, principalId, grants, after }, this);
    this.registerOutputs();
  }
}

/** Named after the registry: on another one the roles are there before those on the old one go. */
export function registryAccess(
  prefix: string,
  registry: RegistryScope,
  args: Omit<RegistryAccessArgs, "registry">,
  parent: pulumi.Resource,
): RegistryAccess {
  return new RegistryAccess(
    registryAccessName(prefix, registry),
    { registry, ...args },
    { parent },
  );
}

export function registryAccessName(prefix: string, { name }: Pick<RegistryScope, "name">): string {
  return `${prefix}-registry-${name}`;
}
