import { z } from "zod";
import { list, object, text } from "./fields";

const namespace = text(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens",
  "Run `kubectl get namespaces`, and copy a name.",
);
const issuer = text(
  /^https:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~-]+)*\/?$/,
  "an HTTPS URL",
  "Run `az aks show --query oidcIssuerProfile.issuerUrl -o tsv`, and copy its output with the slash at the end.",
);

/** The key `cluster`. Its files and its identity are for all pipelines of the stack. */
export const clusterSchema = object("A Kubernetes cluster that runs only verified images.", {
  namespaces: list(namespace, "Namespaces whose images are checked.").min(1),
  issuer: issuer
    .optional()
    .describe("OIDC issuer of the cluster. Default: no identity is declared for it."),
  gate: z
    .enum(["gatekeeper", "azure-policy"])
    .default("gatekeeper")
    .describe("A Gatekeeper of your own, or the add-on of Azure Policy."),
  kyverno: z
    .boolean()
    .default(false)
    .describe("Also writes a policy for Kyverno, which accepts every customer of the root."),
});
