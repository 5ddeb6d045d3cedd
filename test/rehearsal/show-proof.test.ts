import { expect, test } from "vitest";
import { ownJob, signing } from "./built";
import { governed, shown } from "./shown";

test("all that is trusted is listed, and not only what today's runs have", () => {
  const forms = ["repo:Contoso@5/web@7:", "repo:Contoso/web:"].map(
    (it) => `${it}ref:refs/heads/main`,
  );
  const lines = shown({ pipelines: { web: { subjects: "both" } }, trusted: forms });
  expect(lines.filter((line) => line.startsWith("    trusts"))).toEqual(
    forms.map((it) => `    trusts ${it}`),
  );
});

test("a long subject is broken, and stays whole", () => {
  const lines = shown(governed);
  const trusts = lines.slice(
    lines.findIndex((line) => line.startsWith("    trusts")),
    lines.findIndex((line) => line.includes("push push")),
  );
  expect(trusts.map((line) => line.slice(11)).join("")).toBe(governed.trusted[0]);
});

test("what is reached is said once, and marked where it is reached", () => {
  const share = { identity: { share: "team" } };
  const lines = shown({
    pipelines: { web: share, api: share },
    trusted: ["web@7", "api@8"].map((name) => `repo:Contoso@5/${name}:ref:refs/heads/main`),
  });
  const from = lines.findIndex((line) => line.startsWith("  ! "));
  expect(lines.slice(from, from + 5)).toEqual([
    "  ! web, api: Pipelines web and api share an identity, so each of them can push",
    "    the images of the others (docs/identity.md#sharing).",
    "  ! web, api: Any workflow that runs on a declared ref can log in. Fix: set",
    "    trust.workflow (docs/subjects.md#one-reusable-workflow).",
    "",
  ]);
  expect(lines.filter((line) => line.includes("logs in"))).toEqual(
    ["web", "api"].flatMap(() => [
      "  ● push to branch main                   logs in   yes  1/2 !   yes  no",
      "  ○ another workflow of the repository    logs in ! yes  1/2     yes  no",
    ]),
  );
});

test("a branch that must contain the workflow first is marked, and the mark is explained", () => {
  const lines = shown({
    pipelines: { web: { branches: ["main", "develop"] } },
    workflow: signing(ownJob(), "branches: [main, develop]"),
    trusted: ["main", "develop"].map((name) => `repo:Contoso@5/web@7:ref:refs/heads/${name}`),
  });
  expect(lines.filter((line) => /push to branch/.test(line))).toEqual([
    "  ● push to branch main                   logs in   yes  no      yes  no",
    "  ● push to branch develop                logs in * yes  no      yes  no",
  ]);
  expect(lines.filter((line) => /^ {2}\* /.test(line))).toEqual([
    "  * Signs only once this is true: Branch develop contains the workflow. Merge",
  ]);
});
