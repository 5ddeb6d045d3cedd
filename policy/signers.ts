import { acceptedTokens, acceptsPullRequests } from "./credentials";
import {
  isApplication,
  isCredential,
  isManagedIdentity,
  isRoleAssignment,
  isServicePrincipal,
} from "./resource-types";
import { roleGuid, SIGNER } from "./roles";
import type { StackResource, StackRule } from "./rule";

/**
 * A pull request runs what its author wrote. What it signs, nobody has reviewed.
 * Source: https://docs.github.com/actions/reference/security/secure-use
 */
export const signersWithoutPullRequests: StackRule = {
  name: "signers-without-pull-requests",
  description: "No identity that can sign trusts the runs of pull requests.",
  check: (resources) => {
    const signers = resources.filter(
      ({ type, properties }) => isRoleAssignment(type) && roleGuid(properties) === SIGNER,
    );
    const open = resources.filter(
      ({ type, properties }) =>
        isCredential(type) && acceptsPullRequests(acceptedTokens(properties)),
    );
    if (signers.length === 0 || open.length === 0) return [];
    const signing = new Set(signers.flatMap((it) => [...reachable(it, resources)]));
    return open
      .filter(({ urn }) => signing.has(urn))
      .map(({ urn, properties: { subject, claimsMatchingExpression } }) => ({
        urn,
        message:
          `Runs of pull requests can log in (${subject ?? JSON.stringify(claimsMatchingExpression)}), ` +
          "and the identity can sign. Fix: give pull requests an identity without the role to sign.",
      }));
  },
};

/** URNs of all resources that belong to the same identity as a resource. */
function reachable(from: StackResource, resources: readonly StackResource[]): ReadonlySet<string> {
  const identities = new Set(resources.filter(isIdentity).map(({ urn }) => urn));
  const marked = resources.map(
    ({ urn, ...it }) => [urn, marks({ urn, ...it }, identities)] as const,
  );
  const known = new Set(marks(from, identities));
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [urn, own] of marked) {
      if (!own.some((it) => known.has(it))) continue;
      found.add(urn);
      for (const it of own) known.add(it);
    }
  }
  return found;
}

function isIdentity({ type }: StackResource): boolean {
  return isManagedIdentity(type) || isApplication(type) || isServicePrincipal(type);
}

/** What a resource has in common with the other resources of the same identity. */
function marks(
  { urn, type, properties, dependencies }: StackResource,
  identities: ReadonlySet<string>,
): string[] {
  const valued = (kind: string, value: unknown) =>
    typeof value === "string" ? [`${kind} ${value.toLowerCase()}`] : [];
  /** The identity that a property comes from. A mix of several is decided when its value is known. */
  const from = (property: string) => {
    const holders = (dependencies[property] ?? []).filter((it) => identities.has(it));
    return holders.length === 1 ? holders : [];
  };
  const { principalId, clientId, objectId, applicationId } = properties;
  if (isRoleAssignment(type)) return [...valued("principal", principalId), ...from("principalId")];
  if (isManagedIdentity(type)) return [urn, ...valued("principal", principalId)];
  if (isServicePrincipal(type)) {
    const client = [...valued("client", clientId), ...from("clientId")];
    return [urn, ...valued("principal", objectId), ...client];
  }
  if (isApplication(type)) {
    const object = typeof objectId === "string" ? `/applications/${objectId}` : undefined;
    return [urn, ...valued("client", clientId), ...valued("application", object)];
  }
  if (!isCredential(type)) return [];
  // The engine does not show what azure-native calls the identity, only that it comes from one.
  return [
    ...valued("application", applicationId),
    ...from("applicationId"),
    ...from("resourceName"),
  ];
}
