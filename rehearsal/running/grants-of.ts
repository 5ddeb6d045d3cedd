import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import type { ProofRow } from "../proof/prove";
import type { Grants } from "./grants";
import type { Services } from "./services";

/** What the trust proof found for a run, as the stand-ins of that run obey it. */
export function grantsOf(
  { azure }: Clouds,
  intent: Intent,
  row: ProofRow,
  services: Services,
): Grants {
  const credential = [...azure.credentials.values()].find(({ subject }) => subject === row.subject);
  const identity = [...azure.identities.values()].find(({ id }) => id === credential?.identityId);
  const account = azure.world.signingAccounts.find(({ name }) =>
    sameId(name, intent.signing.account),
  );
  const profile = account?.profiles.find(({ name }) => sameId(name, intent.signing.profile));
  const allowed = (action: string) =>
    row.actions.filter((it) => it.action === action && it.allowed).map(({ target }) => target);
  const [signs] = allowed("sign");
  const { loginServer, user, password } = services;
  return {
    clientId: identity?.clientId ?? "",
    tenantId: azure.world.tenantId,
    subscriptionId: azure.world.subscriptionId,
    exchange: row.exchange === "token" ? "ok" : `${row.exchange}: ${row.because}`,
    registry: { name: intent.registry.name, loginServer, user, password },
    push: allowed("push"),
    sign: signs
      ? { account: intent.signing.account, profile: signs, endpoint: account?.endpoint ?? "" }
      : undefined,
    subject: profile?.subject ?? "",
  };
}
