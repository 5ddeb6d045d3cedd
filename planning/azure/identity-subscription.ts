import type { StackConfiguration } from "../../configuration/schema";
import type { Snapshot } from "../../snapshot";
import { identityKey } from "../../trust/identity";
import { sharedKey } from "../../trust/resource-names";
import type { Report } from "../report";

/** The subscription in which the stack creates identities. */
export function identitySubscription(
  { identity }: Pick<StackConfiguration, "identity">,
  { azure }: Pick<Snapshot, "azure">,
): string {
  return (identity.subscription ?? azure.client.subscriptionId).toLowerCase();
}

/**
 * Azure cannot move an identity, and the provider does not notice that its subscription changed: the
 * identity would stay, and its credentials would be written where it is not.
 */
export function checkSubscription(
  configuration: StackConfiguration,
  snapshot: Snapshot,
  report: Report,
): void {
  const wanted = identitySubscription(configuration, snapshot);
  const moved = Object.entries(configuration.pipelines).flatMap(([name, { identity }]) => {
    const record = snapshot.state.pipelines[name];
    const key = identity.kind === "shared" ? sharedKey(identity.name) : CREATED;
    const isOwn = identity.kind === "shared" || identity.kind === "created";
    const before = isOwn && record?.identity === key ? record.identitySubscription : undefined;
    return before !== undefined && before !== wanted ? [{ name, before }] : [];
  });
  if (moved.length === 0) return;
  const names = moved.map(({ name }) => name).join(", ");
  const expected = `${moved[0]?.before}, where the identities of ${names} are`;
  const fix =
    "Set `countersign:identity.subscription` to that subscription. To move an identity, remove its pipeline in a run of its own first.";
  report("countersign:identity.subscription", wanted, expected, fix);
}

const CREATED = identityKey({ kind: "created", name: "", resourceGroup: "", location: "" });
