import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/** GitHub's own description of its REST API: https://github.com/github/rest-api-description. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
}

type Schema = { readonly [keyword: string]: unknown };

interface Operation {
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body & { readonly $ref?: string }>>;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

let parsed: Description | undefined;

/** The package is never required: that would load all of its files, which have 385 MB. */
function description(): Description {
  const file = "node_modules/@octokit/openapi/generated/api.github.com.json";
  parsed ??= JSON.parse(readFileSync(join(__dirname, "../..", file), "utf8")) as Description;
  return parsed;
}

function at<T>(pointer: string): T {
  const keys = pointer.split("/").slice(1);
  return keys.reduce((inner, key) => (inner as never)[key], description() as unknown) as T;
}

/** An operation, and the template of its path. Parameters for paths and refs can contain slashes. */
function operation(method: string, path: string): Operation {
  const matching = Object.keys(description().paths)
    .filter((template) => {
      const pattern = template
        .replace(/\{(path|ref|branch)\}/g, ".+")
        .replace(/\{[^}]+\}/g, "[^/]+");
      return new RegExp(`^${pattern}$`).test(`/${path}`);
    })
    // The template with the most fixed parts is meant.
    .sort(
      (one, other) => other.split("/").length - one.split("/").length || fixed(other) - fixed(one),
    );
  const found = matching
    .map((template) => description().paths[template]?.[method.toLowerCase()])
    .find((it) => it !== undefined);
  if (!found) throw new Error(`GitHub does not describe ${method} ${path}`);
  return found;
}

function fixed(template: string): number {
  return template.split("/").filter((part) => !part.startsWith("{")).length;
}

/** What is wrong with an answer. Undefined: nothing. Errors that are not described are basic errors. */
export function answerFault(endpoint: string, code: number, body: unknown): string | undefined {
  const [path = ""] = endpoint.split("?");
  const described = operation("GET", path).responses[String(code)];
  const response = described?.$ref ? at<Body>(described.$ref) : described;
  if (!response && code < 400) return `GitHub does not describe a ${code} of GET ${path}`;
  const schema = response?.content?.["application/json"]?.schema;
  return fault(schema ?? { $ref: "#/components/schemas/basic-error" }, body);
}

/** What is wrong with the body of a write. Undefined: nothing. */
export function bodyFault(method: string, path: string, body: object | undefined) {
  const schema = operation(method, path).requestBody?.content?.["application/json"]?.schema;
  if (!schema) return body && `GitHub does not describe a body of ${method} ${path}`;
  return fault(schema, body);
}

const ajv = new Ajv({ strict: false, logger: false });
addFormats(ajv);
const compiled = new Map<Schema, ValidateFunction>();

function fault(schema: Schema, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? ajv.compile(standalone(schema));
  compiled.set(schema, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** A JSON schema with all that it refers to. */
function standalone(schema: Schema): Schema {
  const $defs: Record<string, Schema> = {};
  const pending: Schema[] = [schema];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [, name = ""] of JSON.stringify(next).matchAll(
      /"#\/components\/schemas\/([^"]+)"/g,
    )) {
      if (name in $defs) continue;
      const found = at<Schema>(`#/components/schemas/${name}`);
      $defs[name] = jsonSchema(found);
      pending.push(found);
    }
  }
  return { ...jsonSchema(schema), $defs };
}

/** Keywords whose values are schemas by name, and lists of schemas. */
const MAPS = ["properties", "patternProperties"];
const LISTS = ["oneOf", "anyOf", "allOf"];
const SINGLE = ["items", "additionalProperties", "not"];

/** Turns a schema of OpenAPI 3.0 into JSON Schema: https://spec.openapis.org/oas/v3.0.3#schema-object. */
function jsonSchema(given: unknown): Schema {
  if (typeof given !== "object" || given === null) return given as never;
  const { nullable, $ref, example, examples, description, ...rest } = given as Schema;
  if ($ref) return { $ref: String($ref).replace("#/components/schemas/", "#/$defs/") };
  const schema = Object.fromEntries(
    Object.entries(rest).map(([keyword, value]): [string, unknown] => {
      if (SINGLE.includes(keyword)) return [keyword, jsonSchema(value)];
      if (LISTS.includes(keyword)) return [keyword, (value as unknown[]).map(jsonSchema)];
      if (!MAPS.includes(keyword)) return [keyword, value];
      const named = Object.entries(value as object).map(([name, it]) => [name, jsonSchema(it)]);
      return [keyword, Object.fromEntries(named)];
    }),
  );
  return nullable === true ? { anyOf: [{ type: "null" }, schema] } : schema;
}

/**
 * The values that GitHub describes for a property, for example
 * `enumeration("repository-rule", "type")`. All alternatives of a schema count.
 */
export function enumeration(schemaName: string, ...properties: readonly string[]): string[] {
  const root = alternatives({ $ref: `#/components/schemas/${schemaName}` });
  const found = properties.reduce(
    (schemas, property) =>
      schemas.flatMap(({ properties: all }) => {
        const inner = (all as Record<string, Schema> | undefined)?.[property];
        return inner ? alternatives(inner) : [];
      }),
    root,
  );
  return [...new Set(found.flatMap((it) => (it.enum as string[] | undefined) ?? []))].sort();
}

function alternatives(schema: Schema): Schema[] {
  const { $ref, oneOf, anyOf, allOf, items } = schema as Record<string, Schema[]>;
  if ($ref) return alternatives(at(String($ref)));
  const inner = [...(oneOf ?? []), ...(anyOf ?? []), ...(allOf ?? []), ...(items ? [items] : [])];
  return [schema, ...(inner as Schema[]).flatMap(alternatives)];
}
