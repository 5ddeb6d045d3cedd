import { expect, test } from "vitest";
import { parse } from "yaml";
import { clusterFiles } from "../../../verification/kubernetes/cluster-files";
import { ask, useTools } from "./cluster";
import { CLUSTER, DIGEST, TRUST } from "./samples";

const paths = useTools("cluster");

const WEB = `contoso.azurecr.io/web@${DIGEST}`;
const API = `contoso.azurecr.io/team/api:v1@${DIGEST}`;

/** Images by the list of a pod that has them. */
type Pod = Readonly<
  Partial<Record<"containers" | "initContainers" | "ephemeralContainers", readonly string[]>>
>;

/**
 * What Gatekeeper makes of the answer of a provider.
 * Source: https://github.com/open-policy-agent/frameworks/blob/master/constraint/pkg/externaldata/response.go
 */
interface Answer {
  readonly responses?: ReadonlyArray<readonly [image: string, result: object]> | null;
  readonly errors?: ReadonlyArray<readonly [image: string, error: string]> | null;
  readonly system_error?: string;
}

/** @param before the images that a pod has already. Default: the pod is created. */
function found(rule: "violation" | "answer", pod: Pod, answer: Answer, before?: Pod): unknown {
  const template = parse(clusterFiles(TRUST, CLUSTER)["kubernetes/template.yaml"] ?? "");
  const { rego } = template.spec.targets[0];
  const query = `data.countersignverifiedimages.${rule}`;
  const requests = [{ object: podOf(pod), oldObject: before ? podOf(before) : null }];
  const [result] = ask(paths().cluster, { review: { rego, query, answer, requests } }) as unknown[];
  return result;
}

function podOf(pod: Pod) {
  const lists = Object.entries(pod).map(([list, images]) => [
    list,
    images.map((image, index) => ({ name: `c${index}`, image })),
  ]);
  return { kind: "Pod", spec: Object.fromEntries(lists) };
}

const good = (...images: string[]): Answer => ({
  responses: images.map((image) => [image, { isSuccess: true }]),
  errors: [],
  system_error: "",
});

test("Ratify is asked once about all images of a pod", () => {
  const pod = { containers: [WEB, WEB], initContainers: [API], ephemeralContainers: ["busybox"] };
  expect(found("answer", pod, good())).toMatchObject({
    asked: { provider: "ratify-provider", keys: [API, WEB] },
  });
});

test.each<[string, Pod]>([
  ["one image", { containers: [WEB] }],
  ["images in all lists", { containers: [WEB], initContainers: [API], ephemeralContainers: [API] }],
])("%s with valid signatures may run", (_, pod) => {
  expect(found("violation", pod, good(WEB, API))).toEqual([]);
});

const denied = (image: string, why: string) =>
  `${image} has no valid signature. Ratify says: ${why}`;

test.each<[string, Pod, Answer, string[]]>([
  [
    "an image without a valid signature",
    { containers: [WEB, API] },
    {
      responses: [
        [API, { isSuccess: true }],
        [
          WEB,
          {
            isSuccess: false,
            verifierReports: [{ isSuccess: false, message: "failed", errorReason: "not trusted" }],
          },
        ],
      ],
    },
    [denied(WEB, "failed; not trusted")],
  ],
  ["an init container", { containers: [API], initContainers: [WEB] }, good(API), [denied(WEB, "")]],
  [
    "an ephemeral container",
    { containers: [API], ephemeralContainers: [WEB] },
    good(API),
    [denied(WEB, "")],
  ],
  [
    "an image that Ratify has an error for",
    { containers: [WEB] },
    { responses: [], errors: [[WEB, "unauthorized"]] },
    [denied(WEB, "unauthorized")],
  ],
  [
    "everything if Ratify does not answer",
    { containers: [WEB, API] },
    { responses: null, errors: null, system_error: "connection refused" },
    [denied(API, "connection refused"), denied(WEB, "connection refused")],
  ],
  [
    "an answer that is neither yes nor no",
    { containers: [WEB] },
    { responses: [[WEB, { isSuccess: "true" }]] },
    [denied(WEB, "")],
  ],
  [
    "an answer about another image",
    { containers: [WEB] },
    good(WEB.replace("web", "other")),
    [denied(WEB, "")],
  ],
  [
    "a tag, even if Ratify would confirm it",
    { containers: ["contoso.azurecr.io/web:v1"] },
    good("contoso.azurecr.io/web:v1"),
    [
      "contoso.azurecr.io/web:v1 names no digest. A tag can move after this check: deploy IMAGE@sha256:DIGEST.",
    ],
  ],
])("Gatekeeper denies %s", (_, pod, answer, messages) => {
  expect(found("violation", pod, answer)).toEqual(messages.map((msg) => ({ msg })));
});

test("an update is asked about its new images only, so that what runs can end", () => {
  const before = { containers: ["busybox", WEB] };
  const after = { ...before, ephemeralContainers: [API] };
  const silent = { responses: null, errors: null, system_error: "connection refused" };
  expect(found("violation", before, silent, before)).toEqual([]);
  expect(found("violation", after, good(API), before)).toEqual([]);
  expect(found("violation", after, good(WEB), before)).toEqual([{ msg: denied(API, "") }]);
  expect(found("violation", { containers: ["alpine"] }, silent, before)).toHaveLength(1);
});
