import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import {
  MICROSOFT_ROOT_SHA256,
  microsoftRoot,
  rootCertificateFault,
} from "../../workflow/certificate";

test("the committed root is Microsoft Identity Verification Root Certificate Authority 2020", () => {
  const root = new X509Certificate(microsoftRoot());
  expect(root.fingerprint256.replaceAll(":", "")).toBe(MICROSOFT_ROOT_SHA256);
  expect(root.subject.split("\n")).toContain(
    "CN=Microsoft Identity Verification Root Certificate Authority 2020",
  );
  expect(rootCertificateFault(microsoftRoot())).toBeUndefined();
});

test.each([
  ["nothing", "", "it holds 0 PEM certificates"],
  ["two certificates", microsoftRoot() + microsoftRoot(), "it holds 2 PEM certificates"],
  ["a damaged one", microsoftRoot().replace(/MII/, "AAA"), "its certificate cannot be read"],
])("%s is no root", (_, pem, fault) => {
  expect(rootCertificateFault(pem)).toBe(fault);
});
