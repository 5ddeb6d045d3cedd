import { trustPolicy, type VerifierTrust } from "../../trust/verification";
import { manifest } from "./manifest";

/** The version of Ratify's Helm chart that the values are for. */
export const RATIFY_CHART = "1.15.7";
const RATIFY = "1.4.6";

/**
 * The values of Ratify's Helm chart.
 * Source: https://github.com/notaryproject/ratify/tree/v1.4.6/charts/ratify
 */
export function ratifyValues(trust: VerifierTrust, clientId: string | undefined): string {
  return manifest(
    [
      `Values for Ratify ${RATIFY}. Its Helm chart has the version ${RATIFY_CHART}. Install it as the release`,
      "`ratify` in the namespace `gatekeeper-system`:",
      "",
      "  helm upgrade ratify ratify --install --atomic --namespace gatekeeper-system \\",
      `    --repo https://notaryproject.github.io/ratify --version ${RATIFY_CHART} --values ratify-values.yaml`,
      "  kubectl apply -f policy.yaml",
      ...(clientId
        ? []
        : [
            "",
            "Add the client ID of the identity that pulls signatures to the first command:",
            "  --set azureWorkloadIdentity.clientId=CLIENT_ID",
          ]),
    ],
    {
      notationCerts: [trust.signingRoot, trust.timestampRoot],
      notation: {
        trustPolicies: trustPolicy(trust).trustPolicies.map((statement) => ({
          name: statement.name,
          // The chart names this value `verificatonLevel`, but its template reads `level`.
          level: statement.signatureVerification.level,
          registryScopes: statement.registryScopes,
          trustStores: ["ca:notationCerts[0]", "tsa:notationCerts[1]"],
          trustedIdentities: statement.trustedIdentities.map(betweenQuotes),
        })),
      },
      // Otherwise, the signatures of Cosign would have to be valid, too.
      cosign: { enabled: false },
      ...(clientId && { azureWorkloadIdentity: { clientId } }),
      oras: { authProviders: { azureWorkloadIdentityEnabled: true } },
      // Otherwise, the chart demands certificates for the connection with Gatekeeper.
      featureFlags: { RATIFY_CERT_ROTATION: true },
      // The chart would ask Ratify about the tags of all namespaces, and deny what Ratify cannot read.
      provider: { enableMutation: false },
    },
  );
}

/** The chart puts identities between double quotes, and escapes nothing. */
function betweenQuotes(identity: string): string {
  return JSON.stringify(identity).slice(1, -1);
}

/**
 * The chart's policy denies an image if one of its signatures is not valid. Anybody who can push
 * could then block an image, and Notation would still accept it.
 */
export function ratifyPolicy(): string {
  return manifest(
    [
      "One valid signature is enough, as for `notation verify`. The policy of the chart has the same name and",
      "demands that all signatures of an image are valid: an expired one, or one by somebody else, would block the",
      "image. Apply this file after each `helm upgrade`.",
    ],
    {
      apiVersion: "config.ratify.deislabs.io/v1beta1",
      kind: "Policy",
      metadata: { name: "ratify-policy" },
      spec: {
        type: "config-policy",
        parameters: {
          artifactVerificationPolicies: { "application/vnd.cncf.notary.signature": "any" },
        },
      },
    },
  );
}
