import type { StackConfiguration } from "../configuration/schema";
import { settingsSuffix } from "../trust/login-settings";
import { callableWorkflows } from "./callable-workflows";
import type { RehearsedConfiguration } from "./configuration";
import { adoptsSecrets, repositoriesOf, SOMEBODY } from "./derived/repositories";
import { issuerOf } from "./proof/hosts";
import { parseWorld, type World, type WorldInput } from "./world/world";

type Pipeline = StackConfiguration["pipelines"][string];
type AzureInput = WorldInput["azure"];

/** A world in which everything that a configuration requires exists and fits. */
export function derivedWorld(configuration: RehearsedConfiguration): World {
  const world = parseWorld({ azure: azure(configuration), github: gitHub(configuration) });
  const callable = callableWorkflows(configuration, world.azure);
  return { ...world, github: { ...world.github, callableWorkflows: callable } };
}

function azure(configuration: RehearsedConfiguration): AzureInput {
  const { registry, signing } = configuration;
  return {
    ...existing(configuration),
    registries: (registry.create ? [] : [registry]).map(
      ({ resourceGroup, subscription, name, permissions }) => ({
        resourceGroup,
        subscription,
        name,
        mode: permissions === "rbac" ? "rbac" : "abac",
        loginServer: `${name.toLowerCase()}.azurecr.io`,
      }),
    ),
    signingAccounts: (signing.createAccount ? [] : [signing]).map((it) => ({
      resourceGroup: it.resourceGroup,
      subscription: it.subscription,
      name: it.account,
      profiles: [...(it.createProfile ? [] : [profileOf(it)]), { name: "another-profile" }],
    })),
  };
}

function profileOf({ profile, subject, rootCertificate }: StackConfiguration["signing"]) {
  return {
    name: profile,
    ...(subject && { subject }),
    ...(rootCertificate && { type: "PrivateTrust" as const }),
  };
}

/** Resource groups, and the identities and applications that exist already. */
function existing(configuration: RehearsedConfiguration): Partial<AzureInput> {
  const { registry, signing, identity, pipelines, defaultSubscription } = configuration;
  const wanted = Object.entries(pipelines).map(([key, it]) => ({ ...it.identity, key }));
  const identities = wanted.filter((it) => it.kind === "existing");
  const applications = wanted.filter((it) => it.kind === "existingApplication");
  // Without a setting, the provider's subscription is the one of an identity that exists.
  const own = defaultSubscription ?? identities.find((it) => it.subscription)?.subscription;
  const places = [registry, signing, identity, ...identities].map(
    ({ resourceGroup, subscription = own }) => ({ resourceGroup, subscription }),
  );
  const groupsOf = (subscription: string | undefined) => [
    ...new Set(
      places.filter((it) => it.subscription === subscription).map((it) => it.resourceGroup),
    ),
  ];
  const others = new Set(places.flatMap(({ subscription }) => subscription ?? []));
  others.delete(own ?? "");
  return {
    subscriptionId: own,
    resourceGroups: groupsOf(own),
    otherSubscriptions: [...others].map((subscriptionId) => ({
      subscriptionId,
      resourceGroups: groupsOf(subscriptionId),
    })),
    identities: identities.map(({ resourceGroup, subscription, name }) => ({
      resourceGroup,
      subscription: subscription === own ? undefined : subscription,
      name,
    })),
    applications: applications.map(({ key, clientId }) => ({ displayName: key, clientId })),
  };
}

function gitHub(configuration: StackConfiguration): WorldInput["github"] {
  const { owner, host, issuer } = configuration;
  const pipelines = Object.entries(configuration.pipelines);
  const all = pipelines.map(([, pipeline]) => pipeline);
  const named = (kind: "users" | "teams") =>
    all.flatMap(({ environment }) => environment?.reviewers[kind] ?? []);
  const secrets = pipelines
    .filter(([, it]) => adoptsSecrets(it, "organization"))
    .map(([name]) => `AZURE_CLIENT_ID${settingsSuffix(name)}`);
  return {
    host: host.name,
    issuer: issuer === issuerOf(host.name) ? undefined : issuer,
    owner: { login: owner, plan: all.some(guarded) ? "enterprise" : "team", secrets },
    users: numbered([...named("users"), SOMEBODY], 1001, (login) => ({ login })),
    teams: numbered(named("teams"), 2001, (slug) => ({ slug })),
    repositories: repositoriesOf(configuration),
  };
}

/**
 * Whether an environment needs the plan `enterprise` in a private repository.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
function guarded({ environment }: Pipeline): boolean {
  if (!environment) return false;
  const { reviewers, waitMinutes, adminsCanBypass } = environment;
  const reviewed = reviewers.users.length + reviewers.teams.length > 0;
  return reviewed || waitMinutes !== undefined || adminsCanBypass === false;
}

function numbered<T>(
  names: readonly string[],
  first: number,
  entry: (name: string) => T,
): Array<T & { id: number }> {
  return [...new Set(names)].map((name, index) => ({ ...entry(name), id: first + index }));
}
