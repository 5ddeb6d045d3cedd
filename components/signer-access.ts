import * as pulumi from "@pulumi/pulumi";
import { PROFILE_SIGNER } from "../trust/roles";
import type { ProfileScope } from "../trust/scopes";
import { roleGrants } from "./role-grants";

/** Who may sign, and with what. */
export interface SignerAccessArgs {
  /** An existing certificate profile. */
  readonly profile: ProfileScope;
  /** Object id of the identity that may sign. */
  readonly principalId: pulumi.Input<string>;
}

/** Signing with one certificate profile, and no other of its account. */
export class SignerAccess extends pulumi.ComponentResource {
  constructor(name: string, args: SignerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SignerAccess", name, {}, opts);
    const { profile, principalId } = args;
    const grants = [{ key: "sign", role: PROFILE_SIGNER }];
    roleGrants(name, { scope: profile.id, principalId, grants }, this);
    this.registerOutputs();
  }
}

/** Named after the profile: on another one the role is there before that on the old one goes. */
export function signerAccess(
  prefix: string,
  profile: ProfileScope,
  args: Omit<SignerAccessArgs, "profile">,
  parent: pulumi.Resource,
): SignerAccess {
  return new SignerAccess(signerAccessName(prefix, profile), { profile, ...args }, { parent });
}

/** Neither name has a dot, but both may have a hyphen. */
export function signerAccessName(
  prefix: string,
  { account, name }: Omit<ProfileScope, "id">,
): string {
  return `${prefix}-signer-${account}.${name}`;
}
