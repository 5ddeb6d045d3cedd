import type { VerifierTrust } from "../../../trust/verification";
import type { ClusterPlan } from "../../../verification/kubernetes/cluster-files";
import { microsoftRoot } from "../../../workflow/certificate";

export const DIGEST = `sha256:${"a".repeat(64)}`;

export const TRUST: VerifierTrust = {
  subject: "C=US, ST=Washington, O=Contoso\\, Inc.",
  signingRoot: microsoftRoot(),
  timestampRoot: microsoftRoot(),
  statements: [
    { name: "countersign/prod/web", scopes: ["contoso.azurecr.io/web"] },
    {
      name: "countersign/prod/team",
      scopes: ["contoso.azurecr.io/team/api", "contoso-d4h2c8.azurecr.io/team/worker"],
    },
  ],
};

export const CLUSTER: ClusterPlan = {
  gate: "gatekeeper",
  namespaces: ["shop", "on"],
  clientId: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a01",
  kyverno: false,
};
