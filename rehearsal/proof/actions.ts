import type { AzureState } from "../clouds/azure/state";
import { sameId } from "../clouds/azure/state";
import { type Intent, sharers } from "../intent";
import { judge, judgeAll, registryOperations, type Verdict } from "./access";

/** Something that a run may try, and whether it may. */
export interface JudgedAction extends Verdict {
  readonly action: "pull" | "push" | "sign";
  readonly target: string;
}

/** The same, with what the stack means, and the reach that excuses an excess. */
export interface MeantAction extends JudgedAction {
  readonly meant: boolean;
  readonly reach?: string;
}

const SIGN = "Microsoft.CodeSigning/certificateProfiles/Sign/action";
const REGISTRY_WIDE =
  "in RBAC mode a push role covers the whole registry; remedy: switch the registry to ABAC mode";

/** Pulls and pushes own, others' and unrelated images; signs with the profile and with another. */
export function actionsOf(
  azure: AzureState,
  intents: readonly Intent[],
  intent: Intent,
  principalId: string | undefined,
): MeantAction[] {
  const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
  if (!registry) throw new Error(`there is no registry ${intent.registry.name}`);
  const reach = registry.mode === "rbac" ? REGISTRY_WIDE : undefined;
  const sharing = sharers(intents, intent);
  const images = [
    ...intent.images.map((image) => ({ image, meant: true, reach })),
    ...intents
      .filter((it) => it !== intent)
      .flatMap((it) => it.images.slice(0, 1).map((image) => ({ it, image })))
      .map(({ it, image }) => ({
        image,
        meant: false,
        reach: sharing.includes(it) ? sharedReach(sharing) : reach,
      })),
    { image: "unrelated/image", meant: false, reach },
  ];
  const judged = (verdict: (principal: string) => Verdict): Verdict =>
    principalId ? verdict(principalId) : { allowed: false, because: "it is nobody" };

  return [
    ...(["pull", "push"] as const).flatMap((action) =>
      images.map(({ image, ...meant }) => ({
        action,
        target: image,
        ...meant,
        ...judged((principal) =>
          judgeAll(azure, principal, registryOperations(azure, registry, action, image)),
        ),
      })),
    ),
    ...profiles(azure, intent).map(({ name, scope, meant }) => ({
      action: "sign" as const,
      target: name,
      meant,
      ...judged((principal) => judge(azure, principal, { scope, dataAction: SIGN })),
    })),
  ];
}

/** One set of roles serves all who log in as one identity. */
function sharedReach(sharing: readonly Intent[]): string {
  const names = new Intl.ListFormat("en-GB").format(sharing.map(({ pipeline }) => pipeline));
  return `pipelines ${names} share an identity: each may push the others' images`;
}

function profiles(azure: AzureState, { signing }: Intent) {
  const account = azure.world.signingAccounts.find(({ name }) => sameId(name, signing.account));
  if (!account) throw new Error(`there is no signing account ${signing.account}`);
  const other = account.profiles.find(({ name }) => !sameId(name, signing.profile));
  return [signing.profile, other?.name ?? "another-profile"].map((name) => ({
    name,
    scope: azure.profileId(account, name),
    meant: sameId(name, signing.profile),
  }));
}
