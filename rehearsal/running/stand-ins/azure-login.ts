import type { Read } from "./action";
import { logIn, world } from "./world";

/** azure/login with OIDC. The result of the token exchange comes from the trust proof. */
export function azureLogin(read: Read): void {
  if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL: is id-token: write granted?");
  }
  const { clientId, tenantId, subscriptionId, exchange } = world();
  if (read("tenant-id") !== tenantId) {
    throw new Error("AADSTS90002: the tenant of input tenant-id was not found");
  }
  if (read("client-id") !== clientId) {
    throw new Error("AADSTS700016: the application of input client-id was not found in the tenant");
  }
  if (exchange !== "ok") throw new Error(exchange);
  if (read("subscription-id") !== subscriptionId) {
    throw new Error("the subscription of input subscription-id doesn't exist in the cloud");
  }
  logIn();
}
