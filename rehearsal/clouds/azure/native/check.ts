import { type Properties, UNKNOWN, type Value } from "../../wire";
import { Refusal } from "../arm/refusal";
import type { Instance } from "./instance";
import type { ResourceMetadata } from "./metadata-types";
import { pathOf } from "./shape";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
/** The version in which the provider reads a resource group. */
const GROUP_VERSION = "2020-10-01";

/**
 * The inputs that the provider completes at preview, and what it refuses. Source:
 * pulumi/pulumi-azure-native, provider/pkg/provider/provider.go@006a62af (`applyDefaults`,
 * `validateType`).
 */
export function checked(
  metadata: ResourceMetadata,
  instance: Instance,
  name: string,
  news: Properties,
  olds: Properties,
): { readonly inputs: Properties; readonly fault?: string } {
  const located = metadata.top.includes("location");
  const inputs = {
    ...news,
    ...named(metadata, instance, name, news, olds),
    ...(located && { location: news.location ?? defaultLocation(instance, news, olds) }),
    azureApiVersion: metadata.apiVersion,
  };
  return { inputs, fault: faultOf(metadata, inputs) };
}

function faultOf(metadata: ResourceMetadata, inputs: Properties): string | undefined {
  const { top, patterns, locationRequired = top.includes("location") } = metadata;
  if (locationRequired && inputs.location === undefined) {
    return "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";
  }
  const [found] = Object.entries(patterns).filter(([property, pattern]) => {
    const value = inputs[property];
    return typeof value === "string" && value !== UNKNOWN && !new RegExp(pattern).test(value);
  });
  return found && `'${found[0]}' does not match expression '${found[1]}'`;
}

/** A random name lets the provider create a replacement before it deletes the resource. */
function named(
  { autoName: { input, kind } }: ResourceMetadata,
  { azure }: Instance,
  name: string,
  news: Properties,
  olds: Properties,
): Properties {
  if (news[input] !== undefined) return {};
  const flag = kind === "random" ? { __createBeforeDelete: true } : {};
  if (olds[input] !== undefined) return { [input]: olds[input], ...flag };
  const random = azure.guid(`automatic name ${name}`);
  const names = { random: `${name}${random.slice(0, 8)}`, copy: name, uuid: random };
  return { [input]: names[kind], ...flag };
}

/** The earlier region, the configured one, or that of the resource group. */
function defaultLocation(
  { client, subscriptionId, location }: Instance,
  news: Properties,
  olds: Properties,
): Value {
  const known = olds.location ?? location;
  if (known !== undefined || news.resourceGroupName === UNKNOWN) return known ?? UNKNOWN;
  try {
    return client.get(pathOf(GROUP, { ...news, subscriptionId }), GROUP_VERSION).location;
  } catch (failure) {
    if (failure instanceof Refusal) return undefined;
    throw failure;
  }
}
