import * as pulumi from "@pulumi/pulumi";
import { PROFILE_SIGNER } from "../trust/roles";
import { roleGrants } from "./role-grants";

export interface SignerAccessArgs {
  /** Resource id of the certificate profile. */
  readonly profileId: pulumi.Input<string>;
  /** Object id of the identity that may sign. */
  readonly principalId: pulumi.Input<string>;
}

/** Signing with one certificate profile, and no other of its account. */
export class SignerAccess extends pulumi.ComponentResource {
  constructor(name: string, args: SignerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SignerAccess", name, {}, opts);
    const grants = [{ key: "sign", role: PROFILE_SIGNER }];
    roleGrants(name, { scope: args.profileId, principalId: args.principalId, grants }, this);
    this.registerOutputs();
  }
}
