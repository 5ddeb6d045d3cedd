import type { World } from "../../world/world";
import type {
  Environment,
  Organization,
  OrganizationValue,
  Repository,
  Settings,
  Stored,
} from "./model";
import { ABOUT } from "./repository/about";

const README = "README.md";
const AT = "2025-01-01T00:00:00Z";
/** A secret from before: its value is unknown. */
const SECRET: Stored = { value: undefined, createdAt: AT, updatedAt: AT };
/** A variable from before: GitHub shows its value. */
const VARIABLE: Stored = { ...SECRET, value: "set by somebody else" };

/** The state of a repository in the world. */
export function bornRepository(
  world: Pick<World["github"], "teams">,
  settings: Settings,
): Repository {
  const files = new Map(Object.entries(settings.files));
  return {
    settings,
    isNew: false,
    isInternal: false,
    about: ABOUT,
    renamedBranches: new Map(),
    branches: new Map(settings.empty ? [] : [[settings.defaultBranch, files]]),
    starts: new Map(),
    pullRequests: new Map(),
    secrets: named(settings.secrets, SECRET),
    variables: named(settings.variables, VARIABLE),
    environments: new Map(
      settings.environments.map((it) => [it.name.toLowerCase(), bornEnvironment(world, it)]),
    ),
    commits: [],
    subjectTemplate: settings.subjectTemplate && [...settings.subjectTemplate],
  };
}

/**
 * A repository that was just created. The first commit is GitHub's, and no rule stops it (u).
 * Since July 15, 2026, new repositories have subjects with ids:
 * https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
 */
export function newRepository(
  { owner, teams }: Pick<World["github"], "owner" | "teams">,
  { readme, ...it }: { name: string; id: number; private: boolean; readme?: string },
): Repository {
  const { rulesets, ...given } = owner.newRepositories;
  const settings: Settings = {
    ...it,
    ...given,
    rulesets: rulesets.map((ruleset) => ({ ...ruleset, source: "Organization" })),
    archived: false,
    empty: readme === undefined,
    immutableSubjects: true,
    protectedBranches: [],
    files: readme === undefined ? {} : { [README]: readme },
    secrets: [],
    variables: [],
    environments: [],
  };
  const first = { branch: given.defaultBranch, path: README, message: "Initial commit" };
  const commits = settings.empty ? [] : [first];
  return { ...bornRepository({ teams }, settings), isNew: true, commits };
}

/** The values of an organization. Every repository sees those from before. */
export function bornOrganization({ secrets, variables }: World["github"]["owner"]): Organization {
  const forAll = (value: Stored): OrganizationValue => ({
    ...value,
    visibility: "all",
    selected: [],
  });
  return { secrets: named(secrets, forAll(SECRET)), variables: named(variables, forAll(VARIABLE)) };
}

function bornEnvironment(
  { teams }: Pick<World["github"], "teams">,
  { reviewers, policies, ...settings }: Settings["environments"][number],
): Environment {
  const slugs = teams.map(({ slug }) => slug);
  return {
    ...settings,
    reviewers: reviewers.map((it) => (slugs.includes(it) ? `team:${it}` : it)),
    waitMinutes: 0,
    policies: policies?.map((policy, index) => ({ ...policy, id: index + 1 })),
    secrets: new Map(),
    variables: new Map(),
  };
}

function named<T extends Stored>(names: readonly string[], value: T): Map<string, T> {
  return new Map(names.map((name) => [name.toUpperCase(), value]));
}
