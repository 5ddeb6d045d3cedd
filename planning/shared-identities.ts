import type { StackConfiguration } from "../configuration/schema";
import type { PlanRecord, Snapshot } from "../snapshot";
import { MAX_CREDENTIALS, type TokenTerms } from "../trust/credentials";
import { sharedKey } from "../trust/resource-names";
import {
  type ProfileScope,
  profileScopes,
  type RegistryScope,
  registryScopes,
} from "../trust/scopes";
import { createdIdentity } from "./identity";
import { type Report, under } from "./report";
import type { PipelinePlan, SharedIdentityPlan } from "./stack-plan";
import { checkCount } from "./trust";
import type { Signing } from "./workflow-files";

/** What a pipeline needs of the identity that it shares. */
export interface Sharer {
  readonly name: string;
  readonly identity: PipelinePlan["identity"] | undefined;
  readonly images: readonly string[];
  /** The current plan as far as it stays trusted. */
  readonly kept: PlanRecord | undefined;
  /** Names of its credentials, and how many of them stay only until a merge. */
  readonly credentials: readonly string[];
  readonly keptCredentials: number;
}

/** Each identity that pipelines share, with the roles that all of them need together. */
export function planSharedIdentities(
  configuration: StackConfiguration,
  sharers: readonly Sharer[],
  signing: Signing | undefined,
  terms: TokenTerms,
  snapshot: Snapshot,
  report: Report,
): SharedIdentityPlan[] {
  const { pipelines: records } = snapshot.state;
  const shares = new Set(sharers.flatMap((it) => shareOf(it) ?? []));
  const plans = [...shares].map((share): SharedIdentityPlan => {
    const users = sharers.filter((it) => shareOf(it) === share);
    const at = under(report, `${users[0]?.name}.identity.share`);
    checkCredentials(share, users, snapshot, report);
    const formerUsers = sharers
      .filter((it) => shareOf(it) !== share)
      .filter(({ name }) => records[name]?.identity === sharedKey(share));
    const images = users.flatMap((user) => user.images);
    const kept = users.flatMap((user) => user.kept ?? []);
    return {
      name: share,
      identity: createdIdentity(share, configuration, snapshot, at),
      terms,
      registries: signing ? registriesOf(signing, images, kept) : [],
      profiles: signing ? profilesOf(signing, kept) : [],
      users: users.map(({ name }) => name),
      formerUsers: formerUsers.map(({ name }) => name),
    };
  });
  checkSwaps(plans, sharers, report);
  return plans;
}

/** Where an identity can push: also where current plans push, as far as they may still. */
export function registriesOf(
  { registry: { loginServer: _, ...registry } }: Signing,
  images: readonly string[],
  kept: readonly PlanRecord[],
): RegistryScope[] {
  const others = kept.filter((plan) => plan.images.length > 0);
  return registryScopes(
    { ...registry, images },
    others.map(({ registry: { loginServer: _, ...own }, images: its }) => ({
      ...own,
      images: its,
    })),
  );
}

/** What an identity can sign with, likewise. */
export function profilesOf({ profile }: Signing, kept: readonly PlanRecord[]): ProfileScope[] {
  const { id, account, name } = profile;
  const others = kept.map((plan) => plan.profile);
  return profileScopes({ id, account, name }, others);
}

function shareOf({ identity }: Pick<Sharer, "identity">): string | undefined {
  return identity?.kind === "shared" ? identity.name : undefined;
}

function checkCredentials(
  share: string,
  users: readonly Sharer[],
  { state }: Snapshot,
  report: Report,
): void {
  const first = users.find((it) => it.keptCredentials > 0) ?? users[0];
  const wanted = users.flatMap(({ credentials }) => credentials);
  const kept = users.reduce((sum, it) => sum + it.keptCredentials, 0);
  // Also credentials of pipelines that are removed, or that move to another identity.
  const held = Object.values(state.pipelines)
    .filter(({ identity }) => identity === sharedKey(share))
    .flatMap(({ credentials }) => credentials);
  const parts = users.map(({ name, credentials }) => `${name} ${credentials.length}`).join(", ");
  const expected = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
  checkCount(wanted, kept, held, `There are ${wanted.length} (${parts})`, (fix) =>
    report(`${first?.name}.identity.share`, share, expected, fix),
  );
}

/** Each of two shares would have to exist before the other. */
function checkSwaps(
  plans: readonly SharedIdentityPlan[],
  sharers: readonly Sharer[],
  report: Report,
): void {
  const before = (share: string): string[] => {
    const former = plans.find(({ name }) => name === share)?.formerUsers ?? [];
    return sharers.filter(({ name }) => former.includes(name)).flatMap((it) => shareOf(it) ?? []);
  };
  const reaches = (from: string, to: string, seen: readonly string[]): boolean =>
    before(from).some((it) => it === to || (!seen.includes(it) && reaches(it, to, [...seen, it])));
  const found = plans.find(({ name }) => reaches(name, name, []));
  if (!found) return;
  const expected = "pipelines that do not swap shared identities in one run";
  const fix = "Move one of the pipelines in a run of its own first.";
  report(`${found.formerUsers[0]}.identity.share`, found.name, expected, fix);
}
