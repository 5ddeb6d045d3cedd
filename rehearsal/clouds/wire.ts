import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value as the engine sends it. A preview does not know all values. */
export type Value = string | number | boolean | null | undefined | readonly Value[] | Properties;
export type Properties = { readonly [name: string]: Value };

/** Stands for an unknown value in Pulumi's wire protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What the engine sent, with secrets unwrapped. */
export function decode(struct: Struct | undefined): Properties {
  return unwrap(struct ? (struct.toJavaScript() as Value) : {}) as Properties;
}

export function encode(properties: Properties): Struct {
  return Struct.fromJavaScript(clean(properties) as never);
}

function unwrap(value: Value): Value {
  if (Array.isArray(value)) return value.map(unwrap);
  if (!isProperties(value)) return value;
  const wrapped = value[SIGNATURE];
  if (wrapped === SECRET || wrapped === OUTPUT)
    return unwrap("value" in value ? value.value : UNKNOWN);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unwrap(inner)]));
}

/** Removes undefined values, which a struct cannot contain. */
function clean(value: Value): Value {
  if (Array.isArray(value)) return value.map(clean);
  if (!isProperties(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, clean(inner)]),
  );
}

export function isProperties(value: Value): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether a value, or a part of it, is unknown. */
export function hasUnknown(value: Value): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isProperties(value)) return Object.values(value).some(hasUnknown);
  return value === UNKNOWN;
}
