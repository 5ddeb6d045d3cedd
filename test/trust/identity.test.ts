import { describe, expect, test } from "vitest";
import { type IdentityPlan, identityKey } from "../../trust/identity";

const SUBSCRIPTION = "5ab50000-0000-4000-8000-00000000c0de";
const existing = (name: string, id = idOf(name)): IdentityPlan => ({
  kind: "existing",
  id,
  name,
  resourceGroup: "rg-other",
  clientId: "c",
  principalId: "p",
});
const idOf = (name: string) =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-other/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const existingApplication = (clientId: string): IdentityPlan => ({
  kind: "existingApplication",
  applicationId: "/applications/a",
  clientId,
  principalId: "p",
});

describe("identityKey", () => {
  // The keys are parts of resource names in the states of existing stacks. They must not change.
  test.each<[string, IdentityPlan]>([
    ["identity", { kind: "created", name: "n", resourceGroup: "g", location: "l" }],
    ["application", { kind: "application", displayName: "d", owners: ["o"] }],
    ["existing-f557c207", existing("signer")],
    ["existing-a0b48ac8", existingApplication("aaaa0000-0000-4000-8000-00000000c0de")],
  ])("%s", (key, plan) => {
    expect(identityKey(plan)).toBe(key);
  });

  test("the case of a resource ID does not matter, because Azure ignores it", () => {
    const other = existing("signer", idOf("signer").toUpperCase());
    expect(identityKey(other)).toBe(identityKey(existing("signer")));
  });

  test("the key of an identity that this stack creates does not depend on its name", () => {
    const [one, other] = ["a", "b"].map((it) =>
      identityKey({ kind: "created", name: it, resourceGroup: it, location: it }),
    );
    expect(one).toBe(other);
  });

  test("different identities have different keys", () => {
    const keys = [
      existing("signer"),
      existing("other"),
      existingApplication("aaaa0000-0000-4000-8000-00000000c0de"),
      existingApplication("bbbb0000-0000-4000-8000-00000000c0de"),
    ].map(identityKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
