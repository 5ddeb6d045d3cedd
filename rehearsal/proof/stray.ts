import { BUILT_IN_ROLES } from "../clouds/azure/roles";
import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import { idsOf } from "./ids";
import { runsOf } from "./runs";
import { bothForms } from "./token";

/**
 * Trust that no run of the proof would meet: a credential for a subject that is not declared, a role
 * of another kind or beyond the registry and the profile. The runs sample; this enumerates.
 */
export function strayTrust(clouds: Clouds, intents: readonly Intent[]): string[] {
  return intents.flatMap((intent) => [
    ...strayCredentials(clouds, intent),
    ...strayRoles(clouds, intent),
  ]);
}

function identityOf({ azure, github }: Clouds, intent: Intent) {
  const { clientId } = idsOf(github, intent);
  return [...azure.identities.values()].find((it) => it.clientId === clientId);
}

function strayCredentials(clouds: Clouds, intent: Intent): string[] {
  const identity = identityOf(clouds, intent);
  const declared = runsOf(intent)
    .filter((run) => run.declared)
    .flatMap((run) => bothForms(clouds.github, intent, run));
  return [...clouds.azure.credentials.values()]
    .filter((it) => it.identityId === identity?.id && !declared.includes(it.subject))
    .map(
      (it) =>
        `${intent.pipeline}: credential ${it.name} trusts ${it.subject}, which no declared run has`,
    );
}

function strayRoles(clouds: Clouds, intent: Intent): string[] {
  const { azure } = clouds;
  const identity = identityOf(clouds, intent);
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  const account = azure.world.signingAccounts.find(({ name }) =>
    sameId(name, intent.signing.account),
  );
  const scopes = [
    ...(registry ? [azure.registryId(registry)] : []),
    ...(account ? [azure.profileId(account, intent.signing.profile)] : []),
  ];
  return [...azure.assignments.values()]
    .filter(({ principalId }) => principalId === identity?.principalId)
    .flatMap(({ scope, roleGuid }) => {
      const role = BUILT_IN_ROLES[roleGuid]?.name;
      const fits = role && scopes.some((it) => sameId(it, scope));
      const what = role ?? `a role that no pipeline needs, ${roleGuid},`;
      return fits ? [] : [`${intent.pipeline}: ${what} on ${scope} reaches beyond the pipeline`];
    });
}
