import { readFileSync } from "node:fs";
import { getClientConfig } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfiguration } from "../configuration/schema";
import type { Answer, Snapshot } from "../snapshot";
import { discoverIdentities } from "./azure/identities";
import { type AzureProviders, azureProviders } from "./azure/providers";
import { discoverRegistry } from "./azure/registry";
import { discoverAccount, discoverProfile } from "./azure/signing";
import { discoverGitHub } from "./github/github";
import { readState } from "./state/state";

/** What exists, and the Azure providers that it was read with. */
export interface Discovered {
  readonly snapshot: Snapshot;
  readonly providers: AzureProviders;
}

/**
 * Reads everything that exists and that planning needs, once and in parallel. What is missing or
 * cannot be read is an answer; a cloud that does not answer at all is a RunError.
 */
export async function discover(configuration: StackConfiguration): Promise<Discovered> {
  const stack = { project: pulumi.getProject(), name: pulumi.getStack() };
  const { stackTraceLimit } = Error;
  // The SDK takes a stack trace for each of its promises: most of the time that reading takes.
  Error.stackTraceLimit = 0;
  try {
    const [state, { tenantId, subscriptionId }] = await Promise.all([
      readState(),
      getClientConfig(),
    ]);
    const providers = azureProviders(configuration, subscriptionId);
    const [registry, account, profile, identities, github] = await Promise.all([
      discoverRegistry(configuration, providers),
      discoverAccount(configuration, providers),
      discoverProfile(configuration, providers),
      discoverIdentities(configuration, stack, state, providers),
      discoverGitHub(configuration, state),
    ]);
    const client = { tenantId, subscriptionId };
    const azure = { client, registry, account, profile, ...identities };
    const { timestamp, rootCertificate } = configuration.signing;
    const timestampRoot = timestamp && fileText(timestamp.rootCertificate);
    const signingRoot = rootCertificate && fileText(rootCertificate.file);
    return { snapshot: { stack, timestampRoot, signingRoot, azure, github, state }, providers };
  } catch (failure) {
    // Pulumi takes a bare gRPC failure for its own shutting down, ends the program without an error
    // and would go on to delete what was not declared. So no failure leaves here as one.
    if (pulumi.RunError.isInstance(failure)) throw failure;
    const said = failure instanceof Error ? failure.message : String(failure);
    throw new pulumi.RunError(`What exists cannot be read: ${said}`);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fileText(file: string): Answer<string> {
  try {
    return { status: "found", value: readFileSync(file, "utf8") };
  } catch (failure) {
    return { status: "missing", said: (failure as Error).message };
  }
}
