import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import type { Intent } from "../intent";
import { judge, judgeAll, registryOperations } from "./access";
import { SIGN } from "./actions";
import { principals } from "./entra";

/** The service account of Ratify: https://github.com/notaryproject/ratify, charts/ratify */
const RATIFY = "system:serviceaccount:gatekeeper-system:ratify-admin";

/** What is wrong with the identity that a cluster pulls signatures with. It must only pull. */
export function clusterFaults(
  { azure }: Clouds,
  intents: readonly Intent[],
  issuer: string | undefined,
): string[] {
  if (issuer === undefined) return [];
  const trusting = principals(azure).filter((it) =>
    azure.credentialsOf(it.id).some((credential) => credential.issuer === issuer),
  );
  const [principal] = trusting;
  if (!principal || trusting.length > 1) {
    return [`cluster: ${trusting.length} identities trust ${issuer}, not one`];
  }
  const who = principal.principalId ?? "";
  const stray = azure.credentialsOf(principal.id).filter(({ subject }) => subject !== RATIFY);
  const may = (intent: Intent, action: "pull" | "push", image: string) => {
    const registry = azure.world.registries.find(({ name }) => sameId(name, intent.registry.name));
    const { mode } = intent.registry;
    return (
      registry !== undefined &&
      judgeAll(azure, who, registryOperations(azure, { ...registry, mode }, action, image)).allowed
    );
  };
  const wrong = intents.flatMap((intent) =>
    intent.images.flatMap((image) => [
      ...(may(intent, "pull", image) ? [] : [`cluster: it cannot pull ${image}`]),
      ...(may(intent, "push", image) ? [`cluster: it can push ${image}`] : []),
    ]),
  );
  const signs = azure.world.signingAccounts.flatMap((account) =>
    account.profiles
      .filter(({ name }) => {
        const scope = azure.profileId(account, name);
        return judge(azure, who, { scope, dataAction: SIGN }).allowed;
      })
      .map(({ name }) => `cluster: it can sign with ${name}`),
  );
  return [
    ...new Set([
      ...stray.map(({ subject }) => `cluster: its identity also trusts ${subject}`),
      ...wrong,
      ...signs,
    ]),
  ];
}
