import type { Answers } from "../../answer";
import type { RepositorySnapshot, Snapshot, StateResource } from "../../snapshot";

/** A federated credential, as Azure has it. */
export interface FoundCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** A role assignment of an identity. */
export interface FoundAssignment {
  readonly id: string;
  readonly scope: string;
  /** GUID of the role. */
  readonly role: string;
  readonly condition?: string;
}

/** A managed identity that was made by hand, with what it trusts and what it can do. */
export interface FoundIdentity {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly credentials: readonly FoundCredential[];
  readonly assignments: readonly FoundAssignment[];
}

/** What exists beside what the program reads, by pipeline. */
export interface FoundPipeline {
  /** Identities that trust the repository, or the one that the configuration names. */
  readonly identities: readonly FoundIdentity[];
  /** Texts of all workflows on the default branch, by path. */
  readonly workflows: Readonly<Record<string, string>>;
}

const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";

/**
 * The snapshot as it will be when the identities are imported. The program then uses their names,
 * and does not refuse them.
 *
 * @param resources names of the identities' resources, by pipeline.
 */
export function asImported(
  snapshot: Snapshot,
  chosen: Readonly<Record<string, FoundIdentity>>,
  resources: Readonly<Record<string, string>>,
): Snapshot {
  const imported = Object.entries(chosen).map(
    ([pipeline, { name, clientId, principalId }]): StateResource => ({
      type: IDENTITY,
      name: resources[pipeline] ?? "",
      outputs: { name, clientId, principalId },
    }),
  );
  const identities = Object.fromEntries(
    Object.entries(snapshot.azure.identities).filter(([pipeline]) => !(pipeline in chosen)),
  );
  return {
    ...snapshot,
    azure: { ...snapshot.azure, identities },
    state: { ...snapshot.state, resources: [...snapshot.state.resources, ...imported] },
  };
}

/** The beginnings of a repository's subjects: with names, and as GitHub issues them today. */
export function subjectPrefixes({ owner, name, subjects }: RepositorySnapshot): string[] {
  const today = subjects.status === "found" ? subjects.value.sub_claim_prefix : undefined;
  return [`repo:${owner.login}/${name}`, ...(today ? [today] : [])].map((it) => `${it}:`);
}

/** Whether one of the credentials trusts a repository. Entra compares subjects with their case. */
export function trusts(credentials: readonly FoundCredential[], prefixes: readonly string[]) {
  return credentials.some(({ subject }) =>
    prefixes.some((prefix) => subject.toLowerCase().startsWith(prefix.toLowerCase())),
  );
}

/** The repositories that could be read, by pipeline. */
export function repositories(
  answers: Answers<RepositorySnapshot>,
): Readonly<Record<string, RepositorySnapshot>> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, it]) =>
      it.status === "found" ? [[name, it.value] as const] : [],
    ),
  );
}
