import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { armGuid, assignmentName } from "../../trust/names";
import { missingAttributes, trustPolicy } from "../../trust/policy";
import { PROFILE_SIGNER, roleDefinitionId } from "../../trust/roles";
import { verifyCommands } from "../../trust/verification";

describe("deterministic names", () => {
  test("are version 5 GUIDs over the parts joined by hyphens, in ARM's namespace", () => {
    // Computed apart: python3 -c 'import uuid; print(uuid.uuid5(uuid.UUID("11fb…8830"), "a-b-c"))'
    expect(armGuid("a", "b", "c")).toBe("a98fa280-e03f-5afa-8d8e-92d0a9c201e8");
  });

  test("another scope, principal or role gives another name; the same, the same", () => {
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

  test("a role definition has the id that Azure returns", () => {
    expect(roleDefinitionId("S", PROFILE_SIGNER)).toBe(
      "/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/2837e146-70d7-4cfd-ad55-7efa6464f958",
    );
  });
});

describe("trust policy", () => {
  test.each([
    ["CN=A, O=B, L=C, S=D, C=US", []],
    ["C=US,ST=WA,O=B", []],
    ["CN=A, O=Contoso\\, ST=x, C=US", ["ST"]],
    ["CN=A", ["C", "ST", "O"]],
  ])("%s lacks %j", (subject, missing) => {
    expect(missingAttributes(subject)).toEqual(missing);
  });

  test("is strict: one subject, these repositories, always timestamped", () => {
    expect(trustPolicy("CN=A, O=B, S=C, C=D", ["r.azurecr.io/web"])).toEqual({
      version: "1.0",
      trustPolicies: [
        {
          name: "countersign",
          registryScopes: ["r.azurecr.io/web"],
          signatureVerification: { level: "strict", verifyTimestamp: "always" },
          trustStores: ["ca:countersign", "tsa:countersign"],
          trustedIdentities: ["x509.subject: CN=A, O=B, S=C, C=D"],
        },
      ],
    });
  });

  test("what a verifier must supply is named where we have it not", () => {
    const what = { references: ["r/web"], timestampRoot: "tsa.pem" };
    const lines = verifyCommands({ ...what, subject: undefined, signingRoot: undefined }).split(
      "\n",
    );
    expect(lines[0]).toBe("notation cert add --type ca --store countersign SIGNING_ROOT.pem");
    expect(lines.filter((line) => line.includes("x509.subject"))).toEqual([
      '        "x509.subject: SUBJECT"',
    ]);
    expect(lines.at(-1)).toBe("notation verify r/web@DIGEST");
  });
});
