import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { microsoftRoot, rootCertificateProblem } from "../../workflow/certificate";

/** SHA-256 of the certificate that Microsoft publishes; see `microsoftRoot` for its URL. */
const SHA256 = "5367F20C7ADE0E2BCA790915056D086B720C33C1FA2A2661ACF787E3292E1270";

test("the committed root is Microsoft Identity Verification Root Certificate Authority 2020", () => {
  const root = new X509Certificate(microsoftRoot());
  expect(root.fingerprint256.replaceAll(":", "")).toBe(SHA256);
  expect(root.subject.split("\n")).toContain(
    "CN=Microsoft Identity Verification Root Certificate Authority 2020",
  );
  expect(rootCertificateProblem(microsoftRoot())).toBeUndefined();
});

test.each([
  ["an empty file", "", "the file has 0 PEM certificates"],
  ["two certificates", microsoftRoot() + microsoftRoot(), "the file has 2 PEM certificates"],
  [
    "a damaged certificate",
    microsoftRoot().replace(/MII/, "AAA"),
    "the certificate cannot be read",
  ],
])("%s is not a root", (_, pem, problem) => {
  expect(rootCertificateProblem(pem)).toBe(problem);
});
