import type { Read } from "./action";
import { acceptLogin, setSubscription } from "./login";

/** azure/login with OIDC. */
export function azureLogin(read: Read): void {
  if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL: is id-token: write granted?");
  }
  acceptLogin(read("client-id"), read("tenant-id"));
  setSubscription(read("subscription-id"));
}
