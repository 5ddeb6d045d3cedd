import { describe, expect, test } from "vitest";
import { found, plannedWeb, repository, web } from "../../support/planning";
import { refusedWeb } from "../../support/refused";
import { run } from "../../support/runs";

/** A repository for which GitHub issues one form. */
const issuing = (form: "names" | "immutable") => ({
  repositories: {
    web: repository({
      subjects: found({
        use_default: true,
        sub_claim_prefix: { names: "repo:Contoso/web", immutable: "repo:Contoso@5/web@7" }[form],
      }),
    }),
  },
});
const NAMES = {
  name: "branch-main-names",
  subject: "repo:Contoso/web:ref:refs/heads/main",
};
const IMMUTABLE = {
  name: "branch-main-immutable",
  subject: "repo:Contoso@5/web@7:ref:refs/heads/main",
};

describe("the forms of the subject that are trusted", () => {
  test.each([
    ["auto", "names", [NAMES]],
    ["auto", "immutable", [IMMUTABLE]],
    ["both", "names", [NAMES, IMMUTABLE]],
    ["both", "immutable", [IMMUTABLE, NAMES]],
    ["names", "names", [NAMES]],
    ["immutable", "immutable", [IMMUTABLE]],
  ] as const)("%s, where GitHub issues %s", (subjects, form, expected) => {
    const plan = plannedWeb({ subjects }, issuing(form));
    expect(plan.credentials).toEqual(expected);
    expect(plan.record.subjectForm).toBe(form);
  });

  const TRUSTS = "trusts both forms of the repository's subjects.";
  test.each([
    [
      "names",
      "GitHub uses the names form today (`repo:Contoso/web:…`). Next, opt the repository in to immutable subjects, run the workflow, and then set `subjects: immutable`",
    ],
    [
      "immutable",
      "GitHub uses the immutable form today (`repo:Contoso@5/web@7:…`). To stop trusting the names form, set `subjects: immutable`",
    ],
  ] as const)("both: the next step is told, where GitHub issues %s", (form, told) => {
    expect(plannedWeb({ subjects: "both" }, issuing(form)).notes).toEqual([`${TRUSTS} ${told}`]);
    expect(plannedWeb({}, issuing(form)).notes).toEqual([]);
  });

  test.each([
    [
      "immutable",
      "names",
      "Set `subjects: both`, switch the repository on GitHub, run the workflow, and then set this value.",
    ],
    [
      "names",
      "immutable",
      "Remove `subjects`. Whether a repository can go back to names is unverified.",
    ],
  ] as const)("%s alone is refused where GitHub issues %s", (subjects, form, fix) => {
    expect(refusedWeb({ subjects }, issuing(form))).toEqual([
      `web.subjects | "${subjects}" | auto, ${form} or both, because GitHub issues the ${form} form for this repository | ${fix}`,
    ]);
  });

  test("names → both → immutable: each step trusts what GitHub issues", () => {
    const steps = [
      ["auto", "names", [NAMES]],
      ["both", "names", [NAMES, IMMUTABLE]],
      ["both", "immutable", [IMMUTABLE, NAMES]],
      ["immutable", "immutable", [IMMUTABLE]],
    ] as const;
    let world: ReturnType<typeof run> | undefined;
    for (const [subjects, form, expected] of steps) {
      world = run(web({ subjects }), world, issuing(form));
      expect(world.plan?.credentials).toEqual(expected);
    }
  });

  test("a proposal waits while GitHub switches: both workflows are trusted in the form of today", () => {
    const config = web({ branches: ["main"], commit: "pull-request" });
    const before = run(config, undefined, issuing("names"));
    expect(run(config, before, issuing("immutable")).plan?.credentials).toEqual([IMMUTABLE]);
  });
});
