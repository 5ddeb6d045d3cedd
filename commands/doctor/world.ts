import type { StackConfiguration } from "../../configuration/schema";
import type { WorldInput } from "../../rehearsal/world/world";
import type { Snapshot } from "../../snapshot";
import { worldRepositories } from "./world-repositories";

type Azure = WorldInput["azure"];
type Values = Readonly<Record<string, string>>;

/**
 * What was found, as a world for the rehearsal, without what this stack itself made. What could not
 * be read has the default of the world.
 */
export function worldOf(
  configuration: StackConfiguration,
  snapshot: Snapshot,
  values: Values,
): WorldInput {
  return {
    azure: worldAzure(configuration, snapshot, values),
    github: worldGitHub(configuration, snapshot),
  };
}

function worldAzure(configuration: StackConfiguration, { azure }: Snapshot, values: Values): Azure {
  const { registry, signing } = configuration;
  const { tenantId, subscriptionId } = azure.client;
  const other = (subscription: string | undefined) =>
    subscription?.toLowerCase() === subscriptionId.toLowerCase() ? undefined : subscription;
  const identities = Object.values(azure.identities).flatMap((it) => {
    if (it.status !== "found") return [];
    const { subscription, resourceGroup } = placeOf(it.value.id);
    return [{ resourceGroup, subscription: other(subscription), name: it.value.name }];
  });
  const environment = values["azure-native:environment"] as Azure["environment"];
  return {
    tenantId,
    subscriptionId,
    ...(environment && { environment }),
    ...groups(configuration, identities, other),
    registries: registries(configuration, azure, other(registry.subscription)),
    signingAccounts:
      azure.account.status === "found" && !signing.createAccount
        ? [
            {
              resourceGroup: signing.resourceGroup,
              subscription: other(signing.subscription),
              name: azure.account.value.name,
              endpoint: azure.account.value.endpoint,
              profiles: signing.createProfile ? [] : profiles(azure.profile),
            },
          ]
        : [],
    identities: unique(identities),
    applications: applications(configuration, azure),
  };
}

/** The groups of everything that the configuration names. */
function groups(
  { registry, signing, identity }: StackConfiguration,
  identities: ReadonlyArray<{ readonly resourceGroup: string; readonly subscription?: string }>,
  other: (subscription: string | undefined) => string | undefined,
): Pick<Azure, "resourceGroups" | "otherSubscriptions"> {
  const places = [registry, signing, identity, ...identities];
  const of = (wanted: string | undefined) =>
    unique(places.filter((it) => other(it.subscription) === wanted).map((it) => it.resourceGroup));
  const others = unique(places.flatMap(({ subscription }) => other(subscription) ?? []));
  return {
    resourceGroups: of(undefined),
    otherSubscriptions: others.map((subscriptionId) => ({
      subscriptionId,
      resourceGroups: of(subscriptionId),
    })),
  };
}

const MODES = { AbacRepositoryPermissions: "abac", LegacyRegistryPermissions: "rbac" } as const;

function registries(
  { registry: { resourceGroup, name, permissions, create } }: StackConfiguration,
  { registry: answer }: Snapshot["azure"],
  subscription: string | undefined,
): Azure["registries"] {
  const place = { resourceGroup, subscription };
  const stated = permissions === "rbac" ? "rbac" : "abac";
  // The stack makes it.
  if (create) return [];
  if (answer.status === "found") {
    const { name: spelled, loginServer, roleAssignmentMode, isPrivate } = answer.value;
    const mode = MODES[roleAssignmentMode as keyof typeof MODES] ?? "unreported";
    const publicNetworkAccess = isPrivate ? "Disabled" : "Enabled";
    return [{ ...place, name: spelled, loginServer, mode, publicNetworkAccess }];
  }
  if (answer.status === "missing") return [];
  const loginServer = `${name.toLowerCase()}.azurecr.io`;
  return [{ ...place, name, loginServer, mode: stated, readable: false }];
}

function profiles(answer: Snapshot["azure"]["profile"]) {
  if (answer.status !== "found") return [];
  const { name, type, status, subject = "" } = answer.value;
  return [{ name, type, status, subject }] as NonNullable<
    NonNullable<Azure["signingAccounts"]>[number]["profiles"]
  >;
}

/** Existing applications that pipelines name by their client IDs. */
function applications(
  { pipelines }: StackConfiguration,
  { applications: found }: Snapshot["azure"],
): Azure["applications"] {
  return Object.entries(pipelines).flatMap(([name, { identity }]) => {
    const answer = found[name];
    if (identity.kind !== "existingApplication" || answer?.status !== "found") return [];
    const servicePrincipal = answer.value.principal?.status === "found";
    return [{ displayName: name, clientId: identity.clientId, servicePrincipal }];
  });
}

function worldGitHub(configuration: StackConfiguration, snapshot: Snapshot): WorldInput["github"] {
  const { host, issuer, owner: login } = configuration;
  const { github } = snapshot;
  const { pipelines } = configuration;
  const made = Object.values(pipelines).flatMap((it) => (it.createRepository ? it.repository : []));
  const found = Object.entries(github.repositories).flatMap(([name, it]) => {
    const isMade = made.some(
      (of) => of.toLowerCase() === pipelines[name]?.repository.toLowerCase(),
    );
    return it.status === "found" && !isMade ? [it.value] : [];
  });
  const account = found[0]?.owner;
  const template = found.flatMap(({ organizationSubjects: it }) =>
    it?.status === "found" ? [it.value.include_claim_keys ?? []] : [],
  )[0];
  const plan = github.plan?.status === "found" ? github.plan.value : undefined;
  type Owner = WorldInput["github"]["owner"];
  return {
    host: host.name,
    issuer: issuer === host.issuer ? undefined : issuer,
    owner: {
      login: account?.login ?? login,
      ...(account && { id: account.id, type: account.type as Owner["type"] }),
      ...(plan && { plan: plan as Owner["plan"] }),
      ...(template && { subjectTemplate: [...template] }),
    },
    users: answered(github.users).map(([login, { id }]) => ({ login, id })),
    teams: answered(github.teams).map(([slug, { id }]) => ({ slug, id })),
    callableWorkflows: Object.fromEntries(
      answered(github.reusableWorkflows).map(([key, { content }]) => [key, content]),
    ),
    repositories: worldRepositories(configuration, snapshot),
  };
}

type Answered<T> = Readonly<
  Record<string, { readonly status: string } | { readonly status: "found"; readonly value: T }>
>;

function answered<T>(answers: Answered<T>): ReadonlyArray<readonly [string, T]> {
  return Object.entries(answers).flatMap(([key, it]) =>
    "value" in it ? [[key, it.value] as const] : [],
  );
}

/** Subscription and group in an id of ARM: `/subscriptions/ID/resourceGroups/NAME/…`. */
function placeOf(id: string): { readonly subscription: string; readonly resourceGroup: string } {
  const [, , subscription = "", , resourceGroup = ""] = id.split("/");
  return { subscription, resourceGroup };
}

function unique<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}
