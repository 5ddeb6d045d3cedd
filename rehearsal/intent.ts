import type { StackConfiguration } from "../config";
import type { World } from "./world";

/** What a stack means to allow: the yardstick of the proof, read from its configuration alone. */
export interface Intent {
  readonly pipeline: string;
  readonly repository: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment: string | undefined;
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
    const typed = wanted.repository ?? pipeline;
    const settings = world.github.repositories.find(
      ({ name }) => name.toLowerCase() === typed.toLowerCase(),
    );
    const repository = settings?.name ?? typed;
    return {
      pipeline,
      repository,
      branches: wanted.branches ?? [settings?.defaultBranch ?? "main"],
      tags: wanted.tags,
      environment: wanted.environment,
      images: wanted.images?.map(({ name }) => name) ?? [repository.toLowerCase()],
      workflow: wanted.workflow,
      registry,
      signing,
      adopt: wanted.adopt,
    };
  });
}
