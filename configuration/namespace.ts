import type { z } from "zod";
import type { Problem } from "./problems";
import { schemaProblems } from "./schema-problems";

/**
 * Reads the keys of one namespace, such as `bootstrap:`. The values are those of a stack file, as
 * Pulumi stores them.
 */
export function readNamespace<Schema extends z.ZodType>(
  namespace: string,
  schema: Schema,
  values: Readonly<Record<string, string>>,
): { readonly data?: z.output<Schema>; readonly problems: Problem[] } {
  const written = Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), structured(value)]),
  );
  const { data, error } = schema.safeParse(written);
  const problems = schemaProblems(schema, error?.issues ?? [], written, namespace);
  return { ...(data !== undefined && { data }), problems };
}

/** Pulumi stores structured values and booleans as JSON, and all others as text. */
function structured(value: string): unknown {
  return /^(?:[[{]|true$|false$)/.test(value) ? JSON.parse(value) : value;
}
