import { CloudError } from "../table";

/** Microsoft Graph's answer to a request that it refuses. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "GraphRefusal";
  }
}

const PHRASES = { 400: "Bad Request", 404: "Not Found", 409: "Conflict" } as const;

/** A diagnostic as the bridge reports it: pulumi-terraform-bridge, pkg/tfshim/diagnostics/error.go. */
export function diagnostic(text: string): string {
  return `1 error occurred:\n\t* ${text}\n\n`;
}

/**
 * Does what a resource does at Graph. A refusal gets the provider's words before it. The form of
 * Graph's part is that of github.com/hashicorp/go-azure-sdk, sdk/client.
 */
export async function during<T>(summary: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof GraphRefusal)) throw failure;
    const { status, code, message } = failure;
    const cause = `unexpected status ${status} (${status} ${PHRASES[status]}) with error: ${code}: ${message}`;
    throw new CloudError(code, message, diagnostic(`${summary}: ${cause}`));
  }
}

/** How the provider names an application in its messages. */
export function named(objectId: string): string {
  return `Application (Application: "${objectId}")`;
}

/** Text: hashicorp/terraform-provider-azuread, internal/helpers/tf (`ImportAsExistsDiag`) (u). */
export function existsAlready(id: string, type: string): Error {
  return new Error(
    diagnostic(
      `A resource with the ID "${id}" already exists: To be managed via Terraform, this resource needs to be imported into the State. Please see the resource documentation for "${type}" for more information.`,
    ),
  );
}
