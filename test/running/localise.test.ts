import { expect, test } from "vitest";
import { parse } from "yaml";
import { localised } from "../../rehearsal/running/localise";
import type { Services } from "../../rehearsal/running/services";
import { generated, WORKFLOW } from "./bench";

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
  const committed = [
    { path: WORKFLOW, content: generated(wanted) },
    { path: "README.md", content: "of contoso.azurecr.io" },
  ];
  const [workflow, readme] = localised(committed, of, services);
  expect(parse(workflow?.content ?? "")).toEqual(parse(generated(wanted, services)));
  expect(readme).toEqual(committed[1]);
});

test("a workflow without an address that should be replaced is refused", () => {
  const content = generated({ signWith: "action" }).replace(/ +timestamp_url: .*\n/g, "");
  expect(() => localised([{ path: WORKFLOW, content }], of, services)).toThrow(
    "The committed workflow has no timestamp_url|TIMESTAMP_URL",
  );
});
