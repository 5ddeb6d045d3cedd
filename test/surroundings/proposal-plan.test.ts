import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeldProposal } from "../../surroundings/held-files";
import { planProposals, type Situation } from "../../surroundings/proposal-plan";

const NOW = "00000000aa";
const BEFORE = "00000000bb";

/** What one held proposal is, and what became of it on GitHub. */
interface Case {
  readonly held: HeldProposal;
  readonly isThere: boolean;
  readonly isMerged: boolean;
}

function proposal(changes: Partial<HeldProposal> = {}, isThere = true, isMerged = false): Case {
  const held = {
    digest: NOW,
    released: false,
    workflow: undefined,
    moved: [],
    branch: { branch: "it" },
    files: [],
    pullRequest: { number: "1" },
    ...changes,
  };
  return { held, isThere: isThere || !held.branch, isMerged };
}

/** What is decided: what is proposed, and of what is kept whether it is released. */
function decide(cases: readonly Case[], at: Partial<Situation> = {}) {
  const of = (wanted: HeldProposal) => cases.find(({ held }) => held.digest === wanted.digest);
  const { propose, keep } = planProposals(
    cases.map(({ held }) => held),
    {
      digest: undefined,
      isDirect: false,
      isThere: (it) => of(it)?.isThere ?? true,
      isMerged: (it) => of(it)?.isMerged ?? false,
      isElsewhere: () => false,
      ...at,
    },
  );
  return { propose, keep: keep.map(({ digest, released }) => [digest, released]) };
}

const kept = (released: boolean) => ({ propose: undefined, keep: [[NOW, released]] });
const NONE = { propose: undefined, keep: [] };
const old = (changes: Partial<HeldProposal> = {}, isThere = true, isMerged = false) =>
  proposal({ digest: BEFORE, ...changes }, isThere, isMerged);

const decisions = [
  ["nothing is held, and nothing differs", [], {}, NONE],
  ["something differs", [], { digest: NOW }, { propose: NOW, keep: [] }],
  ["it is proposed", [proposal()], { digest: NOW }, kept(false)],
  ["its branch is gone", [proposal({}, false)], { digest: NOW }, kept(true)],
  ["its branch is back", [proposal({ released: true })], { digest: NOW }, kept(false)],
  [
    "a refresh has taken its branch out of the state",
    [proposal({ branch: undefined })],
    { digest: NOW },
    kept(false),
  ],
  [
    "a run was interrupted before the pull request",
    [proposal({ pullRequest: undefined })],
    { digest: NOW },
    { propose: NOW, keep: [] },
  ],
  ["it is merged", [proposal({}, true, true)], {}, kept(false)],
  ["it is merged, its branch deleted", [proposal({}, false, true)], {}, kept(true)],
  ["another takes its place", [old()], { digest: NOW }, { propose: NOW, keep: [] }],
  [
    "another takes its place, its branch is gone",
    [old({}, false)],
    { digest: NOW },
    { propose: NOW, keep: [[BEFORE, true]] },
  ],
  [
    "another takes its place, it is released",
    [old({ released: true }, false)],
    { digest: NOW },
    { propose: NOW, keep: [] },
  ],
  [
    "another took its place, it is released",
    [old({ released: true }, false), proposal()],
    { digest: NOW },
    {
      propose: undefined,
      keep: [
        [BEFORE, true],
        [NOW, false],
      ],
    },
  ],
  [
    "another took its place, and its deletion was interrupted",
    [old(), proposal()],
    { digest: NOW },
    kept(false),
  ],
  ["it is open, and not wanted any more", [proposal()], {}, NONE],
  ["commits are direct: it is open", [proposal()], { isDirect: true }, NONE],
  ["commits are direct: it was merged", [proposal({}, true, true)], { isDirect: true }, NONE],
  ["commits are direct: its branch is gone", [proposal({}, false)], { isDirect: true }, kept(true)],
  [
    "commits are direct: it is released",
    [proposal({ released: true }, false)],
    { isDirect: true },
    NONE,
  ],
] as const;

test.each(decisions)("%s", (_, cases, at, expected) => {
  expect(decide(cases, at)).toEqual(expected);
});

describe("whatever is held", () => {
  const states = fc.uniqueArray(
    fc
      .record({
        digest: fc.constantFrom(NOW, BEFORE, "00000000cc", "00000000dd"),
        released: fc.boolean(),
        branch: fc.option(fc.constant({ branch: "it" }), { nil: undefined }),
        pullRequest: fc.option(fc.constant({ number: "1" }), { nil: undefined }),
        isThere: fc.boolean(),
        isMerged: fc.boolean(),
      })
      .map(({ isThere, isMerged, ...held }) => proposal(held, isThere, isMerged)),
    { selector: ({ held }) => held.digest },
  );
  const situations = fc.oneof(
    fc.constant({ digest: NOW, isDirect: false }),
    fc.record({ digest: fc.constant(undefined), isDirect: fc.boolean() }),
  );
  const holds = (check: (cases: readonly Case[], at: Partial<Situation>) => void) =>
    fc.assert(fc.property(states, situations, check), { numRuns: 2000 });

  /** What the state holds, and what GitHub has, after a run. */
  const ranOnce = (cases: readonly Case[], at: Partial<Situation>): Case[] => {
    const { propose, keep } = decide(cases, at);
    const kept = cases.flatMap((it) => {
      const [, released] = keep.find(([digest]) => digest === it.held.digest) ?? [];
      return released === undefined ? [] : { ...it, held: { ...it.held, released: !!released } };
    });
    return propose ? [...kept, proposal({ digest: propose })] : kept;
  };

  test("what leaves the state is deleted where its branch is there, and only there", () => {
    holds((cases, at) => {
      const { propose, keep } = decide(cases, at);
      const stays = [propose, ...keep.map(([digest]) => digest)];
      for (const { held, isThere } of cases) {
        if (!stays.includes(held.digest)) expect(held.released).toBe(!isThere);
      }
    });
  });

  test("what stays can be destroyed at once, and leaves no branch", () => {
    holds((cases, at) => {
      for (const [digest, released] of decide(cases, at).keep) {
        expect(cases.find(({ held }) => held.digest === digest)?.isThere).toBe(!released);
      }
    });
  });

  test("something is proposed exactly where it is wanted and no pull request of it is held", () => {
    holds((cases, at) => {
      const isHeld = cases.some(({ held }) => held.digest === at.digest && held.pullRequest);
      expect(decide(cases, at).propose).toBe(isHeld ? undefined : at.digest);
    });
  });

  test("after two runs, at most, a run shows no difference", () => {
    holds((cases, at) => {
      const settled = ranOnce(ranOnce(cases, at), at);
      const { propose, keep } = decide(settled, at);
      expect(propose).toBeUndefined();
      expect(keep).toEqual(settled.map(({ held }) => [held.digest, held.released]));
    });
  });

  test("after two runs no branch is left of what is not wanted", () => {
    holds((cases, at) => {
      for (const { held, isThere, isMerged } of ranOnce(ranOnce(cases, at), at)) {
        const isWanted = at.digest ? held.digest === at.digest : isMerged && !at.isDirect;
        if (isThere && held.branch) expect(isWanted).toBe(true);
      }
    });
  });
});
