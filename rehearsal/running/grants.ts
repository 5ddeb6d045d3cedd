/**
 * What Azure would grant this run of the workflow: the answer of a trust proof, which the stand-ins
 * of a run obey. Plain data, as it reaches them in a file.
 */
export interface Grants {
  readonly clientId: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** `ok`, or the error that Azure answers when the run's token is exchanged. */
  readonly exchange: string;
  readonly registry: {
    readonly name: string;
    readonly loginServer: string;
    readonly user: string;
    readonly password: string;
  };
  /** The repositories that may be pushed to. */
  readonly push: readonly string[];
  /** The one certificate profile that may sign, if any. */
  readonly sign?: { readonly account: string; readonly profile: string; readonly endpoint: string };
  /** The subject of the profile's certificates. */
  readonly subject: string;
}

/** All that a stand-in reads: the grants, and where the throwaway certificates are. */
export interface World extends Grants {
  readonly openssl: string;
  readonly authorityFolder: string;
  readonly authorityConfig: string;
  /** How long a signing certificate lives. */
  readonly leafSeconds: number;
}

/** The environment variable that tells a stand-in where its world is. */
export const WORLD_VARIABLE = "COUNTERSIGN_WORLD";
