import type { World } from "../world/world";
import { azureProvider } from "./azure/provider";
import { AzureState } from "./azure/state";
import { entraProvider } from "./entra/provider";
import { githubProvider } from "./github/provider";
import { GitHubState } from "./github/state";
import { type RunningProvider, serve } from "./provider";
import { type PulumiService, pulumiServiceProvider } from "./pulumiservice/provider";
import type { Traffic } from "./table";

/** The embedded clouds of one rehearsal, and their traffic. */
export interface Clouds {
  readonly azure: AzureState;
  readonly github: GitHubState;
  readonly pulumiService: PulumiService;
  readonly traffic: Traffic;
  /** Everything that exists, in words. */
  inventory(): string[];
  /** Starts the providers that the engine attaches to. */
  open(): Promise<readonly RunningProvider[]>;
}

/** Clouds in which exactly the world exists. */
export function embeddedClouds(world: World): Clouds {
  const azure = new AzureState(world.azure);
  const github = new GitHubState(world.github);
  const pulumiService: PulumiService = new Map();
  const traffic: Traffic = { writes: [], reads: [] };
  return {
    azure,
    github,
    pulumiService,
    traffic,
    inventory: () => [...azure.inventory(), ...github.inventory(), ...pulumiService.keys()],
    open: () => {
      const tables = [
        azureProvider(azure),
        entraProvider(azure),
        githubProvider(github),
        pulumiServiceProvider(pulumiService),
      ];
      return Promise.all(tables.map((it) => serve(it, traffic)));
    },
  };
}
