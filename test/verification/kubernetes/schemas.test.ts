import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { moduleFolder } from "../../../rehearsal/tools/module-folder";
import { MODULES } from "../../../rehearsal/tools/versions";
import { clusterFiles } from "../../../verification/kubernetes/cluster-files";
import { ask, type KubernetesObject, useTools } from "./cluster";
import { CLUSTER, TRUST } from "./samples";
import { problems } from "./schemas";

const paths = useTools("cluster");
const FILES = clusterFiles(TRUST, { ...CLUSTER, kyverno: true });

const DEFINITIONS = {
  ratify: { ...MODULES.ratify, folder: "charts/ratify/crds", suffix: "-customresourcedefinition" },
  gatekeeper: {
    ...MODULES.gatekeeper,
    folder: "charts/gatekeeper/crds",
    suffix: "-customresourcedefinition",
  },
  kyverno: { ...MODULES.kyverno, folder: "config/crds/policies.kyverno.io", suffix: "" },
};

function definition(of: keyof typeof DEFINITIONS, kind: string): string {
  const { folder, suffix, ...module } = DEFINITIONS[of];
  return join(moduleFolder(module), folder, `${kind}${suffix}.yaml`);
}

function file(name: string): KubernetesObject {
  return parse(FILES[`kubernetes/${name}`] ?? "");
}

describe("the definitions of the tools accept", () => {
  test.each([
    ["policy.yaml", "ratify", "policy"],
    ["template.yaml", "gatekeeper", "constrainttemplate"],
    ["kyverno.yaml", "kyverno", "policies.kyverno.io_imagevalidatingpolicies"],
  ] as const)("%s", (name, tool, kind) => {
    const object = file(name);
    const version = object.apiVersion.replace(/.*\//, "");
    expect(problems(definition(tool, kind), version, object)).toEqual([]);
    const wrong = { ...object, spec: { ...object.spec, matchImage: [] } };
    expect(problems(definition(tool, kind), version, wrong)).not.toEqual([]);
  });

  test("what constraint.yaml matches", () => {
    const bases = join(moduleFolder(MODULES.gatekeeper), "config/crd/bases");
    const { match } = file("constraint.yaml").spec;
    const dummy = { metadataDummy: {}, embeddedMatch: match };
    const path = join(bases, "match.gatekeeper.sh_matchcrd.yaml");
    expect(problems(path, "match", dummy)).toEqual([]);
  });

  test("each object of Ratify that its chart makes of the values", () => {
    const chart = join(moduleFolder(MODULES.ratify), "charts/ratify");
    const values = [FILES["kubernetes/ratify-values.yaml"]];
    const render = { chart, name: "ratify", namespace: "gatekeeper-system", values };
    const [release = []] = ask(paths().cluster, { render }) as KubernetesObject[][];
    const custom = release.filter(({ apiVersion }) => apiVersion.includes("ratify"));
    expect(custom.map(({ kind }) => kind).sort()).toEqual([
      "KeyManagementProvider",
      "KeyManagementProvider",
      "Policy",
      "Store",
      "Verifier",
    ]);
    for (const object of custom) {
      const path = definition("ratify", object.kind.toLowerCase());
      expect(problems(path, "v1beta1", object)).toEqual([]);
    }
  });
});
