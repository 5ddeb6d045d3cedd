import * as pulumi from "@pulumi/pulumi";
import type { PipelineRecord, Snapshot, StateResource } from "../../snapshot";

/**
 * What this stack's state held when the program began, by an undocumented look-up of the engine. It
 * needs a worker of the engine: await it before any resource is declared. It throws, never guesses.
 */
export async function readState(): Promise<Snapshot["state"]> {
  const resources = await readResources();
  const pipelines = resources.flatMap(({ type, name, outputs }) => {
    const record = outputs.record as PipelineRecord | undefined;
    return type === "countersign:index:SigningPipeline" && record?.version === 1
      ? [[name, record] as const]
      : [];
  });
  return { resources, pipelines: Object.fromEntries(pipelines) };
}

async function readResources(): Promise<StateResource[]> {
  const stack = pulumi.getStack();
  const whole = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
  const ask = (stackName: string) =>
    pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
  try {
    // A self-managed state from before Pulumi had projects takes the stack's name alone.
    const state = await ask(whole).catch(() => ask(stack));
    const found = Object.entries<{ outputs?: StateResource["outputs"] }>(state.outputs ?? {});
    return found.map(([urn, { outputs = {} }]) => ({ ...partsOf(urn), outputs }));
  } catch (failure) {
    throw new Error(`The engine does not return what the stack's state holds: ${failure}`);
  }
}

/** A URN is `urn:pulumi:STACK::PROJECT::TYPES::NAME`, by Pulumi's documentation. */
function partsOf(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
