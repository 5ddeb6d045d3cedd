import * as pulumi from "@pulumi/pulumi";
import type { HeldAssignments } from "../../trust/held-assignments";
import { signerAccessName } from "../../trust/resource-names";
import { PROFILE_SIGNER } from "../../trust/roles";
import type { ProfileScope } from "../../trust/scopes";
import type { Ordered } from "../ordered";
import { roleGrants } from "./role-grants";

/** Who can sign, and with what. */
export interface SignerAccessArgs extends Ordered {
  /** ARM resource id of an existing certificate profile. */
  readonly profileId: pulumi.Input<string>;
  /** Object id of the identity that can sign. */
  readonly principalId: pulumi.Input<string>;
  /** Replaces the role when it changes. Default: it never does. */
  readonly generation?: string;
  /** Role assignments that the state holds. They keep their names. Default: none. */
  readonly held?: HeldAssignments;
}

/** Signing with one certificate profile, and with no other of its account. */
export class SignerAccess extends pulumi.ComponentResource {
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: SignerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SignerAccess", name, {}, opts);
    const { profileId: scope, ...who } = args;
    const grants = [{ key: "sign", role: PROFILE_SIGNER }];
    const made = roleGrants(name, { scope, grants, ...who }, this);
    this.done = pulumi.all(made.map(({ id }) => id));
    this.registerOutputs();
  }
}

/** Access to one profile of a plan, named after its account and itself. */
export function signerAccess(
  prefix: string,
  { id: profileId, account, name }: ProfileScope,
  who: Pick<SignerAccessArgs, "principalId" | "held" | "generation" | "after">,
  parent: pulumi.Resource,
): SignerAccess {
  const args = { profileId, ...who };
  return new SignerAccess(signerAccessName(prefix, account, name), args, { parent });
}
