import * as pulumi from "@pulumi/pulumi";

/** A resource as the mocks record it; the engine proves parents, order and replacement. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Declares something without an engine, and returns everything that it registers. */
export async function declared(declare: () => void): Promise<Made[]> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        made.push({ type: type.split(":").at(-1) ?? "", name, inputs: unwrapped(inputs) });
        const ids = { clientId: "client", principalId: "principal" };
        return { id: `${name}-id`, state: { ...inputs, ...ids, name: inputs.resourceName } };
      },
      call: () => ({}),
    },
    "countersign",
    "test",
    false,
  );
  declare();
  await pulumi.runtime.disconnect();
  return made;
}

/** Plain values: what is undefined is not sent, and a secret's value stands for itself. */
function unwrapped(inputs: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown) =>
    value && typeof value === "object" && "value" in value ? value.value : value;
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plain(value)]),
  );
}
