import { v5 as uuidv5 } from "uuid";
import type { World } from "../../world/world";
import { CloudError } from "../table";
import { AUDIENCES } from "./credential-rules";
import { addExisting } from "./existing";
import { livingCopy } from "./living";
import type {
  Application,
  Assignment,
  Credential,
  Details,
  Identity,
  ServicePrincipal,
} from "./model";
import { principals } from "./principals";
import { groupsOf, subscriptionsOf } from "./subscriptions";

export type { Application, Assignment, Credential, Details, Identity } from "./model";

/** The state of Azure and Entra in one rehearsal. Ids are compared in any case, as in ARM. */
export class AzureState {
  readonly identities = new Map<string, Identity>();
  readonly credentials = new Map<string, Credential>();
  readonly assignments = new Map<string, Assignment>();
  /** By object id. */
  readonly applications = new Map<string, Application>();
  /** What exists now. Registries, signing accounts and profiles come and go in it. */
  readonly world: World["azure"];
  /** What a PUT said about a registry, an account or a profile, by its id in lower case. */
  readonly details = new Map<string, Details>();
  /** Ids of the registries, accounts and profiles that the rehearsal created. */
  readonly created = new Set<string>();
  /** For each generic resource, the API version that the inputs in the state have. */
  readonly versionsInState = new Map<string, string>();
  /** Each request to ARM: its method, path and API version. */
  readonly requests: string[] = [];
  /** Principals that are old enough for Azure to find them in the directory. */
  readonly replicated: ReadonlySet<string>;
  private readonly generations = new Map<string, number>();

  /** An Azure in which the identities and applications of the world exist. */
  constructor(world: World["azure"]) {
    this.world = livingCopy(world);
    addExisting(this);
    this.replicated = new Set(principals(this).flatMap(({ principalId }) => principalId ?? []));
  }

  /** The audience of federated credentials that this cloud accepts. */
  get audience(): string {
    return AUDIENCES[this.world.environment];
  }

  /** Id of the subscription that the provider is configured for. */
  get subscription(): string {
    return `/subscriptions/${this.world.subscriptionId}`;
  }

  /** Id of a resource group. Default: of the subscription that the provider is configured for. */
  groupId(name: string, subscription: string = this.world.subscriptionId): string {
    const group = groupsOf(this.world, subscription).find((it) => sameId(it, name));
    if (!group) {
      throw new CloudError("ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
    }
    const own = subscriptionsOf(this.world).find((it) => sameId(it, subscription));
    return `/subscriptions/${own}/resourceGroups/${group}`;
  }

  registryId({ resourceGroup, name, subscription }: World["azure"]["registries"][number]): string {
    const group = this.groupId(resourceGroup, subscription);
    return `${group}/providers/Microsoft.ContainerRegistry/registries/${name}`;
  }

  accountId(account: World["azure"]["signingAccounts"][number]): string {
    const group = this.groupId(account.resourceGroup, account.subscription);
    return `${group}/providers/Microsoft.CodeSigning/codeSigningAccounts/${account.name}`;
  }

  profileId(account: World["azure"]["signingAccounts"][number], profile: string): string {
    return `${this.accountId(account)}/certificateProfiles/${profile}`;
  }

  /** Ids of all scopes that a role can be assigned on. */
  scopes(): string[] {
    const { registries, signingAccounts } = this.world;
    return [
      ...subscriptionsOf(this.world).flatMap((subscription) => [
        `/subscriptions/${subscription}`,
        ...groupsOf(this.world, subscription).map((group) => this.groupId(group, subscription)),
      ]),
      ...registries.map((registry) => this.registryId(registry)),
      ...signingAccounts.flatMap((account) => [
        this.accountId(account),
        ...account.profiles.map(({ name }) => this.profileId(account, name)),
      ]),
    ];
  }

  identityId(resourceGroup: string, name: string, subscription?: string): string {
    const group = this.groupId(resourceGroup, subscription);
    return `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  }

  addIdentity(
    resourceGroup: string,
    name: string,
    location: string,
    subscription?: string,
  ): Identity {
    const id = this.identityId(resourceGroup, name, subscription);
    const [clientId, principalId] = [this.guid(`${id}/client`), this.guid(`${id}/principal`)];
    const identity = { id, name, resourceGroup, location, clientId, principalId };
    this.identities.set(id.toLowerCase(), identity);
    return identity;
  }

  addApplication(displayName: string, clientId?: string): Application {
    const objectId = this.guid(`application ${displayName}`);
    const id = `/applications/${objectId}`;
    const application: Application = {
      id,
      objectId,
      clientId: clientId ?? this.guid(`${id}/client`),
      displayName,
      owners: [],
      servicePrincipal: undefined,
    };
    this.applications.set(objectId, application);
    return application;
  }

  addServicePrincipal(application: Application): ServicePrincipal {
    const objectId = this.guid(`${application.id}/principal`);
    application.servicePrincipal = { id: `/servicePrincipals/${objectId}`, objectId };
    return application.servicePrincipal;
  }

  /** Credentials of one identity or application. */
  credentialsOf(identityId: string): Credential[] {
    return [...this.credentials.values()].filter((it) => sameId(it.identityId, identityId));
  }

  /** Deletes the credentials of an identity or an application that is deleted. */
  dropCredentialsOf(identityId: string): void {
    for (const [key, it] of this.credentials) {
      if (sameId(it.identityId, identityId)) this.credentials.delete(key);
    }
  }

  /** Forgets a registry, an account or a profile, and the role assignments on it (u). */
  forget(id: string): void {
    this.details.delete(id.toLowerCase());
    this.created.delete(id);
    for (const [key, { scope }] of this.assignments) {
      if (sameId(scope, id)) this.assignments.delete(key);
    }
  }

  /** A new GUID for each call. The GUIDs are the same in every rehearsal. */
  guid(of: string): string {
    const generation = (this.generations.get(of) ?? 0) + 1;
    this.generations.set(of, generation);
    return uuidv5(`${of}#${generation}`, this.world.tenantId);
  }

  /** Everything that can be created and deleted, in words, for comparisons. */
  inventory(): string[] {
    return [
      ...[...this.identities.values()].map(({ id }) => `identity ${id}`),
      ...[...this.applications.values()].flatMap(inWords),
      ...[...this.credentials.values()].map(({ id }) => `federated credential ${id}`),
      ...[...this.assignments.values()].map(({ id }) => `role assignment ${id}`),
      ...[...this.created].map((id) => `resource ${id}`),
    ].sort();
  }
}

function inWords({ id, displayName, owners, servicePrincipal }: Application): string[] {
  return [
    `application ${displayName} ${id}`,
    ...owners.map((owner) => `application owner ${id}/owners/${owner}`),
    ...(servicePrincipal ? [`service principal ${servicePrincipal.id}`] : []),
  ];
}

export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
