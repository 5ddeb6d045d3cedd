import type { VerifierTrust } from "../../trust/verification";
import { azurePolicy } from "./azure-policy";
import { constraint, constraintTemplate } from "./gatekeeper";
import { kyvernoPolicy } from "./kyverno";
import { ratifyPolicy, ratifyValues } from "./ratify";

/** A cluster that runs only verified images in some namespaces. */
export interface ClusterPlan {
  /** What asks Ratify: a Gatekeeper of one's own, or Azure Policy for AKS. */
  readonly gate: "gatekeeper" | "azure-policy";
  /** At least one. Ratify denies an image without a matching scope, so others are left out. */
  readonly namespaces: readonly string[];
  /** Client ID of the identity that pulls signatures. Undefined: the user sets it. */
  readonly clientId: string | undefined;
  /** Whether the policy for Kyverno is written too. */
  readonly kyverno: boolean;
}

/** The files for a cluster by path. */
export function clusterFiles(trust: VerifierTrust, cluster: ClusterPlan): Record<string, string> {
  const { gate, namespaces, clientId, kyverno } = cluster;
  return {
    "kubernetes/ratify-values.yaml": ratifyValues(trust, clientId),
    "kubernetes/policy.yaml": ratifyPolicy(),
    ...(gate === "gatekeeper"
      ? {
          "kubernetes/template.yaml": constraintTemplate(),
          "kubernetes/constraint.yaml": constraint(namespaces),
        }
      : { "kubernetes/azure-policy.json": azurePolicy(namespaces) }),
    ...(kyverno && { "kubernetes/kyverno.yaml": kyvernoPolicy(trust, namespaces) }),
  };
}
