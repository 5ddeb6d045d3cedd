import { isDeepStrictEqual } from "node:util";
import { isProperties, type Properties, type Value } from "../../wire";
import type { ResourceMetadata } from "./metadata-types";

/**
 * Inputs that a refresh changes. The provider compares the outputs in the state with those that it
 * reads, and copies what changed into the inputs: of an object, only the parts that changed. An
 * untyped object, such as `properties` of the generic resource, has no part that is known to be
 * read-only, so that these parts are copied too. Source: pulumi/pulumi-azure-native,
 * provider/pkg/provider/provider.go@c6ef3c6c (`Read`) and diff.go@03707ff7 (`applyDiff`)
 */
export function refreshed(
  { top, properties }: ResourceMetadata,
  inputs: Properties,
  before: Properties,
  outputs: Properties,
): Properties {
  const names = [...top, ...properties];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], outputs[name]));
  return Object.fromEntries(
    changed.map((name) => [name, changedPart(inputs[name], before[name], outputs[name])]),
  );
}

function changedPart(input: Value, before: Value, news: Value): Value {
  if (isProperties(input) && isProperties(before) && isProperties(news)) {
    const names = new Set([...Object.keys(before), ...Object.keys(news)]);
    const changed = [...names].filter((name) => !isDeepStrictEqual(before[name], news[name]));
    const parts = changed.map(
      (name) => [name, changedPart(input[name], before[name], news[name])] as const,
    );
    const all = { ...input, ...Object.fromEntries(parts) };
    return Object.fromEntries(Object.entries(all).filter(([, part]) => part !== undefined));
  }
  if (!isList(input) || !isList(before) || !isList(news)) return news;
  return news.map((it, index) =>
    index < input.length && index < before.length
      ? changedElement(input[index], before[index], it)
      : it,
  );
}

/** An object keeps what did not change. Anything else is as it was read. */
function changedElement(input: Value, before: Value, news: Value): Value {
  const isDeep = [input, before, news].every((it) => isProperties(it) || isList(it));
  return isDeep ? changedPart(input, before, news) : news;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
