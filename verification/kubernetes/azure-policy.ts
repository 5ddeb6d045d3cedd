import { constraintTemplate } from "./gatekeeper";

/**
 * A definition for Azure Policy that contains the template, so that the cluster fetches nothing.
 * Source: https://learn.microsoft.com/azure/governance/policy/concepts/effect-deny
 */
export function azurePolicy(namespaces: readonly string[]): string {
  const definition = {
    displayName: "Images in Kubernetes must have a valid signature of Countersign",
    mode: "Microsoft.Kubernetes.Data",
    parameters: {
      effect: {
        type: "String",
        metadata: { displayName: "Effect" },
        allowedValues: ["Deny", "Audit", "Disabled"],
        defaultValue: "Deny",
      },
      namespaces: {
        type: "Array",
        metadata: {
          displayName: "Namespaces",
          description: "Namespaces whose images are checked. An empty list means all namespaces.",
        },
        defaultValue: namespaces,
      },
    },
    policyRule: {
      if: { field: "type", equals: "Microsoft.ContainerService/managedClusters" },
      // biome-ignore lint/suspicious/noThenProperty: Azure Policy names it so.
      then: {
        effect: "[parameters('effect')]",
        details: {
          templateInfo: {
            sourceType: "Base64Encoded",
            content: Buffer.from(constraintTemplate()).toString("base64"),
          },
          apiGroups: [""],
          kinds: ["Pod"],
          namespaces: "[parameters('namespaces')]",
        },
      },
    },
  };
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}
