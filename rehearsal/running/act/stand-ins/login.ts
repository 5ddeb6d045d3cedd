import { isLate, logIn, world } from "./world";

/** Exchanges a token for a login. The result comes from the trust proof. */
export function acceptLogin(clientId: string, tenantId: string): void {
  const granted = world();
  if (tenantId !== granted.tenantId) {
    throw new Error(`AADSTS90002: Tenant '${tenantId}' not found.`);
  }
  if (clientId !== granted.clientId) {
    throw new Error(
      `AADSTS700016: Application with identifier '${clientId}' was not found in the directory`,
    );
  }
  if (granted.exchange !== "ok") throw new Error(granted.exchange);
  // First the credential is unknown, and then no subscription is visible, as the roles are unknown.
  if (isLate("credential")) {
    throw new Error("AADSTS70021: No matching federated identity record found for this assertion.");
  }
  if (isLate("subscription") || granted.seesSubscription === false) {
    throw new Error(`No subscriptions found for ${clientId}.`);
  }
  logIn();
}

/** `az account set`. The message: azure-cli 2.91.0, azure/cli/core/_profile.py */
export function setSubscription(subscriptionId: string): void {
  if (subscriptionId !== world().subscriptionId) {
    throw new Error(`The subscription of '${subscriptionId}' doesn't exist in cloud 'AzureCloud'.`);
  }
}
