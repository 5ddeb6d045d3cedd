import { BUILT_IN_ROLES } from "../clouds/azure/roles";
import { type AzureState, type Credential, sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import { parseExpression } from "../clouds/entra/expression";
import type { Intent } from "../intent";
import { type Principal, principals } from "./entra";
import { idsOf } from "./ids";
import { declaredRuns } from "./runs";
import type { Claims } from "./subject";
import { declaredClaims } from "./token";

/**
 * Trust that the sampled runs of the proof can miss: a credential for a subject that is not
 * declared, or a role of another kind or on another scope. This function checks all of them.
 */
export function strayTrust(clouds: Clouds, intents: readonly Intent[]): string[] {
  return intents.flatMap((intent) => {
    const principal = principalOf(clouds, intent);
    if (!principal) return [];
    const sharing = intents.filter((it) => principalOf(clouds, it)?.id === principal.id);
    // A shared identity is reported once.
    if (sharing[0] !== intent) return [];
    return [
      ...strayCredentials(clouds, sharing, principal),
      ...strayRoles(clouds, intent, principal),
    ];
  });
}

/** The subjects or expressions of the credentials that the declared runs of a pipeline use. */
export function accepted(clouds: Clouds, intent: Intent): string[] {
  const principal = principalOf(clouds, intent);
  const claims = claimsOfDeclared(clouds, [intent]);
  return clouds.azure
    .credentialsOf(principal?.id ?? "")
    .filter((it) => claims.some((one) => admits(it, one)))
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(({ expression, subject }) => expression ?? subject);
}

function claimsOfDeclared({ github }: Clouds, intents: readonly Intent[]): Claims[] {
  return intents.flatMap((intent) =>
    declaredRuns(intent).flatMap((run) => declaredClaims(github, intent, run)),
  );
}

/** The identity or application that the runs of a pipeline log in as. */
function principalOf({ azure, github }: Clouds, intent: Intent): Principal | undefined {
  const { clientId = "" } = idsOf(github, intent);
  return principals(azure).find((it) => sameId(it.clientId, clientId));
}

function strayCredentials(
  clouds: Clouds,
  sharing: readonly Intent[],
  principal: Principal,
): string[] {
  const declared = claimsOfDeclared(clouds, sharing);
  const before = credentialsBefore(clouds.azure, principal);
  return clouds.azure
    .credentialsOf(principal.id)
    .filter((it) => !before.some(({ name, subject }) => name === it.name && subject === it.subject))
    .filter((it) => !declared.some((claims) => admits(it, claims)))
    .map(({ name, expression, subject }) => {
      const what = expression ?? subject;
      return `${sharing[0]?.pipeline}: credential ${name} trusts ${what}, but no declared run has that subject`;
    });
}

/** Credentials that an existing identity had before. They are not the stack's. */
function credentialsBefore(azure: AzureState, { id, clientId }: Principal) {
  const { identities, applications } = azure.world;
  return [
    ...identities.filter((it) =>
      sameId(azure.identityId(it.resourceGroup, it.name, it.subscription), id),
    ),
    ...applications.filter((it) => sameId(it.clientId, clientId)),
  ].flatMap(({ credentials }) => credentials);
}

function admits({ expression, subject }: Credential, claims: Claims): boolean {
  return expression === undefined ? subject === claims.sub : parseExpression(expression)(claims);
}

function strayRoles({ azure }: Clouds, intent: Intent, { principalId }: Principal): string[] {
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  const account = azure.world.signingAccounts.find(({ name }) =>
    sameId(name, intent.signing.account),
  );
  const scopes = [
    ...(registry ? [azure.registryId(registry)] : []),
    ...(account ? [azure.profileId(account, intent.signing.profile)] : []),
  ];
  return [...azure.assignments.values()]
    .filter((it) => it.principalId === principalId)
    .flatMap(({ scope, roleGuid }) => {
      const role = BUILT_IN_ROLES[roleGuid]?.name;
      const fits = role && scopes.some((it) => sameId(it, scope));
      const what = role ?? `a role that no pipeline needs, ${roleGuid},`;
      return fits
        ? []
        : [`${intent.pipeline}: ${what} on ${scope} gives access beyond the pipeline`];
    });
}
