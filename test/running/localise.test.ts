import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { localised, storesOf } from "../../rehearsal/running/act/localise";
import type { Services } from "../../rehearsal/running/services/services";
import { microsoftRoot } from "../../workflow/certificate";
import { writeTrust } from "../../workflow/steps/verify";
import { trustOf } from "../workflow/plans";
import { generated, WORKFLOW } from "./generated";

const services = {
  loginServer: "localhost:5000",
  timestampUrl: "http://localhost:5001/",
  timestampRootPem: "local root",
  downloads: {
    notation: { url: "https://localhost:5002/notation.tar.gz", sha256: "1".repeat(64) },
    plugin: { url: "https://localhost:5002/plugin.tar.gz", sha256: "2".repeat(64) },
  },
} as Services;
const of = { workflow: WORKFLOW, loginServer: "contoso.azurecr.io" };

test.each([
  { signWith: "action" },
  { signWith: "cli" },
  { signWith: "action", images: 2, environment: "release" },
] as const)("a committed workflow equals one for this machine's services: %o", (wanted) => {
  const plan = { trust: undefined };
  const committed = [
    { path: WORKFLOW, content: generated({ ...wanted, plan }) },
    { path: "README.md", content: "of contoso.azurecr.io" },
  ];
  const [workflow, readme] = localised(committed, of, services);
  expect(parse(workflow?.content ?? "")).toEqual(parse(generated({ ...wanted, plan }, services)));
  expect(readme).toEqual(committed[1]);
});

test("a workflow without an address that should be replaced is refused", () => {
  const content = generated({ signWith: "action" }).replace(/ +timestamp_url: .*\n/g, "");
  expect(() => localised([{ path: WORKFLOW, content }], of, services)).toThrow(
    "The committed workflow has no timestamp_url|TIMESTAMP_URL",
  );
});

test.each([
  ["one root for both", microsoftRoot()],
  ["another root of signatures", `${microsoftRoot()}# another\n`],
])("trust stores get the roots of this machine: %s", (_, signingRoot) => {
  const trust = { ...trustOf("web"), signingRoot };
  const folder = mkdtempSync(join(tmpdir(), "countersign-stores-"));
  const roots = { signingRootPem: "of signatures\n", timestampRootPem: "of timestamps\n" };
  execFileSync("bash", ["-e"], { input: `trust=${folder}\n${storesOf(writeTrust(trust), roots)}` });
  const stored = ["ca", "tsa"].map((type) => {
    const store = join(folder, "truststore/x509", type);
    return readFileSync(join(store, readdirSync(store)[0] ?? "", "root.pem"), "utf8");
  });
  expect(stored).toEqual(["of signatures\n", "of timestamps\n"]);
});
