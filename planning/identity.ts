import type { StackConfiguration } from "../configuration/schema";
import type { IdentityConfiguration } from "../configuration/schemas/identity-schema";
import type { PipelineRecord, Snapshot } from "../snapshot";
import { type IdentityPlan, identityKey } from "../trust/identity";
import { managedIdentityName } from "../trust/names";
import { applicationName, identityName } from "../trust/resource-names";
import { existing } from "./answers";
import { identitySubscription } from "./azure/identity-subscription";
import { type Report, under } from "./report";
import type { PipelinePlan } from "./stack-plan";

/** Whom a pipeline's runs log in as; undefined where that cannot be used. */
export function planIdentity(
  name: string,
  configuration: StackConfiguration,
  snapshot: Snapshot,
  report: Report,
): PipelinePlan["identity"] | undefined {
  const wanted = configuration.pipelines[name]?.identity ?? { kind: "created" };
  const { stack, azure } = snapshot;
  switch (wanted.kind) {
    case "shared":
      return wanted;
    case "created":
      return createdIdentity(name, configuration, snapshot, report);
    case "application": {
      const held = heldName(
        snapshot,
        APPLICATION,
        applicationName(identityName(name, "application")),
      );
      const own = held ?? managedIdentityName(stack.project, stack.name, name);
      const { owners, displayName = own } = wanted;
      if (azure.applications[name]?.status === "found") {
        const fix =
          "Give another `displayName`, or use the application with `existingApplication`. If an interrupted run created it, delete it in Entra.";
        const expected = "a display name that no application has";
        report("application.displayName", displayName, expected, fix);
      }
      return { kind: "application", displayName, owners };
    }
    case "existing":
      return existingIdentity(name, wanted, snapshot, under(report, "existing"));
    case "existingApplication": {
      const at = under(report, "existingApplication");
      return existingApplication(name, wanted.clientId, snapshot, at);
    }
  }
}

const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const APPLICATION = "azuread:index/applicationRegistration:ApplicationRegistration";

/** The name that something has already: the stack and the project can be renamed. */
function heldName({ state }: Snapshot, type: string, resource: string): string | undefined {
  const held = state.resources.find((it) => it.type === type && it.name === resource);
  const name = held?.outputs.displayName ?? held?.outputs.name;
  return typeof name === "string" ? name : undefined;
}

/** The managed identity that this stack creates for a pipeline, or for a shared name. */
export function createdIdentity(
  of: string,
  { identity: place, tags }: Pick<StackConfiguration, "identity" | "tags">,
  snapshot: Snapshot,
  report: Report,
): Extract<IdentityPlan, { kind: "created" }> {
  const { stack, azure } = snapshot;
  const { resourceGroup } = place;
  const held = heldName(snapshot, IDENTITY, identityName(of, "identity"));
  const name = held ?? managedIdentityName(stack.project, stack.name, of);
  if (azure.identities[of]?.status === "found") {
    const fix =
      "Rename the pipeline or the shared name. If an interrupted run created the identity and nothing uses it, delete it with `az identity delete`.";
    const given = `${resourceGroup}/${name}`;
    report("", given, "a managed identity that does not exist yet", fix);
  }
  return { kind: "created", name, ...place, ...(Object.keys(tags).length > 0 && { tags }) };
}

const CHECK = "Check the subscription, the resource group, and the name.";

function existingIdentity(
  pipeline: string,
  { name, resourceGroup, subscription }: Extract<IdentityConfiguration, { kind: "existing" }>,
  { azure, state }: Snapshot,
  report: Report,
): IdentityPlan | undefined {
  const given = `${resourceGroup}/${name}`;
  const answer = azure.identities[pipeline] ?? { status: "missing" };
  const at = ["", given, "an existing user-assigned identity"] as const;
  const found = existing(answer, at, report, subscription && CHECK);
  if (!found) return undefined;
  checkOthers(found.clientId, given, state, report);
  return { kind: "existing", ...found, resourceGroup, subscription };
}

function existingApplication(
  pipeline: string,
  clientId: string,
  { azure, state }: Snapshot,
  report: Report,
): IdentityPlan | undefined {
  const answer = azure.applications[pipeline] ?? { status: "missing" };
  const found = existing(
    answer,
    ["", clientId, "the client id of an existing application"],
    report,
    "Check the client ID, and the tenant that you are logged in to.",
  );
  if (!found) return undefined;
  checkOthers(clientId, clientId, state, report);
  const { objectId = "", principal } = found;
  if (principal?.status === "found") {
    const applicationId = `/applications/${objectId}`;
    return { kind: "existingApplication", applicationId, clientId, principalId: principal.value };
  }
  const expected = "an application with a service principal in this tenant, to assign roles to";
  report("", clientId, expected, `Run \`az ad sp create --id ${clientId}\`.`);
  return undefined;
}

/** An identity that this stack created would be deleted with its own pipeline. */
function checkOthers(
  clientId: string,
  given: string,
  { resources }: Snapshot["state"],
  report: Report,
): void {
  const own = resources.find(
    ({ type, outputs }) =>
      /:(?:UserAssignedIdentity|ApplicationRegistration)$/.test(type) &&
      String(outputs.clientId).toLowerCase() === clientId.toLowerCase(),
  );
  if (!own) return;
  const fix = `This stack created it as ${own.name}. Use another identity, or \`identity: { share: NAME }\` for several pipelines.`;
  report("", given, "an identity that this stack did not create", fix);
}

/** What a later run must know of the identity. */
export function recordedIdentity(
  identity: PipelinePlan["identity"],
  configuration: StackConfiguration,
  snapshot: Snapshot,
): Pick<PipelineRecord, "identity" | "identitySubscription"> {
  const isCreated = identity.kind === "shared" || identity.kind === "created";
  return {
    identity: identityKey(identity),
    ...(isCreated && { identitySubscription: identitySubscription(configuration, snapshot) }),
  };
}
