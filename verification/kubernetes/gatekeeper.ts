import { manifest } from "./manifest";

const KIND = "CountersignVerifiedImages";

/**
 * What Gatekeeper asks about a pod. Everything is denied that Ratify does not confirm, also if Ratify
 * does not answer. An update of a pod is asked about its new images only: a pod that runs must be able
 * to end. It is Rego v0, because older versions of Gatekeeper read nothing else.
 * Source of `external_data`: https://open-policy-agent.github.io/gatekeeper/website/docs/externaldata
 */
const REGO = `package ${KIND.toLowerCase()}

lists := {"containers", "initContainers", "ephemeralContainers"}

held[image] {
  lists[list]
  image := input.review.oldObject.spec[list][_].image
}

images[image] {
  lists[list]
  image := input.review.object.spec[list][_].image
  not held[image]
}

pinned[image] {
  images[image]
  contains(image, "@sha256:")
}

answer := external_data({"provider": "ratify-provider", "keys": [image | pinned[image]]})

verified[image] {
  [image, result] := answer.responses[_]
  result.isSuccess == true
}

reasons[[image, reason]] {
  [image, result] := answer.responses[_]
  report := result.verifierReports[_]
  report.isSuccess == false
  reason := report[{"message", "errorReason"}[_]]
}

reasons[[image, reason]] {
  [image, reason] := answer.errors[_]
}

reasons[[image, reason]] {
  pinned[image]
  reason := answer.system_error
  reason != ""
}

violation[{"msg": msg}] {
  images[image]
  not pinned[image]
  msg := sprintf("%v names no digest. A tag can move after this check: deploy IMAGE@sha256:DIGEST.", [image])
}

violation[{"msg": msg}] {
  pinned[image]
  not verified[image]
  why := concat("; ", {reason | reasons[[image, reason]]})
  msg := sprintf("%v has no valid signature. Ratify says: %v", [image, why])
}
`;

/** The template that makes Gatekeeper ask Ratify about the images of a pod. */
export function constraintTemplate(): string {
  return manifest(
    ["Makes Gatekeeper ask Ratify about each image of a pod. It denies images without a digest."],
    {
      apiVersion: "templates.gatekeeper.sh/v1",
      kind: "ConstraintTemplate",
      metadata: { name: KIND.toLowerCase() },
      spec: {
        crd: { spec: { names: { kind: KIND } } },
        targets: [{ target: "admission.k8s.gatekeeper.sh", rego: REGO }],
      },
    },
  );
}

/** Where Gatekeeper asks Ratify. */
export function constraint(namespaces: readonly string[]): string {
  return manifest(
    [
      "Apply template.yaml first. In these namespaces, each image must be one of a pipeline. Write `warn` instead of",
      "`deny` to try it.",
    ],
    {
      apiVersion: "constraints.gatekeeper.sh/v1beta1",
      kind: KIND,
      metadata: { name: "countersign" },
      spec: {
        enforcementAction: "deny",
        match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], namespaces: [...namespaces] },
      },
    },
  );
}
