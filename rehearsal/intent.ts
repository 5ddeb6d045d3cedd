import type { StackConfiguration } from "../config";
import type { World } from "./world";

type Pipeline = StackConfiguration["pipelines"][string];

/** What a stack means to allow: the yardstick of the proof, read from its configuration alone. */
export interface Intent {
  readonly pipeline: string;
  readonly repository: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** Name of the signing job's environment. */
  readonly environment: string | undefined;
  /** Whether it is made here; otherwise it is used as it is. */
  readonly createsEnvironment: boolean;
  /** Whether a run must be approved. */
  readonly reviewed: boolean;
  /** `OWNER/REPOSITORY/PATH@REF` of the one reusable workflow that may log in. */
  readonly governed: string | undefined;
  readonly subjects: Pipeline["subjects"];
  readonly identity: Pipeline["identity"]["kind"];
  /** Name of the identity that it shares with others. */
  readonly shares: string | undefined;
  readonly level: Pipeline["level"];
  readonly images: readonly string[];
  readonly workflow: string;
  readonly registry: { readonly resourceGroup: string; readonly name: string };
  readonly signing: {
    readonly resourceGroup: string;
    readonly account: string;
    readonly profile: string;
  };
  readonly adopt: boolean;
}

export function intents(configuration: StackConfiguration, world: World): Intent[] {
  const { registry, signing } = configuration;
  return Object.entries(configuration.pipelines).map(([pipeline, wanted]) => {
    const { environment, identity } = wanted;
    const typed = wanted.repository ?? pipeline;
    const settings = world.github.repositories.find(
      ({ name }) => name.toLowerCase() === typed.toLowerCase(),
    );
    const repository = settings?.name ?? typed;
    const { users, teams } = environment?.reviewers ?? { users: [], teams: [] };
    const createsEnvironment = environment !== undefined && (environment.create ?? !wanted.adopt);
    // One that is used as it is has the reviewers that it has.
    const found = settings?.environments.find(
      ({ name }) => name.toLowerCase() === environment?.name.toLowerCase(),
    );
    const reviewers = createsEnvironment ? [...users, ...teams] : (found?.reviewers ?? []);
    return {
      pipeline,
      repository,
      branches: wanted.branches ?? [settings?.defaultBranch ?? "main"],
      tags: wanted.tags,
      environment: environment?.name,
      createsEnvironment,
      reviewed: reviewers.length > 0,
      governed: wanted.trust?.workflow,
      subjects: wanted.subjects,
      identity: identity.kind,
      shares: identity.kind === "shared" ? identity.name : undefined,
      level: wanted.level,
      images: wanted.images?.map(({ name }) => name) ?? [repository.toLowerCase()],
      workflow: wanted.workflow,
      registry,
      signing,
      adopt: wanted.adopt,
    };
  });
}

/** The pipelines that are meant to log in as one identity with this one, and this one. */
export function sharers(all: readonly Intent[], intent: Intent): readonly Intent[] {
  const { shares } = intent;
  return shares === undefined ? [intent] : all.filter((it) => it.shares === shares);
}
