import type { OutputMap } from "@pulumi/pulumi/automation";

/** The outputs of a stack, without the mark of secrets. */
export async function outputsOf(stack: {
  outputs(): Promise<OutputMap>;
}): Promise<Record<string, unknown>> {
  const outputs = Object.entries(await stack.outputs());
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
}
