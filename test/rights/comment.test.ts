import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commentMarker, commentOf, type Previewed } from "../../rights/comment";

const { deployment } = JSON.parse(readFileSync("test/fixtures/example-state.json", "utf8"));
const steps = deployment.resources.map((it: { readonly urn: string }) => ({
  op: "create",
  urn: it.urn,
  newState: it,
}));

const of = (changes: Partial<Previewed> = {}): Previewed => ({
  stack: "contoso/prod",
  status: 0,
  preview: { steps },
  messages: "",
  run: "https://github.com/contoso/platform/actions/runs/5",
  ...changes,
});

test("a preview equals its golden file", async () => {
  await expect(`${commentOf(of())}\n`).toMatchFileSnapshot("../golden/comment.md");
});

test("without a change, it says so", () => {
  const same = steps.map((it: { newState: object }) => ({
    ...it,
    op: "same",
    oldState: it.newState,
  }));
  const text = commentOf(of({ preview: { steps: same } }));
  expect(text).toContain("Nobody gains or loses a right that this stack declares.");
  expect(text).not.toContain("<details>");
});

test("a refused preview has its errors, and no table", () => {
  const diagnostics = [
    { severity: "error", message: "\u001b[31mThe configuration cannot be used\u001b[0m" },
  ];
  const text = commentOf(
    of({ status: 255, preview: { diagnostics }, messages: "error: ```refused```" }),
  );
  expect(text).toBe(
    [
      commentMarker("contoso/prod"),
      "### Countersign: preview of `contoso/prod`",
      "",
      "**The preview failed** with exit status 255. [Its log](https://github.com/contoso/platform/actions/runs/5)",
      "",
      "````text",
      "The configuration cannot be used",
      "error: ```refused```",
      "````",
      "",
    ].join("\n"),
  );
});

test("a preview that failed without an error says where its reason is", () => {
  const text = commentOf(of({ status: 1, messages: "warning: old" }));
  expect(text).toContain(
    "```text\nwarning: old\nThe preview reports no error. A policy can have refused the preview.\n",
  );
});

test("a preview that lacks what stays as it is says nothing about rights", () => {
  const text = commentOf(of({ preview: { steps, changeSummary: { create: 26, same: 1 } } }));
  expect(text).toContain("unknown: the preview ran without `--show-sames`.");
  expect(text).not.toContain("**gains**");
  expect(text).not.toContain("```mermaid");
});

test("a picture that Mermaid would refuse is not missed silently", () => {
  const many = Array.from({ length: 300 }, (_, index) => ({
    op: "create",
    urn: `urn:pulumi:prod::countersign::type::credential-${index}`,
    newState: {
      urn: `credential-${index}`,
      type: "azure-native:managedidentity:FederatedIdentityCredential",
      inputs: { subject: `s${index}`, resourceName: `identity-${index}` },
    },
  }));
  const text = commentOf(of({ preview: { steps: many } }));
  expect(text).toContain("The picture is too large for Mermaid.");
  expect(text).not.toContain("```mermaid");
});

test("a preview that printed nothing still has a comment", () => {
  const text = commentOf(of({ status: 1, preview: undefined }));
  expect(text).toContain("**The preview failed** with exit status 1.");
});

test("a large stack fits into a comment", () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({
    op: "create",
    urn: `urn:pulumi:prod::countersign::type::resource-${index}`,
    newState: { urn: "", type: "azure-native:authorization:RoleAssignment" },
  }));
  const text = commentOf(of({ preview: { steps: [...steps, ...many] } }));
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toContain("**gains**");
  expect(text).toContain("The rest does not fit into a comment.");
  expect(text.trimEnd().endsWith("</details>")).toBe(true);
});

test("names of other people cannot leave their cell", () => {
  const evil = steps.map((it: { newState: { inputs?: Record<string, unknown> } }) =>
    it.newState.inputs?.subject
      ? {
          ...it,
          newState: {
            ...it.newState,
            inputs: { ...it.newState.inputs, subject: "a` | @all\n\u202e|b\\|c" },
          },
        }
      : it,
  );
  const text = commentOf(of({ preview: { steps: evil } }));
  expect(text).toContain("| `a \\| @all \\|b \\|c` |");
});
