import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { Registered } from "./recorder";

/**
 * A program that registers the same resources in a bare loop. It reads nothing and decides nothing.
 * Each resource waits for the same others as in the program that was recorded.
 */
export function bareProgram(resources: readonly Registered[]): PulumiFn {
  return async () => {
    const made = new Map<string, pulumi.Resource>();
    for (const { urn, type, name, custom, version, parent, dependencies, inputs } of resources) {
      const options = {
        parent: made.get(parent),
        dependsOn: dependencies.flatMap((it) => made.get(it) ?? []),
        version,
      };
      made.set(
        urn,
        custom
          ? new Custom(type, name, inputs as pulumi.Inputs, options)
          : new Component(type, name, inputs as pulumi.Inputs, options),
      );
    }
  };
}

class Custom extends pulumi.CustomResource {}

class Component extends pulumi.ComponentResource {
  constructor(
    type: string,
    name: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super(type, name, inputs, options);
    this.registerOutputs({});
  }
}
