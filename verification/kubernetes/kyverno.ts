import type { VerifierTrust } from "../../trust/verification";
import { manifest } from "./manifest";

const LISTS = ["containers", "initContainers", "ephemeralContainers"];

/**
 * A policy for Kyverno. Its verifier has the identities and scopes `*` in its code:
 * https://github.com/kyverno/kyverno/blob/v1.19.1/pkg/image/verifiers/ivpol/notary/helpers.go
 */
export function kyvernoPolicy(trust: VerifierTrust, namespaces: readonly string[]): string {
  return manifest(
    [
      "WARNING: this policy accepts EVERY CUSTOMER of the signing root.",
      "Kyverno 1.19 cannot compare the identity in a signature. Anybody who can push an image to one of these",
      "repositories, and who can sign under the same root, passes. Ratify compares the identity: see",
      "docs/kubernetes.md. Kyverno also ignores images of all other repositories: it lets them run unverified.",
    ],
    {
      apiVersion: "policies.kyverno.io/v1",
      kind: "ImageValidatingPolicy",
      metadata: { name: "countersign-any-customer-of-the-root" },
      spec: {
        failurePolicy: "Fail",
        validationActions: ["Deny"],
        webhookConfiguration: { timeoutSeconds: 30 },
        matchConstraints: {
          namespaceSelector: {
            matchExpressions: [
              { key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] },
            ],
          },
          resourceRules: [
            {
              apiGroups: [""],
              apiVersions: ["v1"],
              operations: ["CREATE", "UPDATE"],
              resources: ["pods", "pods/ephemeralcontainers"],
            },
          ],
        },
        matchImageReferences: trust.statements
          .flatMap(({ scopes }) => scopes)
          .flatMap(references)
          .map((glob) => ({ glob })),
        credentials: { providers: ["azure"] },
        attestors: [
          {
            name: "notary",
            notary: {
              certs: { value: trust.signingRoot },
              tsaCerts: { value: trust.timestampRoot },
            },
          },
        ],
        validations: LISTS.map((list) => ({
          expression: `images.${list}.map(image, verifyImageSignatures(image, [attestors.notary])).all(count, count > 0)`,
          message: `An image in ${list} has no valid and timestamped signature.`,
        })),
      },
    },
  );
}

/** Patterns for exactly one repository: `web*` would also match `web-admin`. */
function references(scope: string): string[] {
  return scope === "*" ? ["*"] : [scope, `${scope}:*`, `${scope}@*`];
}
