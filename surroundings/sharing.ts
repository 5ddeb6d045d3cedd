import type { TokenTerms } from "../components/federated-credentials";
import type { SharedIdentityArgs } from "../components/shared-identity";
import { type Problem, refuse } from "../configuration/problems";
import { MAX_CREDENTIALS } from "../trust/credentials";
import { profileScopes, registryScopes } from "../trust/scopes";
import type { Held } from "./held";
import { crowdFault, heldOn, heldOnShare } from "./held-credentials";
import type { IdentityPlace } from "./login-identity";
import { azureName, type PipelinePlan } from "./pipeline";
import type { CertificateProfile } from "./profile";
import type { Registry } from "./registry";
import { untilMerge } from "./trust-limits";

/** An identity that several pipelines share. */
export interface SharedPlan {
  readonly name: string;
  readonly args: Omit<SharedIdentityArgs, "after">;
  /** Pipelines that used it: its roles shrink only when those have another identity. */
  readonly leavers: readonly string[];
}

interface Common {
  readonly registry: Registry;
  readonly profile: CertificateProfile;
  readonly terms: TokenTerms;
}

/**
 * Each identity that pipelines share, with the images of all of them.
 *
 * @throws ProblemsError where they are too many for one, or could not change places.
 */
export function sharedIdentities(
  place: IdentityPlace,
  plans: readonly PipelinePlan[],
  { registry, profile, terms }: Common,
  held: Held,
): SharedPlan[] {
  const names = new Set(plans.flatMap((plan) => shareOf(plan) ?? []));
  const shares = [...names].map((share): SharedPlan => {
    const users = plans.filter((plan) => shareOf(plan) === share);
    refuse("The identity cannot be shared", countProblems(share, users, held));
    const leavers = plans
      .filter((plan) => shareOf(plan) !== share)
      .filter(({ name }) => heldOn(held, name, `shared-${share}`).length > 0);
    const images = users.flatMap((user) => user.images.map(({ name }) => name));
    const inForce = users.map((user) => user.inForce);
    return {
      name: share,
      args: {
        identity: { kind: "created", name: azureName(share), ...place },
        terms,
        registries: registryScopes(
          { ...registry, images },
          inForce.flatMap((it) => it.registries),
        ),
        profiles: profileScopes(
          profile,
          inForce.flatMap((it) => it.profiles),
        ),
        users: users.map(({ name }) => name),
      },
      leavers: leavers.map(({ name }) => name),
    };
  });
  refuse("The identities cannot be shared", swapProblems(shares, plans));
  return shares;
}

function shareOf({ identity }: PipelinePlan): string | undefined {
  return identity.kind === "shared" ? identity.name : undefined;
}

function countProblems(share: string, users: readonly PipelinePlan[], held: Held): Problem[] {
  const stays = users.filter((it) => keptOf(it) > 0);
  const path = `countersign:pipelines.${(stays[0] ?? users[0])?.name}.identity.share`;
  const allowed = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
  const wanted = users.flatMap(({ credentials }) => credentials.map(({ name }) => name));
  if (wanted.length > MAX_CREDENTIALS) {
    const parts = users.map(({ name, credentials }) => `${name} ${credentials.length}`).join(", ");
    const kept = stays.reduce((sum, it) => sum + keptOf(it), 0);
    const said = `there are ${wanted.length} (${parts})`;
    const remedy =
      untilMerge(said, wanted.length, kept) ?? `${said}: share among fewer, or add environments`;
    return [{ path, given: share, allowed, remedy }];
  }
  // Also those of pipelines that are gone, or on their way to another identity.
  const fault = crowdFault(wanted, heldOnShare(held, share));
  return fault ? [{ path, given: share, allowed, remedy: fault }] : [];
}

/** How many of its credentials stay only until a merge. */
function keptOf({ credentials, subjects }: PipelinePlan): number {
  return credentials.length - subjects.length;
}

/** Each would have to be there before the other. */
function swapProblems(shares: readonly SharedPlan[], plans: readonly PipelinePlan[]): Problem[] {
  const before = (share: string): string[] => {
    const { leavers = [] } = shares.find(({ name }) => name === share) ?? {};
    return plans
      .filter(({ name }) => leavers.includes(name))
      .flatMap((plan) => shareOf(plan) ?? []);
  };
  const reaches = (from: string, to: string, seen: readonly string[]): boolean =>
    before(from).some((it) => it === to || (!seen.includes(it) && reaches(it, to, [...seen, it])));
  const found = shares.find(({ name }) => reaches(name, name, []));
  if (!found) return [];
  const path = `countersign:pipelines.${found.leavers[0]}.identity.share`;
  const allowed = "pipelines that do not change places between shares in one run";
  return [{ path, given: found.name, allowed, remedy: "move one of them in a run of its own" }];
}
