import { isProperties, type Properties } from "../../wire";
import type { ResourceMetadata } from "./metadata-types";

const PARAMETER = /\{(\w+)\}/g;

/** The path of a resource. Values are trimmed of slashes. */
export function pathOf(template: string, values: Properties): string {
  return template.replace(PARAMETER, (_, name: string) =>
    String(values[name] ?? "").replace(/^\/+|\/+$/g, ""),
  );
}

/** The inputs that a path consists of. */
export function pathInputs(template: string): string[] {
  const names = [...template.matchAll(PARAMETER)].map(([, name = ""]) => name);
  return names.filter((name) => name !== "subscriptionId");
}

/** The inputs that the id of a resource has. An import needs them. */
export function inputsOf(template: string, id: string): Properties {
  const names = [...template.matchAll(PARAMETER)].map(([, name]) => name);
  const pattern = template
    .replace(/^\/\{scope\}/, "{scope}")
    .replace(PARAMETER, (_, name) => (name === "scope" ? "(.+)" : "([^/]+)"));
  const values = new RegExp(`^${pattern}$`, "i").exec(id)?.slice(1) ?? [];
  const found = names.map((name, index) => [name, values[index]] as const);
  return Object.fromEntries(found.filter(([name]) => name !== "subscriptionId"));
}

/** The body of a PUT. */
export function bodyOf({ top, properties }: ResourceMetadata, inputs: Properties): Properties {
  const whole = pick(inputs, top);
  return top.includes("properties") ? whole : { ...whole, properties: pick(inputs, properties) };
}

/** ARM's answer as the SDK has it: what is below `properties` comes to the top. */
export function outputsOf(
  { outputs, apiVersion }: { readonly outputs: readonly string[]; readonly apiVersion: string },
  { properties, ...top }: Properties,
): Properties {
  const inner = isProperties(properties) ? properties : {};
  const flat = outputs.includes("properties") ? { ...top, properties } : { ...inner, ...top };
  return pick({ ...flat, azureApiVersion: apiVersion }, outputs);
}

function pick(from: Properties, names: readonly string[]): Properties {
  const given = names.filter((name) => from[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, from[name]]));
}
