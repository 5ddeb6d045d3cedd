import { isDeepStrictEqual } from "node:util";
import type { ProviderTable } from "./table";
import type { Properties } from "./wire";

/**
 * Why a provider's configuration is refused, in the words of
 * https://github.com/pulumi/pulumi-terraform-bridge, pkg/tfbridge/check_failures.go.
 */
export function configurationFaults(
  { name: provider, configuration }: ProviderTable,
  instance: string,
  news: Properties,
): string[] {
  // The engine adds the version of the plugin.
  const known = configuration && [...configuration, "version"];
  const unknown = Object.keys(news).filter((key) => known?.includes(key) === false);
  const isDefault = instance.startsWith("default");
  return unknown.map((key) =>
    isDefault
      ? `\`${provider}:${key}\` is not a valid configuration key for the ${provider} provider. If the referenced key is not intended for the provider, please choose a different namespace from \`${provider}:\`.`
      : `could not validate provider configuration: Invalid or unknown key. Examine values at '${instance}.${key}'.`,
  );
}

/** The keys that differ between two configurations of a provider. */
export function configurationChanges(before: Properties, news: Properties): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(news)])];
  return keys.filter((key) => !isDeepStrictEqual(before[key], news[key]));
}
