import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { z } from "zod";
import { type World, worldSchema } from "../world/world";

const HEAD = `# What the rehearsal assumed to exist. Change what is different in your clouds,
# and rehearse again with \`--world world.yaml\`. A key that is not here has its
# default. All keys: rehearsal/world/azure.ts and rehearsal/world/github.ts.
`;

/** Keys that a reader should see, because the rehearsal assumed their values. */
const SHOWN = ["mode", "plan", "defaultBranch", "protectedBranches", "rulesets"].concat([
  "actionsEnabled",
  "allowedActions",
  "requireShaPins",
  "subject",
]);

/** A world as a file for `--world`. It leaves out defaults, unless they were assumed. */
export function worldText(world: World, head: string = HEAD): string {
  return `${head}${stringify(written(worldSchema, world))}`;
}

/** The part of a value that its schema does not supply. */
function written(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((it) => written(inner.element, it));
  }
  if (!(inner instanceof z.ZodObject)) return value;
  const entries = Object.entries(value as object).flatMap(([key, it]) => {
    const field = inner.shape[key] as z.core.$ZodType;
    const shown = it !== undefined && (SHOWN.includes(key) || !isDefault(field, it));
    return shown ? [[key, written(field, it)]] : [];
  });
  return Object.fromEntries(entries);
}

function isDefault(schema: z.core.$ZodType, value: unknown): boolean {
  const { success, data } = z.safeParse(schema, undefined);
  return success && isDeepStrictEqual(data, value);
}

function withoutWrapper(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional
    ? withoutWrapper(schema.unwrap())
    : schema;
}
