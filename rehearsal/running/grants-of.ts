import { BUILT_IN_ROLES } from "../clouds/azure/roles";
import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import { principals } from "../proof/entra";
import { AUDIENCES } from "../proof/hosts";
import { idsOf } from "../proof/ids";
import type { ProofRow } from "../proof/prove";
import { SUBJECT } from "../world/azure";
import type { Grants } from "./act/grants";
import type { Services } from "./services/services";

/** Whether a role has an action of ARM. Without one, an identity sees no subscription (unverified). */
function hasAction({ assignments }: Clouds["azure"], principalId: string | undefined): boolean {
  const own = [...assignments.values()].filter((it) => it.principalId === principalId);
  return own.some(({ roleGuid }) => (BUILT_IN_ROLES[roleGuid]?.actions.length ?? 0) > 0);
}

/** The grants of a run, from the trust proof. */
export function grantsOf(
  { azure, github }: Clouds,
  intent: Intent,
  row: ProofRow,
  services: Services,
): Grants {
  const { clientId = "" } = idsOf(github, intent);
  const principal = principals(azure).find((it) => sameId(it.clientId, clientId));
  const account = azure.world.signingAccounts.find(({ name }) =>
    sameId(name, intent.signing.account),
  );
  const profile = account?.profiles.find(({ name }) => sameId(name, intent.signing.profile));
  const allowed = (action: string) =>
    row.actions.filter((it) => it.action === action && it.allowed).map(({ target }) => target);
  const [signs] = allowed("sign");
  const { loginServer, user, password } = services;
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  return {
    clientId: principal?.clientId ?? "",
    tenantId: azure.world.tenantId,
    subscriptionId: registry?.subscription ?? azure.world.subscriptionId,
    exchange: row.exchange === "token" ? "ok" : `${row.exchange}: ${row.because}`,
    audience: AUDIENCES[azure.world.environment],
    registry: {
      name: intent.registry.name,
      ...{ loginServer, user, password },
    },
    seesSubscription: hasAction(azure, principal?.principalId),
    push: allowed("push"),
    pull: allowed("pull"),
    sign: signs
      ? { account: intent.signing.account, profile: signs, endpoint: account?.endpoint ?? "" }
      : undefined,
    // A new profile gets its first certificate with its first signature.
    subject: profile?.subject || SUBJECT,
    delays: { registry: azure.world.faults.refusedLogins },
  };
}
