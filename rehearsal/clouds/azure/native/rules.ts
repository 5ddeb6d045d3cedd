import { isDeepStrictEqual } from "node:util";
import type { Rules } from "../../table";
import { type Properties, UNKNOWN, type Value } from "../../wire";

/** Outputs that an update never changes. */
const STABLE = ["name", "location"];

/**
 * How azure-native answers the engine. Source: pulumi/pulumi-azure-native,
 * provider/pkg/provider/provider.go@006a62af and diff.go, provider/pkg/convert (`PreviewOutputs`).
 */
export const RULES: Rules = {
  missing: (property) => `missing required property '${property}'`,

  same(property, before, news) {
    if (property === "location") return regionOf(before) === regionOf(news);
    if (property === "resourceGroupName") return lower(before) === lower(news);
    // A state from before version 3 lacks it. The provider then takes it from the outputs.
    if (property === "azureApiVersion" && before === undefined) return true;
    return isDeepStrictEqual(before, news);
  },

  deletesFirst: (before) => before.__createBeforeDelete !== true,

  foreseen(computed, inputs, before): Properties {
    const outputs = computed.map((name) => [name, inputs[name] ?? UNKNOWN]);
    const kept = STABLE.filter((name) => before?.[name] !== undefined);
    return {
      ...Object.fromEntries(outputs),
      ...Object.fromEntries(kept.map((name) => [name, before?.[name]])),
    };
  },
};

function regionOf(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase().replaceAll(" ", "") : value;
}

function lower(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}
