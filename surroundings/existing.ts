import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { ProblemsError } from "../configuration/problems";

/** How to find out whether what a resource is about to create is there already. */
export interface Lookup {
  /** What it is, e.g. `secret AZURE_CLIENT_ID of contoso/web`. */
  readonly title: (inputs: Readonly<Record<string, string>>) => string;
  readonly exists: (inputs: Readonly<Record<string, string>>) => Promise<boolean>;
  /** The ways on. */
  readonly remedy: string;
}

/**
 * Refuses, at preview and again just before the write, to create over something that is not ours:
 * the providers would adopt it silently and destroy it later (github.md, 4.1). The engine asks
 * only where it is about to create, so what this stack holds is never in question.
 */
export function refuseExisting(name: string, lookup: Lookup): pulumi.ResourceHook {
  const check = async ({ urn, newInputs }: pulumi.ResourceHookArgs) => {
    const inputs = newInputs as Record<string, string>;
    if (!(await lookup.exists(inputs)) || (await isOurs(urn))) return;
    throw new ProblemsError("Nothing that was there is overwritten", [
      {
        path: urn.split("::").at(-1) as string,
        given: lookup.title(inputs),
        allowed: "something that does not exist yet",
        remedy: lookup.remedy,
      },
    ]);
  };
  // The engine calls from outside of the program's asynchronous context, where an inline program
  // keeps the connection that a look-up needs.
  return new pulumi.ResourceHook(name, AsyncResource.bind(check), { onDryRun: true });
}

/**
 * Whether this stack's state holds the resource: then it is being replaced under its own name,
 * which a preview cannot tell from a creation. An engine that does not answer counts as no.
 */
async function isOurs(urn: string): Promise<boolean> {
  if (!pulumi.runtime.isDryRun()) return false;
  const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  try {
    const state = await pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", {
      stackName,
    });
    return urn in (state.outputs ?? {});
  } catch {
    return false;
  }
}
