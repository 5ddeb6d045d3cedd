import type { StackConfiguration } from "../../configuration/schema";
import type { World } from "../world/world";

type Repository = World["github"]["repositories"][number];
/** A part of a world's file, before defaults. */
type Written = Readonly<Record<string, unknown>>;

const ACTIONS = ["actionsEnabled", "allowedActions", "selectedActions", "requireShaPins"];

/**
 * What a rehearsal takes for granted and cannot check: neither the configuration nor the file of the
 * world states it. `stated` is that file, or an empty object if there is none.
 */
export function assumptions(
  configuration: StackConfiguration,
  { azure, github }: World,
  stated: unknown,
): string[] {
  const { registry, signing } = configuration;
  const entry = (path: readonly string[], name: string) =>
    listAt(stated, path).find((it) => isSame(it.name, name)) ?? {};
  const mode = azure.registries.find(({ name }) => isSame(name, registry.name))?.mode;
  const account = azure.signingAccounts.find(({ name }) => isSame(name, signing.account));
  const profile = account?.profiles.find(({ name }) => isSame(name, signing.profile));
  const writtenAccount = entry(["azure", "signingAccounts"], signing.account);
  const writtenProfile = listAt(writtenAccount, ["profiles"]).find((it) =>
    isSame(it.name, signing.profile),
  );
  const owner = (at(stated, ["github", "owner"]) ?? {}) as Written;
  const isStated = (repository: Repository, keys: readonly string[]) => {
    const written = entry(["github", "repositories"], repository.name);
    return keys.some((key) => key in written);
  };
  const ofRepositories = (keys: readonly string[], say: (repository: Repository) => string) =>
    grouped(
      github.repositories.filter((it) => !isStated(it, keys)),
      say,
    );
  return [
    ...(registry.permissions === "auto" &&
    !("mode" in entry(["azure", "registries"], registry.name)) &&
    mode
      ? [`Registry ${registry.name}: its mode is ${mode.toUpperCase()}`]
      : []),
    ...("plan" in owner ? [] : [`Owner ${github.owner.login}: the plan is ${github.owner.plan}`]),
    ...ofRepositories(["defaultBranch"], (it) => `the default branch is ${it.defaultBranch}`),
    ...ofRepositories(["protectedBranches", "rulesets"], protection),
    ...ofRepositories(ACTIONS, () => "GitHub Actions is on, and every action is allowed"),
    ...(profile && signing.rootCertificate && !("type" in (writtenProfile ?? {}))
      ? [`Certificate profile ${profile.name}: its type is ${profile.type}`]
      : []),
    ...(profile && !("subject" in (writtenProfile ?? {}))
      ? [`Certificate profile ${profile.name}: its subject is ${profile.subject}`]
      : []),
    ...ofCreated(configuration, stated),
  ];
}

/** What the things that the stack creates take for granted. */
function ofCreated({ registry, signing, pipelines }: StackConfiguration, stated: unknown) {
  const { account, createAccount, createProfile } = signing;
  const groups = [
    ...(registry.create ? [registry.resourceGroup] : []),
    ...(createAccount ? [signing.resourceGroup] : []),
  ];
  const accounts = listAt(stated, ["azure", "signingAccounts"]);
  const isStated = accounts.some(({ name }) => isSame(name, account));
  return [
    ...(at(stated, ["azure", "resourceGroups"]) === undefined
      ? [...new Set(groups)].map((name) => `Resource group ${name}: it exists`)
      : []),
    ...(registry.create ? [`Registry ${registry.name}: its name is free`] : []),
    ...(createProfile && !createAccount && !isStated ? [`Account ${account}: it exists`] : []),
    ...(createProfile
      ? [`Identity validation ${createProfile.identityValidationId}: it is Completed`]
      : []),
    ...Object.values(pipelines).flatMap(({ repository, createRepository }) =>
      createRepository
        ? [`Repository ${repository}: its first branch is ${createRepository.defaultBranch}`]
        : [],
    ),
  ];
}

function protection({ protectedBranches }: Repository): string {
  const branches = protectedBranches.join(", ");
  return branches ? `${branches} is protected` : "no branch is protected, and there is no ruleset";
}

/** One line for all repositories of which the same is said. */
function grouped(
  repositories: readonly Repository[],
  say: (repository: Repository) => string,
): string[] {
  const texts = [...new Set(repositories.map(say))];
  return texts.map((text) => {
    const names = repositories.filter((it) => say(it) === text).map(({ name }) => name);
    const [kind, shown] = [names.length === 1 ? "Repository" : "Repositories", names.slice(0, 3)];
    const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
    return `${kind} ${shown.join(", ")}${more}: ${text}`;
  });
}

function at(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Written | undefined)?.[key], input);
}

function listAt(input: unknown, path: readonly string[]): Written[] {
  const found = at(input, path);
  return Array.isArray(found) ? found : [];
}

function isSame(one: unknown, other: string): boolean {
  return String(one).toLowerCase() === other.toLowerCase();
}
