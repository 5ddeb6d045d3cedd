import { expect, test } from "vitest";
import type { Difference } from "../../ci/drift";
import { issueChange } from "../../ci/issue";

const RUN = "https://github.com/contoso/platform/actions/runs/5";
const FOUND: Difference[] = [
  { resource: "RepositoryFile web|files", difference: "differs in content", fix: "`pulumi up`" },
];

test("the first difference opens an issue", () => {
  expect(issueChange("prod", FOUND, [], RUN)).toEqual({
    kind: "open",
    title: "Drift in the stack prod",
    body: [
      '<!-- countersign drift "prod" -->',
      `1 resource differs from the stack \`prod\`. Last seen by ${RUN}`,
      "",
      "| resource | difference | fix |",
      "|---|---|---|",
      "| RepositoryFile web\\|files | differs in content | `pulumi up` |",
      "",
      "This issue is closed when nothing differs any more.",
    ].join("\n"),
  });
});

const user = { login: "github-actions[bot]" };
const open = { number: 3, body: '<!-- countersign drift "prod" -->\nolder', user };
const other = { number: 2, body: '<!-- countersign drift "dev" -->\nolder', user };

test.each([
  ["an issue of somebody else", { ...open, user: { login: "eve" } }],
  ["a pull request", { ...open, pull_request: {} }],
  ["an issue that quotes the marker", { ...open, body: `> ${open.body}` }],
  ["an issue without a description", { ...open, body: null }],
])("%s is never changed", (_, found) => {
  expect(issueChange("prod", [], [found], RUN)).toEqual({ kind: "none" });
  expect(issueChange("prod", FOUND, [found], RUN)).toMatchObject({ kind: "open" });
});

test("a later run updates the issue of the same stack", () => {
  const change = issueChange("prod", FOUND, [other, open], RUN);
  expect(change).toMatchObject({ kind: "update", number: 3 });
});

test("a clean stack closes its issue", () => {
  const comment = `The stack and the clouds are equal again: ${RUN}`;
  expect(issueChange("prod", [], [other, open], RUN)).toEqual({
    kind: "close",
    number: 3,
    comment,
  });
});

test("a clean stack without an issue changes nothing", () => {
  expect(issueChange("prod", [], [other], RUN)).toEqual({ kind: "none" });
});

test("a long list fits into an issue", () => {
  const many = Array.from({ length: 2000 }, () => FOUND).flat();
  const change = issueChange("prod", many, [], RUN);
  const body = "body" in change ? change.body : "";
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain("2000 resources differ");
  expect(body).toContain("The table has the first 100 of them.");
});

test("names of other people mention nobody, and add no markup", () => {
  const name = "RepositoryFile @contoso/all <img> \n|";
  const change = issueChange("prod", [{ ...FOUND[0], resource: name } as Difference], [], RUN);
  expect("body" in change && change.body).toContain(
    "| RepositoryFile @\u200bcontoso/all &lt;img> \\| |",
  );
});
