import type { AzureState } from "../clouds/azure/state";
import { sameId } from "../clouds/azure/state";
import { type Intent, sharers } from "../intent";
import { judge, judgeAll, registryOperations, type Verdict } from "./access";

/** An action that a run could try, and whether Azure allows it. */
export interface JudgedAction extends Verdict {
  readonly action: "pull" | "push" | "sign";
  readonly target: string;
}

/** The same, with what the stack should allow. */
export interface MeantAction extends JudgedAction {
  readonly meant: boolean;
  /** Why Azure allows it, if the configuration cannot prevent it. */
  readonly reach?: string;
}

export const SIGN = "Microsoft.CodeSigning/certificateProfiles/Sign/action";
const REGISTRY_WIDE =
  "In RBAC mode, a push role covers the whole registry. Fix: switch the registry to ABAC mode (docs/registry.md#the-mode-of-the-registry)";
const PULLS_ALL =
  "In RBAC mode, a verifier can pull every image of the registry. Fix: switch the registry to ABAC mode (docs/registry.md#the-mode-of-the-registry)";

/**
 * Pulls and pushes of the pipeline's own, other pipelines', and unrelated images. Signatures with
 * the pipeline's profile and with another profile.
 */
export function actionsOf(
  azure: AzureState,
  intents: readonly Intent[],
  intent: Intent,
  principalId: string | undefined,
): MeantAction[] {
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  if (!registry) throw new Error(`The world has no registry ${intent.registry.name}`);
  const wide = intent.verifies ? PULLS_ALL : REGISTRY_WIDE;
  const reach = intent.registry.mode === "rbac" ? wide : undefined;
  const sharing = sharers(intents, intent);
  const images = [
    ...intent.images.map((image) => ({ image, meant: true, reach })),
    ...intents
      .filter((it) => it !== intent && !it.verifies && it.images[0] !== intent.images[0])
      .flatMap((it) => it.images.slice(0, 1).map((image) => ({ it, image })))
      .map(({ it, image }) => ({
        image,
        meant: false,
        reach: sharing.includes(it) ? sharedReach(sharing) : reach,
      })),
    { image: "unrelated/image", meant: false, reach },
  ];
  const judged = (verdict: (principal: string) => Verdict): Verdict =>
    principalId ? verdict(principalId) : { allowed: false, because: "the run is not logged in" };

  return [
    ...(["pull", "push"] as const).flatMap((action) =>
      images.map(({ image, meant, reach }) => ({
        action,
        target: image,
        meant: meant && (action === "pull" || !intent.verifies),
        // Whoever only verifies must never push, in no mode.
        ...(action === "push" && intent.verifies ? {} : { reach }),
        ...judged((principal) =>
          judgeAll(
            azure,
            principal,
            registryOperations(azure, { ...registry, mode: intent.registry.mode }, action, image),
          ),
        ),
      })),
    ),
    ...profiles(azure, intent).map(({ name, scope, meant }) => ({
      action: "sign" as const,
      target: name,
      meant: meant && !intent.verifies,
      ...judged((principal) => judge(azure, principal, { scope, dataAction: SIGN })),
    })),
  ];
}

/** All pipelines that log in as one identity have the same roles. */
function sharedReach(sharing: readonly Intent[]): string {
  const names = new Intl.ListFormat("en-GB").format(sharing.map(({ pipeline }) => pipeline));
  return `Pipelines ${names} share an identity, so each of them can push the images of the others (docs/identity.md#sharing)`;
}

function profiles(azure: AzureState, { signing }: Intent) {
  const account = azure.world.signingAccounts.find(({ name }) => sameId(name, signing.account));
  if (!account) throw new Error(`The world has no signing account ${signing.account}`);
  const other = account.profiles.find(({ name }) => !sameId(name, signing.profile));
  return [signing.profile, other?.name ?? "another-profile"].map((name) => ({
    name,
    scope: azure.profileId(account, name),
    meant: sameId(name, signing.profile),
  }));
}
