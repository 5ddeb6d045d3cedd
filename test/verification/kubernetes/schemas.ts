import { readFileSync } from "node:fs";
import Ajv, { type AnySchema } from "ajv";
import { parse } from "yaml";

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** What is wrong with an object by the definition of its kind. Empty: nothing. */
export function problems(definition: string, version: string, object: object): string[] {
  const { spec } = parse(readFileSync(definition, "utf8"));
  const found = spec.versions.find((it: { name: string }) => it.name === version);
  const validate = ajv.compile(closed(found.schema.openAPIV3Schema) as AnySchema);
  validate(object);
  return (validate.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
}

/** The API server drops fields that a schema does not name. Here, they are errors. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, closed(v)]));
  const open = "additionalProperties" in copy || copy["x-kubernetes-preserve-unknown-fields"];
  const names = copy.type === "object" && copy.properties && !open;
  return names ? { ...copy, additionalProperties: false } : copy;
}
