import { describe, expect, test } from "vitest";
import { parseExpression } from "../../../rehearsal/clouds/entra/expression";
import { found, plannedWeb, repository, type SnapshotChanges } from "../../support/planning";
import { refusedWeb } from "../../support/refused";

const IDS = "repo:Contoso@5/web@7:ref:refs";
const NAMES = "repo:Contoso/web:ref:refs";
const flexible = (name: string, subject: string) => ({
  name,
  subject,
  expression: `claims['sub'] matches '${subject}' and claims['repository_id'] eq '7'`,
});
const MAIN = { name: "branch-main-immutable", subject: `${IDS}/heads/main` };
const V = flexible("tag-v--af7e9fa4-immutable", `${IDS}/tags/v*`);
const application = { identity: { application: {} } };

describe("tags of an application need no environment", () => {
  const rows: ReadonlyArray<readonly [string, object, readonly object[]]> = [
    ["one pattern", { tags: ["v*"] }, [MAIN, V]],
    [
      "exact tags beside a pattern",
      { branches: [], tags: ["v*", "nightly", "rc/1.0"] },
      [
        V,
        { name: "tag-nightly-immutable", subject: `${IDS}/tags/nightly` },
        { name: "tag-rc-1-0-f5555b0d-immutable", subject: `${IDS}/tags/rc/1.0` },
      ],
    ],
    [
      "a pattern, in both forms",
      { branches: [], tags: ["v*"], subjects: "both" },
      [V, flexible("tag-v--af7e9fa4-names", `${NAMES}/tags/v*`)],
    ],
    [
      "a pattern in an environment, which takes none",
      { tags: ["v*"], environment: "release" },
      [
        {
          name: "environment-release-immutable",
          subject: "repo:Contoso@5/web@7:environment:release",
        },
      ],
    ],
  ];
  test.each(rows)("%s", (_, pipeline, expected) => {
    const plan = plannedWeb({ branches: ["main"], ...pipeline, ...application });
    expect(plan.credentials).toEqual(expected);
    expect(plan.identity).toEqual({
      kind: "application",
      displayName: "countersign-test-web",
      owners: [],
    });
  });

  test("of an existing one too, beside what it had", () => {
    const clientId = "aaaa0000-0000-4000-8000-00000000c0de";
    const there: SnapshotChanges = {
      azure: {
        applications: { web: found({ objectId: "object-1", principal: found("principal-1") }) },
      },
    };
    const pipeline = {
      branches: [],
      tags: ["v*"],
      identity: { existingApplication: clientId },
    };
    expect(plannedWeb(pipeline, there).credentials).toEqual([{ ...V, name: `web_${V.name}` }]);
  });

  /** Whether Entra accepts a push of a tag of the repository with this id. */
  const admits = (tag: string, repository = 7, prefix = "repo:Contoso@5/web@7") => {
    const [credential] = plannedWeb({ branches: [], tags: ["v*"], ...application }).credentials;
    return parseExpression(credential?.expression ?? "")({
      sub: `${prefix}:ref:refs/tags/${tag}`,
      repository_id: String(repository),
      repository_owner_id: "5",
    });
  };
  test.each([
    ["v1", true],
    ["v", true],
    ["v2.0-rc.1", true],
    // GitHub's `*` ends at a `/`, and Entra's does not: the proof tells of it.
    ["v1/x", true],
    ["V1", false],
    ["w1", false],
    ["xv1", false],
  ])("a push of %s logs in: %s", (tag, expected) => {
    expect(admits(tag)).toBe(expected);
  });

  test("no push of another repository logs in, nor one in another form", () => {
    expect([admits("v1", 8), admits("v1", 7, "repo:Contoso/web")]).toEqual([false, false]);
  });
});

test("an expression that is too long is refused, with its length", () => {
  const keys = ["repo", "context", "ref", "workflow_ref"];
  const tag = `v${"x".repeat(150)}*`;
  const ref = `refs/tags/${tag}`;
  const workflow = `workflow_ref:Contoso/web/.github/workflows/sign-image.yml@${ref}`;
  const { expression } = flexible("", `repo:Contoso@5/web@7:ref:${ref}:ref:${ref}:${workflow}`);
  const subjects = found({
    use_default: false,
    include_claim_keys: keys,
    sub_claim_prefix: "repo:Contoso@5/web@7",
  });
  const there = { repositories: { web: repository({ subjects }) } };
  expect(expression.length).toBe(634);
  expect(refusedWeb({ branches: [], tags: [tag], ...application }, there)).toEqual([
    `web.tags | "${expression}" | an expression of at most 600 characters | This one has 634 characters. Shorten the name of the branch, tag or environment.`,
  ]);
});

test("a quote in a pattern is refused for an application, and not in an environment", () => {
  const tags = ["user's-*"];
  expect(refusedWeb({ branches: [], tags, ...application })).toEqual([
    "web.tags | \"repo:Contoso@5/web@7:ref:refs/tags/user's-*\" | a pattern without `'`, which ends a text in Entra's expressions | Change the pattern, or add an `environment`.",
  ]);
  expect(refusedWeb({ branches: [], tags, environment: "release" })).toEqual([]);
});
