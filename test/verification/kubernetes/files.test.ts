import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type ClusterPlan, clusterFiles } from "../../../verification/kubernetes/cluster-files";
import { CLUSTER, TRUST } from "./samples";

function parsed(plan: Partial<ClusterPlan>, trust = TRUST) {
  const files = clusterFiles(trust, { ...CLUSTER, ...plan });
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.replace("kubernetes/", ""), parse(text)]),
  );
}

describe("golden files", () => {
  test.each<[string, Partial<ClusterPlan>]>([
    ["gatekeeper", {}],
    ["azure-policy", { gate: "azure-policy", clientId: undefined, namespaces: ["shop"] }],
    ["kyverno", { kyverno: true }],
  ])("%s", async (name, plan) => {
    for (const [path, text] of Object.entries(clusterFiles(TRUST, { ...CLUSTER, ...plan }))) {
      if (name === "kyverno" && !path.includes("kyverno")) continue;
      const file = path.replace("kubernetes/", "");
      await expect(text).toMatchFileSnapshot(`../../golden/kubernetes/${name}/${file}`);
    }
  });
});

test.each<[Partial<ClusterPlan>, string[]]>([
  [{}, ["constraint.yaml", "policy.yaml", "ratify-values.yaml", "template.yaml"]],
  [{ gate: "azure-policy" }, ["azure-policy.json", "policy.yaml", "ratify-values.yaml"]],
  [
    { gate: "azure-policy", kyverno: true },
    ["azure-policy.json", "kyverno.yaml", "policy.yaml", "ratify-values.yaml"],
  ],
])("%j needs these files", (plan, files) => {
  expect(Object.keys(parsed(plan)).sort()).toEqual(files);
});

test("Azure Policy gets the template that Gatekeeper gets, and the namespaces as a default", () => {
  const { "azure-policy.json": definition } = parsed({ gate: "azure-policy" });
  const { details } = definition.policyRule.then;
  const template = Buffer.from(details.templateInfo.content, "base64").toString();
  expect(template).toBe(clusterFiles(TRUST, CLUSTER)["kubernetes/template.yaml"]);
  expect(definition.parameters.namespaces.defaultValue).toEqual(["shop", "on"]);
  expect(details.namespaces).toBe("[parameters('namespaces')]");
});

test("an identity that nobody declared is not in the values", () => {
  const { "ratify-values.yaml": values } = parsed({ clientId: undefined });
  expect(values).not.toHaveProperty("azureWorkloadIdentity");
  expect(values.oras.authProviders.azureWorkloadIdentityEnabled).toBe(true);
});

test.each([
  [
    ["contoso.azurecr.io/web"],
    ["contoso.azurecr.io/web", "contoso.azurecr.io/web:*", "contoso.azurecr.io/web@*"],
  ],
  [["*"], ["*"]],
])("Kyverno checks images of %j", (scopes, globs) => {
  const trust = { ...TRUST, statements: [{ name: "countersign/prod/web", scopes }] };
  const { "kyverno.yaml": policy } = parsed({ kyverno: true }, trust);
  expect(policy.spec.matchImageReferences).toEqual(globs.map((glob) => ({ glob })));
});

test("the file for Kyverno says first what it cannot do", () => {
  const text = clusterFiles(TRUST, { ...CLUSTER, kyverno: true })["kubernetes/kyverno.yaml"];
  expect(text).toMatch(/^# WARNING: this policy accepts EVERY CUSTOMER of the signing root\.\n/);
});
