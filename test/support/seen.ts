import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { strayTrust } from "../../rehearsal/proof/stray";
import type { WorldInput } from "../../rehearsal/world/world";
import type { Bench, Config } from "./engine";
import { meant } from "./meant";

/** The subjects that Entra accepts by now. */
export function trusted({ azure }: Clouds): string[] {
  return [...azure.credentials.values()].map(({ subject }) => subject).sort();
}

/** What makes the proof fail, and what is trusted though no run of it is declared. */
export function faults(clouds: Clouds, config: Config, world: WorldInput): string[] {
  const intents = meant(config, world);
  const rows = prove(clouds, intents);
  return [...rows.flatMap(({ violations }) => violations), ...strayTrust(clouds, intents)];
}

/** What the declared runs of the committed workflow cannot do; until a merge they may do more. */
export function lost(clouds: Clouds, config: Config, world: WorldInput): string[] {
  const runs = prove(clouds, meant(config, world)).filter(({ declared }) => declared);
  return runs.flatMap(({ violations }) => violations).filter((it) => !it.includes("is allowed"));
}

/** All writes since the last look, in order: `create web-files-workflow`. */
export function writes({ traffic }: Clouds): string[] {
  const since = traffic.writes.splice(0);
  return since.map(({ operation, name }) => `${operation} ${name}`);
}

/** Watches from now on: the writes at which a declared run of the committed workflow is refused. */
export function outages(clouds: Clouds, config: Config, world: WorldInput): string[] {
  const seen: string[] = [];
  clouds.traffic.fault = ({ operation, name }) => {
    const runs = prove(clouds, meant(config, world)).filter(({ declared }) => declared);
    const lost = runs.some(({ exchange }) => exchange !== "token");
    if (lost) seen.push(`before ${operation} ${name}`);
    return undefined;
  };
  return seen;
}

/** Runs `up`; what it warns of, each once. */
export async function warnings({ run }: Bench, name: string): Promise<string[]> {
  const told = new Set<string>();
  await run("up", name, {
    onEvent: ({ diagnosticEvent: it }) => {
      if (it?.severity === "warning") told.add(it.message.replace(/<\{%[^%]*%\}>/g, "").trim());
    },
  });
  return [...told];
}
