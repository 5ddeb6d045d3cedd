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

/** An application registered in Entra; it logs in only where it has a service principal. */
export interface Application {
  /** `/applications/<objectId>` (azure.md, 5). */
  readonly id: string;
  readonly objectId: string;
  readonly clientId: string;
  /** Not unique: Entra makes a second application of the same name. */
  displayName: string;
  /** Object ids. */
  owners: string[];
  servicePrincipal: ServicePrincipal | undefined;
}

export interface ServicePrincipal {
  readonly id: string;
  /** What role assignments name as principal. */
  readonly objectId: string;
}

/** A federated credential of an identity or of an application. */
export interface Credential {
  readonly id: string;
  /** The identity's id, or the application's: `/applications/<objectId>`. */
  readonly identityId: string;
  readonly name: string;
  issuer: string;
  /** Empty where an expression says what is trusted. */
  subject: string;
  audience: string;
  /** Of a flexible credential, which only applications have (azure.md, 4.3). */
  expression?: string;
}

export interface Assignment {
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleGuid: string;
  condition: string | undefined;
}
