import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { moduleFolder } from "../../../rehearsal/tools/module-folder";
import { MODULES } from "../../../rehearsal/tools/versions";
import { notationSubject } from "../../../trust/distinguished-name";
import { trustPolicy, type VerifierTrust } from "../../../trust/verification";
import { type ClusterPlan, clusterFiles } from "../../../verification/kubernetes/cluster-files";
import { RATIFY_CHART } from "../../../verification/kubernetes/ratify";
import { ask, type KubernetesObject, useTools } from "./cluster";
import { CLUSTER, TRUST } from "./samples";

const paths = useTools("cluster", "notation");

// Two unrelated certificates.
const [signingRoot = "", timestampRoot = ""] = rootCertificates;
const PRIVATE: VerifierTrust = { ...TRUST, signingRoot, timestampRoot };

function released(trusts: readonly VerifierTrust[], plan: ClusterPlan = CLUSTER) {
  const chart = join(moduleFolder(MODULES.ratify), "charts/ratify");
  const values = trusts.map((it) => clusterFiles(it, plan)["kubernetes/ratify-values.yaml"]);
  const render = { chart, name: "ratify", namespace: "gatekeeper-system", values };
  return ask(paths().cluster, { render }) as KubernetesObject[][];
}

function policyIn(release: readonly KubernetesObject[]) {
  const verifier = release.find(({ kind }) => kind === "Verifier");
  return verifier?.spec.parameters.trustPolicyDoc;
}

/** The stores have other names in the chart. */
function withoutStores(policy: ReturnType<typeof trustPolicy>) {
  const trustPolicies = policy.trustPolicies.map(
    ({ trustStores: _, signatureVerification: { level }, ...rest }) => ({ ...rest, level }),
  );
  return { ...policy, trustPolicies };
}

function subjectOf(organization: string, state: string): string {
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const found = notationSubject(`O=${quoted(organization)}, S=${quoted(state)}, C=US`);
  if ("problem" in found) throw new Error(found.problem);
  return found.subject;
}

/** Imports a policy as the real Notation does. It throws if Notation refuses. */
function importByNotation(policy: object): void {
  const folder = mkdtempSync(join(tmpdir(), "countersign-policy-"));
  try {
    const file = join(folder, "policy.json");
    writeFileSync(file, JSON.stringify(policy));
    const env = { HOME: folder, NOTATION_CONFIG: folder, PATH: "" };
    execFileSync(paths().notation, ["policy", "import", "--force", file], { env, stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the values are for the chart of the pinned Ratify", () => {
  const chart = join(moduleFolder(MODULES.ratify), "charts/ratify/Chart.yaml");
  const { version, appVersion } = parse(readFileSync(chart, "utf8"));
  expect(version).toBe(RATIFY_CHART);
  expect(appVersion).toBe(`v${MODULES.ratify.version}`);
});

describe("the policy that Ratify gets", () => {
  const organizations = [
    "Contoso Ltd",
    "Contoso, Inc.",
    'The "Contoso" Company',
    "Contoso + Sons; <Ltd>",
    "C:\\Contoso\\",
    "#1 Contoso",
    " Contoso ",
    "Ångström & Söhne GmbH",
    "株式会社コントソ",
    "Contoso {{ .Values.x }} 'Ltd'",
    "Contoso: yes # no",
  ];

  test.each(organizations)("trusts %s, as verifiers do, and Notation accepts it", (name) => {
    const trust = { ...TRUST, subject: subjectOf(name, "São Paulo") };
    const [release = []] = released([trust]);
    expect(withoutStores(policyIn(release))).toEqual(withoutStores(trustPolicy(trust)));
    expect(() => importByNotation(policyIn(release))).not.toThrow();
  });

  test("trusts any identity as verifiers do", () => {
    const unit = fc.oneof(
      fc.constantFrom(..."ab ,+\"\\<>;#='{}%:&*!|`@~-\t"),
      fc.string({ maxLength: 1, unit: "grapheme" }),
    );
    // Preview refuses a profile with `=#`.
    const value = fc
      .string({ minLength: 1, maxLength: 20, unit })
      .map((it) => it.replaceAll(/=#+/g, "="));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 50 }), (names) => {
        const trusts = names.map((it) => ({ ...TRUST, subject: subjectOf(...it) }));
        const found = released(trusts).map((it) => withoutStores(policyIn(it)));
        expect(found).toEqual(trusts.map((it) => withoutStores(trustPolicy(it))));
      }),
      { numRuns: 10 },
    );
  });

  test("has each statement's own stores, with the root of its type", () => {
    const [release = []] = released([PRIVATE]);
    const verifier = release.find(({ kind }) => kind === "Verifier");
    const { verificationCertStores: stores, trustPolicyDoc } = verifier?.spec.parameters ?? {};
    const certificate = (provider: string) =>
      release.find(({ kind, metadata }) => {
        return kind === "KeyManagementProvider" && metadata.name === provider;
      })?.spec.parameters.value;
    const found = trustPolicyDoc.trustPolicies.map(({ trustStores }: { trustStores: string[] }) =>
      trustStores.map((store) => {
        const [type = "", name = ""] = store.split(":");
        return [type, stores[type][name].map(certificate)];
      }),
    );
    const wanted = [
      ["ca", [signingRoot]],
      ["tsa", [timestampRoot]],
    ];
    expect(found).toEqual([wanted, wanted]);
  });
});

describe("the release", () => {
  let release: KubernetesObject[];
  beforeAll(() => {
    [release = []] = released([TRUST]);
  });

  test("verifies with Notation alone, and changes no image", () => {
    const kinds = release.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(
      kinds.filter((it) => /^(Verifier|Policy|Provider|Assign|Store) /.test(it)).sort(),
    ).toEqual([
      "Policy ratify-policy",
      "Provider ratify-provider",
      "Store store-oras",
      "Verifier verifier-notation",
    ]);
  });

  test("logs in to the registry as the declared identity", () => {
    const store = release.find(({ kind }) => kind === "Store");
    expect(store?.spec.parameters.authProvider).toMatchObject({
      name: "azureWorkloadIdentity",
      clientID: CLUSTER.clientId,
    });
    expect(store?.spec.parameters).not.toHaveProperty("cosignEnabled");
    const deployment = release.find(({ kind }) => kind === "Deployment");
    const pod = deployment?.spec.template;
    expect(pod.metadata.labels).toMatchObject({ "azure.workload.identity/use": "true" });
    expect(pod.spec.serviceAccountName).toBe("ratify-admin");
    expect(pod.spec.containers[0].env).toContainEqual({ name: "RATIFY_CERT_ROTATION", value: "1" });
  });

  test("has the policy that policy.yaml replaces", () => {
    const ours = parse(clusterFiles(TRUST, CLUSTER)["kubernetes/policy.yaml"] ?? "");
    const theirs = release.find(({ kind }) => kind === "Policy");
    expect(theirs).toMatchObject({
      apiVersion: ours.apiVersion,
      metadata: ours.metadata,
      spec: { type: ours.spec.type },
    });
  });
});
