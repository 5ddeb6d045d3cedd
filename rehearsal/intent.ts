import type { StackConfiguration } from "../configuration/schema";
import { issuerOf } from "./proof/hosts";
import type { World } from "./world/world";

type Pipeline = StackConfiguration["pipelines"][string];

/** What one pipeline should allow. The proof compares with it; it comes from the configuration. */
export interface Intent {
  readonly pipeline: string;
  readonly repository: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** Whether pushes start the workflow. Otherwise, people and other workflows do. */
  readonly pushes: boolean;
  /** Whether the workflow builds the images. */
  readonly builds: boolean;
  /** Name of the signing job's environment. */
  readonly environment: string | undefined;
  /** Whether the stack creates the environment. Otherwise it exists already. */
  readonly createsEnvironment: boolean;
  /** Whether a run must be approved. */
  readonly reviewed: boolean;
  /** `OWNER/REPOSITORY/PATH@REF` of the only reusable workflow that may log in. */
  readonly governed: string | undefined;
  readonly subjects: Pipeline["subjects"];
  readonly identity: Pipeline["identity"]["kind"];
  /** Name of the identity that the pipeline shares with other pipelines. */
  readonly shares: string | undefined;
  readonly level: Pipeline["level"];
  readonly images: readonly string[];
  /** Tags that build an image, if only some of the pipeline's do. */
  readonly tagsOf: Readonly<Record<string, readonly string[]>>;
  readonly workflow: string;
  readonly registry: {
    readonly resourceGroup: string;
    readonly name: string;
    /** What the registry says. If it says nothing: what the configuration says. */
    readonly mode: "abac" | "rbac";
  };
  readonly signing: {
    readonly resourceGroup: string;
    readonly account: string;
    readonly profile: string;
  };
  readonly adopt: boolean;
  /** The pipeline whose images its runs verify. Then they may pull, and do nothing else. */
  readonly verifies: string | undefined;
  /** Issuer of tokens, if the owner's enterprise has its own. */
  readonly issuer: string | undefined;
}

export function intents(configuration: StackConfiguration, world: World): Intent[] {
  const { signing } = configuration;
  const { resourceGroup, name, permissions } = configuration.registry;
  const reported = world.azure.registries.find((it) => isSame(it.name, name))?.mode;
  const stated = permissions === "rbac" ? "rbac" : "abac";
  const mode = reported === "abac" || reported === "rbac" ? reported : stated;
  const registry = { resourceGroup, name, mode } as const;
  const { host, issuer: written } = world.github;
  const issuer = written === issuerOf(host) ? undefined : written;
  return Object.entries(configuration.pipelines).flatMap(([pipeline, wanted]) => {
    const { environment, identity, verify } = wanted;
    const typed = wanted.repository;
    const settings = world.github.repositories.find((it) => isSame(it.name, typed));
    const repository = settings?.name ?? typed;
    const { users, teams } = environment?.reviewers ?? { users: [], teams: [] };
    const createsEnvironment = environment !== undefined && (environment.create ?? !wanted.adopt);
    // An environment that exists already keeps its own reviewers.
    const found = settings?.environments.find((it) => isSame(it.name, environment?.name ?? ""));
    const reviewers = createsEnvironment ? [...users, ...teams] : (found?.reviewers ?? []);
    const defaultBranch = settings?.defaultBranch ?? "main";
    const branches = wanted.branches ?? [defaultBranch];
    const signs: Intent = {
      pipeline,
      repository,
      branches,
      tags: wanted.tags,
      pushes: wanted.build && wanted.push,
      builds: wanted.build,
      environment: environment?.name,
      createsEnvironment,
      reviewed: reviewers.length > 0,
      governed: wanted.trust?.workflow,
      subjects: wanted.subjects,
      identity: identity.kind,
      shares: identity.kind === "shared" ? identity.name : undefined,
      level: wanted.level,
      images: wanted.images?.map(({ name }) => name) ?? [repository.toLowerCase()],
      tagsOf: Object.fromEntries(
        wanted.images.flatMap(({ name, tags }) => (tags ? [[name, tags] as const] : [])),
      ),
      workflow: wanted.workflow,
      registry,
      signing,
      adopt: wanted.adopt,
      verifies: undefined,
      issuer,
    };
    if (!verify) return [signs];
    // Without an environment, patterns have no credential.
    const exact = [...new Set([defaultBranch, ...branches])].filter((it) => !it.includes("*"));
    const verifies: Intent = {
      ...signs,
      pipeline: `${pipeline}, verifying`,
      // Countersign does not declare the environment, so all refs may verify in it.
      branches: verify.environment ? ["*"] : exact,
      tags: verify.environment ? ["*"] : [],
      pushes: false,
      builds: false,
      environment: verify.environment,
      createsEnvironment: false,
      reviewed: false,
      identity: "created",
      shares: undefined,
      level: "repository",
      workflow: verify.workflow,
      verifies: pipeline,
    };
    return [signs, verifies];
  });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** This pipeline, and the pipelines that should log in as the same identity. */
export function sharers(all: readonly Intent[], intent: Intent): readonly Intent[] {
  const { shares } = intent;
  return shares === undefined ? [intent] : all.filter((it) => it.shares === shares);
}
