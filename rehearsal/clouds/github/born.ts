import type { World } from "../../world";
import type {
  Environment,
  Organization,
  OrganizationValue,
  Repository,
  Settings,
  Stored,
} from "./model";

const AT = "2025-01-01T00:00:00.000Z";
/** Of what was there before, nobody knows the value. */
const THEIRS: Stored = { value: undefined, createdAt: AT, updatedAt: AT };

/** A repository as the world describes it. */
export function bornRepository(world: World["github"], settings: Settings): Repository {
  const files = new Map(Object.entries(settings.files));
  return {
    settings,
    renamedBranches: new Map(),
    branches: new Map(settings.empty ? [] : [[settings.defaultBranch, files]]),
    starts: new Map(),
    pullRequests: new Map(),
    secrets: named(settings.secrets, THEIRS),
    variables: named(settings.variables, THEIRS),
    environments: new Map(
      settings.environments.map((it) => [it.name.toLowerCase(), bornEnvironment(world, it)]),
    ),
    commits: [],
    subjectTemplate: settings.subjectTemplate && [...settings.subjectTemplate],
  };
}

/** The values of an organisation; every repository sees those from before. */
export function bornOrganization({ secrets, variables }: World["github"]["owner"]): Organization {
  const theirs: OrganizationValue = { ...THEIRS, visibility: "all", selected: [] };
  return { secrets: named(secrets, theirs), variables: named(variables, theirs) };
}

function bornEnvironment(
  { teams }: World["github"],
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
