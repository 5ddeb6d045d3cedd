import type { AzureState } from "../clouds/azure/state";

/** What a job sends to Entra to be somebody. */
export interface Login {
  readonly clientId: string | undefined;
  readonly tenantId: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
}

export type Exchange =
  | { readonly principalId: string; readonly credential: string }
  | { readonly code: string; readonly because: string };

/** Exchanges a token as Entra does: issuer, audience and subject exactly, to the case. */
export function exchange(azure: AzureState, login: Login): Exchange {
  if (login.tenantId !== azure.world.tenantId) {
    return { code: "AADSTS90002", because: `there is no tenant ${login.tenantId}` };
  }
  const identity = [...azure.identities.values()].find(
    ({ clientId }) => clientId === login.clientId,
  );
  if (!identity) {
    return { code: "AADSTS700016", because: `there is no identity ${login.clientId}` };
  }
  const candidates = [...azure.credentials.values()].filter(
    (it) =>
      it.identityId === identity.id && it.issuer === login.issuer && it.audience === login.audience,
  );
  const exact = candidates.find(({ subject }) => subject === login.subject);
  if (exact) return { principalId: identity.principalId, credential: exact.name };
  const nearly = candidates.find(
    ({ subject }) => subject.toLowerCase() === login.subject.toLowerCase(),
  );
  return nearly
    ? { code: "AADSTS7002138", because: `differs only in case from ${nearly.name}` }
    : { code: "AADSTS700213", because: "no federated credential has this subject" };
}
