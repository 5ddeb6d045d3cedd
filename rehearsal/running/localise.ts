import { parse, stringify } from "yaml";
import type { StackFile } from "../stack-file";
import type { World } from "../world";
import type { Services } from "./services";

/**
 * A stack and its world with this machine's registry, timestamps and downloads in place of the
 * real ones: by ordinary configuration, so that nothing generated is edited afterwards.
 */
export function localised(
  stack: StackFile,
  world: World,
  services: Services,
  timestampRootFile: string,
): { readonly stack: StackFile; readonly world: World } {
  const signing = {
    ...JSON.parse(stack.config["countersign:signing"] ?? "{}"),
    timestamp: { url: services.timestampUrl, rootCertificate: timestampRootFile },
  };
  const changes = { "countersign:signing": signing, "countersign:downloads": services.downloads };
  const { config, ...rest } = parse(stack.text) as { config: Record<string, unknown> };
  const stored = Object.entries(changes).map(([key, value]) => [key, JSON.stringify(value)]);
  const registries = world.azure.registries.map((registry) => ({
    ...registry,
    loginServer: services.loginServer,
  }));
  return {
    stack: {
      ...stack,
      text: stringify({ ...rest, config: { ...config, ...changes } }),
      config: { ...stack.config, ...Object.fromEntries(stored) },
    },
    world: { ...world, azure: { ...world.azure, registries } },
  };
}
