import { describe, expect, test } from "vitest";
import { blobSha } from "../../../rehearsal/clouds/github/state";
import { refusal } from "../support";
import { on, type Ruleset, ruleset } from "./web";

const inputs = { repository: "web", file: "a.md", content: "one\n" };
const under = (changes: Partial<Ruleset>) => on({ rulesets: [ruleset(changes)] });

/** The text of a refused commit under rulesets. */
const refused = (act: string, ...why: string[]) => {
  const all = why.map((it) => `${it}\n\n`).join("");
  const method = act === "delete" ? "DELETE" : "PUT";
  const message = `409: ${method} contents/a.md: 409 Repository rule violations found\n\n${all} []`;
  return { code: "409", message };
};

describe("a commit is refused by the rule", () => {
  test.each([
    ["pull_request", "Changes must be made through a pull request."],
    ["required_status_checks", 'Required status check "ci" is expected'],
    ["workflows", 'Required workflow ".github/workflows/ci.yml" is expected'],
    ["required_signatures", "Commits must have verified signatures."],
    ["required_deployments", "Required deployments are missing."],
    ["update", "Cannot update this protected ref."],
    ["merge_queue", "Changes must be made through the merge queue."],
    ["code_scanning", "Code scanning is waiting for results."],
    ["commit_message_pattern", "Commit message must fit starts_with COUNTERSIGN-"],
    ["committer_email_pattern", "Committer email must fit ends_with @contoso.com"],
  ] as const)("%s", async (rule, why) => {
    const { file, state } = under({ rules: ["deletion", rule] });
    state.repository("web").branches.get("main")?.set("a.md", "one\n");
    const before = { ...inputs, branch: "main", sha: blobSha("one\n") };
    const over = { ...inputs, overwriteOnCreate: true };
    expect(await refusal(() => file.create(over))).toEqual(refused("create", why));
    expect(await refusal(() => file.update("id", inputs, before))).toEqual(refused("update", why));
    expect(await refusal(() => file.delete("id", before))).toEqual(refused("delete", why));
  });
});

test("all violations are told, each once", async () => {
  const { file } = on({
    rulesets: [ruleset({ rules: ["update", "pull_request"] }), ruleset({ rules: ["update"] })],
  });
  const both = [
    "Cannot update this protected ref.",
    "Changes must be made through a pull request.",
  ];
  expect(await refusal(() => file.create(inputs))).toEqual(refused("create", ...both));
});

test.each([
  [{ rules: ["creation", "deletion", "non_fast_forward", "required_linear_history"] }],
  [{ rules: ["copilot_code_review", "license_compliance_scanning", "branch_name_pattern"] }],
  [{ rules: ["something_new"] }],
  [{ rules: ["commit_author_email_pattern"] }],
  [{ bypass: "always" }],
  [{ bypass: "exempt" }],
  [{ enforcement: "evaluate" }],
  [{ enforcement: "disabled" }],
  [{ target: "tag" }],
  [{ branches: ["~ALL"], except: ["ma*"] }],
  [{ branches: ["release", "release/*"] }],
] as const)("a commit is not refused under %j", async (changes) => {
  const { file } = under(changes as Partial<Ruleset>);
  expect((await file.create(inputs)).id).toBe("web:a.md:main");
});

test("who may bypass by pull requests only may not commit", async () => {
  const { file } = under({ bypass: "pull_requests_only" });
  expect((await refusal(() => file.create(inputs))).code).toBe("409");
});

test.each(["~ALL", "~DEFAULT_BRANCH", "ma*", "refs/heads/main"])("%s is main too", async (it) => {
  const { file } = under({ branches: [it] });
  expect((await refusal(() => file.create(inputs))).code).toBe("409");
});

test("a branch that is not there is that first", async () => {
  const { file } = under({ branches: ["next"] });
  expect(await refusal(() => file.create({ ...inputs, branch: "next" }))).toEqual({
    code: "404",
    message: "404: unexpected status code: 404 Not Found",
  });
});

test("neither rules nor protection keep a person from merging", async () => {
  const { branch, file, pull, state } = on({
    rulesets: [ruleset()],
    protectedBranches: ["main"],
  });
  await branch.create({ repository: "web", branch: "next" });
  await file.create({ ...inputs, branch: "next" });
  const wanted = { baseRepository: "web", baseRef: "main", headRef: "next", title: "Add it" };
  await pull.create(wanted);
  state.merge("web", 1);
  expect(state.repository("web").branches.get("main")?.get("a.md")).toBe("one\n");
});

test("a merge commit does not go into a linear history, a squashed one does", async () => {
  const { branch, file, pull, state } = on({
    rulesets: [ruleset({ rules: ["required_linear_history"] })],
  });
  await branch.create({ repository: "web", branch: "next" });
  await file.create({ ...inputs, branch: "next" });
  await pull.create({ baseRepository: "web", baseRef: "main", headRef: "next", title: "Add it" });
  expect(await refusal(() => state.merge("web", 1))).toEqual({
    code: "405",
    message:
      "405: PUT pulls/1/merge: 405 Repository rule violations found\n\n" +
      "This branch must not contain merge commits.\n\n []",
  });
  state.merge("web", 1, { method: "squash" });
  expect(state.repository("web").branches.get("main")?.has("a.md")).toBe(true);
});
