import { setTimeout as sleep } from "node:timers/promises";
import { CloudError } from "../../table";
import type { Properties } from "../../wire";
import type { Arm } from "../arm/arm";
import { Refusal } from "../arm/refusal";

/** Status codes and error codes after which the provider sends a request again. */
const RETRIED = [408, 429, 500, 502, 503, 504];
const RETRIED_CONFLICTS = [
  "AnotherOperationInProgress",
  "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
];

/** The real provider waits 20, 60 and 120 seconds. These are milliseconds. */
const WAITS_MS = [20, 60, 120];

/** Codes with which a 404 means that the resource is gone: pulumi/pulumi-azure-native#4841. */
const GONE = [
  "NotFound",
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "LockNotFound",
  "ParentResourceNotFound",
  "EntityNotFound",
  "SubscriptionNotFound",
  "RoleAssignmentNotFound",
  "VulnerabilityAssessmentBaselineDoesNotExists",
];

/**
 * An error of ARM in the provider's words: pulumi/pulumi-azure-native,
 * provider/pkg/azure/client_azcore.go@006a62af
 */
export class StatusError extends CloudError {
  constructor({ status, code, message }: Refusal, before = "") {
    super(code, message, `${before}Status=${status} Code="${code}" Message="${message}"`);
  }
}

/** How the provider sends requests. Source: as above; conflicts: its pull request 4421. */
export class Client {
  constructor(private readonly arm: Arm) {}

  /** The real provider waits between its attempts. */
  get(path: string, version: string): Properties {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return this.arm.get(path, version);
      } catch (failure) {
        if (attempt >= WAITS_MS.length || !isRetried(failure)) throw failure;
      }
    }
  }

  put(path: string, version: string, body: Properties): Promise<Properties> {
    return patiently(() => this.arm.put(path, version, body));
  }

  /** The deletion of what does not exist succeeds. */
  async delete(path: string, version: string): Promise<void> {
    try {
      await patiently(() => this.arm.delete(path, version));
    } catch (failure) {
      if (!(failure instanceof Refusal && failure.status === 404)) throw failure;
    }
  }
}

async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await send();
    } catch (failure) {
      if (!isRetried(failure)) throw failure;
      await sleep(wait);
    }
  }
  return send();
}

function isRetried(failure: unknown): boolean {
  if (!(failure instanceof Refusal)) return false;
  const { status, code } = failure;
  return RETRIED.includes(status) || (status === 409 && RETRIED_CONFLICTS.includes(code));
}

export function isGone(failure: unknown): boolean {
  return failure instanceof Refusal && failure.status === 404 && GONE.includes(failure.code);
}

/** What the engine gets to see of a failure. */
export function inProviderWords(failure: unknown, before?: string): unknown {
  return failure instanceof Refusal ? new StatusError(failure, before) : failure;
}
