import type { AzureState } from "./state";

/** Somebody who can log in with a federated credential. */
export interface Principal {
  readonly clientId: string;
  /** What roles are assigned to; an application has one only with its service principal. */
  readonly principalId: string | undefined;
  /** The identity's id, or `/applications/<objectId>`. */
  readonly id: string;
  readonly name: string;
}

/** All identities and applications. */
export function principals(azure: AzureState): Principal[] {
  return [
    ...[...azure.identities.values()].map(({ id, clientId, principalId, name }) => ({
      id,
      clientId,
      principalId,
      name,
    })),
    ...[...azure.applications.values()].map(({ id, clientId, servicePrincipal, displayName }) => ({
      id,
      clientId,
      principalId: servicePrincipal?.objectId,
      name: displayName,
    })),
  ];
}
