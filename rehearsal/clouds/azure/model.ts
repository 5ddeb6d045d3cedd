import type { Properties } from "../wire";

/** What a PUT said about a resource of the world, beyond what the world says. */
export interface Details {
  readonly location?: string;
  readonly tags?: Properties;
  /** Name of the tier. */
  readonly sku?: string;
  readonly properties: Properties;
}

/** A user-assigned identity. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  location: string;
  tags?: Readonly<Record<string, string>>;
  readonly clientId: string;
  readonly principalId: string;
}

/** An application in Entra. It can log in only if it has a service principal. */
export interface Application {
  /** `/applications/<objectId>`. */
  readonly id: string;
  readonly objectId: string;
  readonly clientId: string;
  /** Not unique: Entra allows several applications of the same name. */
  displayName: string;
  /** Object ids. */
  owners: string[];
  servicePrincipal: ServicePrincipal | undefined;
}

export interface ServicePrincipal {
  readonly id: string;
  /** The principal of role assignments. */
  readonly objectId: string;
}

/** A federated credential of an identity or of an application. */
export interface Credential {
  readonly id: string;
  /** The identity's id, or the application's: `/applications/<objectId>`. */
  readonly identityId: string;
  readonly name: string;
  issuer: string;
  /** Empty if the credential has an expression. */
  subject: string;
  audience: string;
  /**
   * Of a flexible credential. Only applications can have one.
   * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
   */
  expression?: string;
}

export interface Assignment {
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleGuid: string;
  condition: string | undefined;
  readonly description?: string;
}
