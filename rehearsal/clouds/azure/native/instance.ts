import type { AzureState } from "../state";
import type { Client } from "./client";

/** One configured instance of the provider. */
export interface Instance {
  readonly azure: AzureState;
  readonly client: Client;
  /** The subscription that its requests go to, except those about a scope that is given. */
  readonly subscriptionId: string;
  /** The region of resources that name none. */
  readonly location: string | undefined;
}
