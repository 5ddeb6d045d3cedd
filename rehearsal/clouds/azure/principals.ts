import type { Application, Identity } from "./model";

/** An identity or an application, which can log in with a federated credential. */
export interface Principal {
  readonly clientId: string;
  /** The principal of role assignments. Undefined for an application without service principal. */
  readonly principalId: string | undefined;
  /** The identity's id, or `/applications/<objectId>`. */
  readonly id: string;
  readonly name: string;
}

/** All identities and applications. */
export function principals(azure: {
  readonly identities: ReadonlyMap<string, Identity>;
  readonly applications: ReadonlyMap<string, Application>;
}): Principal[] {
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
