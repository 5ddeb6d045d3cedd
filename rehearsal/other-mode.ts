import type { StackConfiguration } from "../configuration/schema";
import { embeddedClouds } from "./clouds/clouds";
import { outputsOf } from "./engine/outputs";
import {
  OperationError,
  openSession,
  type Phase,
  type RunOptions,
  type SessionSettings,
} from "./engine/session";
import { intents } from "./intent";
import { clusterFaults } from "./proof/cluster";
import { prove } from "./proof/prove";
import { strayTrust } from "./proof/stray";
import type { OtherMode } from "./report";
import { meantBy } from "./verification";
import type { World } from "./world/world";

interface Settings extends Omit<SessionSettings, "clouds">, Pick<RunOptions, "onEvent" | "signal"> {
  readonly onPhase?: (name: string, done?: Phase) => void;
}

/**
 * The same stack on a registry in RBAC mode: one `up`, and the trust proof. It is for a configuration
 * that takes either mode, while nothing says which one the registry has.
 */
export async function rehearseRbac(
  settings: Settings,
  configuration: StackConfiguration,
  world: World,
): Promise<OtherMode> {
  const registries = world.azure.registries.map((it) => ({ ...it, mode: "rbac" as const }));
  const there = { ...world, azure: { ...world.azure, registries } };
  const clouds = embeddedClouds(there);
  const session = await openSession({ ...settings, clouds });
  try {
    const name = "up, RBAC";
    const { signal, onEvent, onPhase } = settings;
    onPhase?.(name);
    const done = await session.run("up", name, { onEvent, signal });
    onPhase?.(name, done);
    const meant = meantBy(intents(configuration, there), await outputsOf(session));
    const proof = prove(clouds, meant);
    const violations = [
      ...proof.flatMap((row) => row.violations),
      ...clusterFaults(clouds, meant, configuration.cluster?.issuer),
    ];
    return {
      mode: "rbac",
      reasons: [...new Set([...violations, ...strayTrust(clouds, meant)])],
      reaches: [...new Set(proof.flatMap((row) => row.reaches))],
    };
  } catch (failure) {
    if (!(failure instanceof OperationError)) throw failure;
    return { mode: "rbac", reasons: [failure.message], reaches: [] };
  } finally {
    await session.close();
  }
}

/** Whether a registry could be in either mode: neither the configuration nor the world says so. */
export function takesBothModes(
  { registry }: StackConfiguration,
  { azure }: World,
  stated: unknown,
): boolean {
  const isIt = ({ name }: { readonly name: string }) =>
    String(name).toLowerCase() === registry.name.toLowerCase();
  type Written = { readonly azure?: { readonly registries?: ReadonlyArray<{ name: string }> } };
  const written = (stated as Written).azure?.registries?.find(isIt);
  const { mode } = azure.registries.find(isIt) ?? {};
  return registry.permissions === "auto" && mode === "abac" && !(written && "mode" in written);
}
