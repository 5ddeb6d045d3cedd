/**
 * What Azure grants a run of the workflow, as the trust proof found. The stand-ins obey it. It is
 * plain data, because they read it from a file.
 */
export interface Grants {
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** `ok`, or the error that Azure answers when the run's token is exchanged. */
  readonly exchange: string;
  /** Audience that the identity's credentials accept. */
  readonly audience: string;
  readonly registry: {
    readonly name: string;
    /** The registry on this machine. */
    readonly loginServer: string;
    readonly user: string;
    readonly password: string;
  };
  /** Whether a role makes the subscription visible. Default: one does. */
  readonly seesSubscription?: boolean;
  /** The repositories that the run may push to. */
  readonly push: readonly string[];
  /** The repositories that the run may pull from. Default: all of them. */
  readonly pull?: readonly string[];
  /** The certificate profile that the run may sign with, if any. */
  readonly sign?: { readonly account: string; readonly profile: string; readonly endpoint: string };
  /** The subject of the profile's certificates. */
  readonly subject: string;
  /** Default: all credentials and roles apply at once. */
  readonly delays?: Delays;
}

/** How often a job asks in vain before a new credential or role applies. */
export interface Delays {
  readonly credential?: number;
  /** A role that makes the subscription visible. */
  readonly subscription?: number;
  readonly registry?: number;
  readonly push?: number;
  readonly sign?: number;
}

/** Everything that a stand-in reads: the grants, and the temporary certificates. */
export interface World extends Grants {
  readonly openssl: string;
  readonly authorityFolder: string;
  readonly authorityConfig: string;
  /** Seconds that a signing certificate is valid. */
  readonly leafSeconds: number;
  /** The platform of the job's runner. */
  readonly platform: string;
}

/** The environment variable with the path of a stand-in's world. */
export const WORLD_VARIABLE = "COUNTERSIGN_WORLD";
