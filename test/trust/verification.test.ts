import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { trustFiles, trustPolicy, verifyCommand } from "../../trust/verification";
import { microsoftRoot } from "../../workflow/certificate";

const trust = {
  subject: "C=US, ST=Washington, O=Contoso\\, Inc.",
  signingRoot: microsoftRoot(),
  timestampRoot: microsoftRoot(),
  statements: [
    { name: "countersign/prod/web", scopes: ["contoso.azurecr.io/web"] },
    { name: "countersign/prod/api", scopes: ["contoso.azurecr.io/api", "contoso.azurecr.io/job"] },
  ],
};

const STORE = "countersign-5367f20c7ade";

describe("the trust policy of a stack", () => {
  test("has a statement for each pipeline, with exact repositories and one identity", () => {
    const common = {
      signatureVerification: { level: "strict", verifyTimestamp: "always" },
      trustStores: [`ca:${STORE}`, `tsa:${STORE}`],
      trustedIdentities: ["x509.subject: C=US, ST=Washington, O=Contoso\\, Inc."],
    };
    expect(trustPolicy(trust)).toEqual({
      version: "1.0",
      trustPolicies: [
        {
          name: "countersign/prod/web",
          registryScopes: ["contoso.azurecr.io/web"],
          ...common,
        },
        {
          name: "countersign/prod/api",
          registryScopes: ["contoso.azurecr.io/api", "contoso.azurecr.io/job"],
          ...common,
        },
      ],
    });
  });

  test("comes with the stores that it names, each with one root", () => {
    const files = trustFiles(trust);
    expect(Object.keys(files)).toEqual([
      "trustpolicy.json",
      `truststore/x509/ca/${STORE}/root.pem`,
      `truststore/x509/tsa/${STORE}/root.pem`,
    ]);
    expect(JSON.parse(files["trustpolicy.json"] ?? "")).toEqual(trustPolicy(trust));
    // The start of the root's SHA-256: https://www.microsoft.com/pkiops/docs/repository.htm
    const root = new X509Certificate(files[`truststore/x509/ca/${STORE}/root.pem`] ?? "");
    expect(root.fingerprint256.replaceAll(":", "").toLowerCase()).toMatch(/^5367f20c7ade/);
  });
});

test("the command for an image runs the script of the stack", () => {
  expect(verifyCommand("contoso.azurecr.io/web")).toBe(
    `pulumi stack output verification --json | jq -er '."verify.sh"' > verify.sh && bash verify.sh contoso.azurecr.io/web@DIGEST`,
  );
});
