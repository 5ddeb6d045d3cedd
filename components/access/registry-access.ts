import * as pulumi from "@pulumi/pulumi";
import type { HeldAssignments } from "../../trust/held-assignments";
import { registryAccessName } from "../../trust/resource-names";
import {
  pullGrants,
  type RegistryPermissions,
  registryGrants,
  verifierGrants,
} from "../../trust/roles";
import type { RegistryScope } from "../../trust/scopes";
import type { Ordered } from "../ordered";
import { roleGrants } from "./role-grants";

const GRANTS = { push: registryGrants, pull: pullGrants, verify: verifierGrants } as const;

/** Who can push and pull, and where. */
export interface RegistryAccessArgs extends Ordered {
  /** ARM resource id of the registry. */
  readonly registryId: pulumi.Input<string>;
  /** `rbac` gives access to all repositories of the registry, `abac` only to `images`. */
  readonly permissions: RegistryPermissions;
  /** Repositories that can be pushed and pulled. Example: `["web"]`. */
  readonly images: readonly string[];
  /** What the roles are for. `verify` pulls with the Azure CLI. Default: push, which also pulls. */
  readonly access?: keyof typeof GRANTS;
  /** Object id of the identity that gets access. */
  readonly principalId: pulumi.Input<string>;
  /** Replaces the roles when it changes. Default: it never does. */
  readonly generation?: string;
  /** Role assignments that the state holds. They keep their names. Default: none. */
  readonly held?: HeldAssignments;
}

/** Push and pull on one registry: confined to the repositories where the registry can do that. */
export class RegistryAccess extends pulumi.ComponentResource {
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: RegistryAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:RegistryAccess", name, {}, opts);
    const { registryId: scope, permissions, images, access = "push", ...who } = args;
    const grants = GRANTS[access](permissions, images);
    const made = roleGrants(name, { scope, grants, ...who }, this);
    this.done = pulumi.all(made.map(({ id }) => id));
    this.registerOutputs();
  }
}

type Access = Pick<RegistryAccessArgs, "access">;

/** Access to one scope of a plan, named after its registry. */
export function registryAccess(
  prefix: string,
  { id: registryId, name, permissions, images, access }: RegistryScope & Access,
  who: Pick<RegistryAccessArgs, "principalId" | "held" | "generation" | "after">,
  parent: pulumi.Resource,
): RegistryAccess {
  const args = { registryId, permissions, images, ...(access && { access }), ...who };
  return new RegistryAccess(registryAccessName(prefix, name), args, { parent });
}
