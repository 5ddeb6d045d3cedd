import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { armGuid, assignmentName, managedIdentityName } from "../../trust/names";
import { PROFILE_SIGNER, roleDefinitionId } from "../../trust/roles";

describe("deterministic names", () => {
  test("are version 5 GUIDs of the parts, joined by hyphens, in ARM's namespace", () => {
    // Computed with: python3 -c 'import uuid; print(uuid.uuid5(uuid.UUID("11fb…8830"), "a-b-c"))'
    expect(armGuid("a", "b", "c")).toBe("a98fa280-e03f-5afa-8d8e-92d0a9c201e8");
  });

  test("depend on the scope, the principal, and the role, and on nothing else", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (scope, principal, role) => {
        const name = assignmentName(`/subscriptions/${scope}`, principal, role);
        expect(name).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(assignmentName(`/subscriptions/${scope}`, principal, role)).toBe(name);
        expect(assignmentName(`/subscriptions/${scope}x`, principal, role)).not.toBe(name);
        expect(assignmentName(`/subscriptions/${scope}`, `${principal}x`, role)).not.toBe(name);
        expect(assignmentName(`/subscriptions/${scope}`, principal, `${role}x`)).not.toBe(name);
      }),
    );
  });

  test("a role definition has the ID that Azure returns", () => {
    expect(roleDefinitionId("S", PROFILE_SIGNER)).toBe(
      "/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/2837e146-70d7-4cfd-ad55-7efa6464f958",
    );
  });
});

describe("managedIdentityName", () => {
  const long = "x".repeat(200);
  test.each([
    ["countersign", "dev", "web", "countersign-dev-web"],
    ["counter.sign", "org/dev", "team_web", "counter-sign-org-dev-team_web"],
    // The hash was computed with Python's uuid.uuid5 of the three names, joined by hyphens.
    ["countersign", "dev", long, `countersign-dev-${"x".repeat(103)}-64d34179`],
  ])("%s, %s, %s", (project, stack, pipeline, name) => {
    expect(managedIdentityName(project, stack, pipeline)).toBe(name);
  });

  test("is valid in Azure, and differs for pipelines with long names", () => {
    const [one, other] = ["a", "b"].map((it) => managedIdentityName("p", "s", `${long}${it}`));
    expect(one).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/);
    expect(one).not.toBe(other);
  });
});
