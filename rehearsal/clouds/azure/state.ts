import { v5 as uuidv5 } from "uuid";
import type { World } from "../../world";
import { CloudError } from "../table";

export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  location: string;
  readonly clientId: string;
  readonly principalId: string;
}

export interface Credential {
  readonly id: string;
  readonly identityId: string;
  readonly name: string;
  issuer: string;
  subject: string;
  audience: string;
}

export interface Assignment {
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleGuid: string;
  condition: string | undefined;
}

/** What one rehearsal's Azure holds. Ids are compared without regard to case, as ARM does. */
export class AzureState {
  readonly identities = new Map<string, Identity>();
  readonly credentials = new Map<string, Credential>();
  readonly assignments = new Map<string, Assignment>();
  private readonly generations = new Map<string, number>();

  constructor(readonly world: World["azure"]) {}

  get subscription(): string {
    return `/subscriptions/${this.world.subscriptionId}`;
  }

  groupId(name: string): string {
    const group = this.world.resourceGroups.find((it) => it.toLowerCase() === name.toLowerCase());
    if (!group) {
      throw new CloudError("ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
    }
    return `${this.subscription}/resourceGroups/${group}`;
  }

  registryId(registry: World["azure"]["registries"][number]): string {
    const group = this.groupId(registry.resourceGroup);
    return `${group}/providers/Microsoft.ContainerRegistry/registries/${registry.name}`;
  }

  accountId(account: World["azure"]["signingAccounts"][number]): string {
    const group = this.groupId(account.resourceGroup);
    return `${group}/providers/Microsoft.CodeSigning/codeSigningAccounts/${account.name}`;
  }

  profileId(account: World["azure"]["signingAccounts"][number], profile: string): string {
    return `${this.accountId(account)}/certificateProfiles/${profile}`;
  }

  /** Ids of everything that a role may be assigned on. */
  scopes(): string[] {
    const { registries, signingAccounts, resourceGroups } = this.world;
    return [
      this.subscription,
      ...resourceGroups.map((group) => this.groupId(group)),
      ...registries.map((registry) => this.registryId(registry)),
      ...signingAccounts.flatMap((account) => [
        this.accountId(account),
        ...account.profiles.map(({ name }) => this.profileId(account, name)),
      ]),
    ];
  }

  /** A new GUID at each call, the same in every rehearsal. */
  guid(of: string): string {
    const generation = (this.generations.get(of) ?? 0) + 1;
    this.generations.set(of, generation);
    return uuidv5(`${of}#${generation}`, this.world.tenantId);
  }

  /** What is there beyond the world, in words, for comparing before and after. */
  inventory(): string[] {
    return [
      ...[...this.identities.values()].map(({ id }) => `identity ${id}`),
      ...[...this.credentials.values()].map(({ id }) => `federated credential ${id}`),
      ...[...this.assignments.values()].map(({ id }) => `role assignment ${id}`),
    ].sort();
  }
}

export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
