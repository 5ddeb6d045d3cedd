import type { StateResource } from "../snapshot";
import type { DeclaredCredential } from "../trust/credentials";
import { credentialName } from "../trust/resource-names";

const CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";

/**
 * The credentials with the names that the state has for them. An imported credential can have any
 * name, and another name would replace it: until then, no run could log in.
 *
 * @param owner first part of the names of the resources.
 */
export function withHeldNames(
  credentials: readonly DeclaredCredential[],
  owner: string,
  resources: readonly StateResource[],
): DeclaredCredential[] {
  return credentials.map((it) => {
    const held = resources.find(
      ({ type, name }) => type === CREDENTIAL && name === credentialName(owner, it.name),
    );
    const { name, subject } = held?.outputs ?? {};
    const isOther = typeof name === "string" && name !== it.name && subject === it.subject;
    return isOther ? { ...it, heldAs: name } : it;
  });
}
