import { type Principal, principals } from "../clouds/azure/principals";
import { type AzureState, type Credential, sameId } from "../clouds/azure/state";
import { type Claims, parseExpression } from "../clouds/entra/expression";

export { type Principal, principals };

/** What a job sends to Entra to log in. */
export interface Login {
  readonly clientId: string | undefined;
  readonly tenantId: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** The other claims of the token, for flexible credentials. */
  readonly claims?: Claims;
}

export type Exchange =
  | { readonly principalId: string; readonly credential: string }
  | { readonly code: string; readonly because: string };

/**
 * Exchanges a token as Entra does. Issuer, audience, and subject must match exactly, including
 * case. A flexible credential matches by its expression. The code for a wrong issuer is from
 * Azure/azure-workload-identity#1200. It is unverified that a wrong audience has the code of a wrong
 * subject, and an identity without credentials too.
 */
export function exchange(azure: AzureState, login: Login): Exchange {
  const { tenantId, clientId = "" } = login;
  if (tenantId !== azure.world.tenantId) {
    return { code: "AADSTS90002", because: `there is no tenant ${tenantId}` };
  }
  const principal = principals(azure).find((it) => sameId(it.clientId, clientId));
  if (!principal) {
    return { code: "AADSTS700016", because: `there is no identity ${login.clientId}` };
  }
  const { principalId, id, name } = principal;
  if (!principalId) {
    // The code is from Azure/Commercial-Marketplace-SaaS-Accelerator#830. It is unverified that
    // Entra answers it before it compares credentials.
    const because = `application ${name} has no service principal in the tenant`;
    return { code: "AADSTS7000229", because };
  }
  const all = azure.credentialsOf(id);
  const issued = all.filter(({ issuer }) => issuer === login.issuer);
  if (all.length > 0 && issued.length === 0) {
    return {
      code: "AADSTS700211",
      because: `no federated credential has the issuer ${login.issuer}`,
    };
  }
  const candidates = issued.filter(({ audience }) => audience === login.audience);
  const trusting = candidates.find((it) => trusts(it, login));
  if (trusting) return { principalId, credential: trusting.name };
  const nearly = candidates.find(
    (it) => it.expression === undefined && sameId(it.subject, login.subject),
  );
  return nearly
    ? {
        code: "AADSTS7002138",
        because: `the subject differs from the one of ${nearly.name} only in case`,
      }
    : { code: "AADSTS700213", because: "no federated credential has this subject" };
}

function trusts({ expression, subject }: Credential, login: Login): boolean {
  if (expression === undefined) return subject === login.subject;
  return parseExpression(expression)({ ...login.claims, sub: login.subject });
}
