import type { World } from "../world";
import { azureProvider } from "./azure/provider";
import { AzureState } from "./azure/state";
import { entraProvider } from "./entra/provider";
import { githubProvider } from "./github/provider";
import { GitHubState } from "./github/state";
import { type RunningProvider, serve } from "./provider";
import type { Traffic } from "./table";

/** The embedded clouds of one rehearsal, and the traffic that reaches them. */
export interface Clouds {
  readonly azure: AzureState;
  readonly github: GitHubState;
  readonly traffic: Traffic;
  /** Everything there, in words. */
  inventory(): string[];
  /** Listens for the engine. */
  open(): Promise<readonly RunningProvider[]>;
}

/** Clouds in which just that world exists. */
export function embeddedClouds(world: World): Clouds {
  const azure = new AzureState(world.azure);
  const github = new GitHubState(world.github);
  const traffic: Traffic = { writes: [] };
  return {
    azure,
    github,
    traffic,
    inventory: () => [...azure.inventory(), ...github.inventory()],
    open: () => {
      const tables = [azureProvider(azure), entraProvider(azure), githubProvider(github)];
      return Promise.all(tables.map((it) => serve(it, traffic)));
    },
  };
}
