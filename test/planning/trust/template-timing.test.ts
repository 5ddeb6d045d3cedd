import { describe, expect, test } from "vitest";
import { CALLABLE, CALLED } from "../../support/governing";
import { found, repository, type SnapshotChanges, web } from "../../support/planning";
import { made, merge, next, run, type World } from "../../support/runs";

const OTHER = CALLED.replace("heads/main", "tags/v2");
const github = {
  reusableWorkflows: Object.fromEntries(
    [CALLED, OTHER].map((it) => [it, found({ content: CALLABLE, repository: "Contoso/shared" })]),
  ),
};
const there: SnapshotChanges = { github };
const calling = (workflow = CALLED) => ({ trust: { workflow, manageSubjectTemplate: true } });
const direct = (pipeline: object = {}) =>
  web({ branches: ["main"], ids: "variables", ...pipeline });
const proposing = (pipeline: object = {}) => direct({ commit: "pull-request", ...pipeline });

const NAME = "repo:Contoso@5/web@7";
const OPEN = `${NAME}:ref:refs/heads/main`;
const BY = `:job_workflow_ref:${CALLED}`;
const gated = (environment: string) => `${NAME}:environment:${environment}`;

/** When the template is declared, and what is trusted. */
const declared = ({ plan }: World) => [
  plan?.subjectTemplate,
  plan?.credentials.map(({ subject }) => subject),
];
const first = (config: ReturnType<typeof direct>) => run(config, undefined, there);
const later = (before: World, config: ReturnType<typeof direct>) => next(config, before, there);
const merged = (before: World, config: ReturnType<typeof direct>) => later(merge(before), config);
const standing = (config: ReturnType<typeof direct>) => merged(first(config), config);

describe("committed directly", () => {
  test("the first run needs the template: it is there before the files", () => {
    expect(declared(first(direct(calling())))).toEqual(["before the files", [OPEN + BY]]);
  });

  test("runs of the workflow of before need none: it comes after the files", () => {
    const before = first(direct());
    const now = later(before, direct(calling()));
    expect(declared(now)).toEqual(["after the files", [OPEN + BY]]);
    expect(declared(later(now, direct(calling())))).toEqual(["before the files", [OPEN + BY]]);
    // A run that failed before the template goes on so: it recorded nothing.
    const failed = { ...before, main: now.main };
    expect(declared(later(failed, direct(calling())))[0]).toBe("after the files");
  });

  test("without the reusable workflow it goes, with the credentials for it", () => {
    expect(declared(later(first(direct(calling())), direct()))).toEqual(["none", [OPEN]]);
  });

  test("another reusable workflow needs no other template", () => {
    const now = later(first(direct(calling())), direct(calling(OTHER)));
    expect(declared(now)).toEqual(["before the files", [`${OPEN}:job_workflow_ref:${OTHER}`]]);
  });

  test("after a proposal that was merged, it comes after the files", () => {
    const now = later(standing(proposing()), direct(calling()));
    expect(declared(now)).toEqual(["after the files", [OPEN + BY]]);
  });
});

describe("proposed in a pull request", () => {
  test("the first one: the template is there before the files", () => {
    expect(declared(first(proposing(calling())))).toEqual(["before the files", [OPEN + BY]]);
  });

  const rows: ReadonlyArray<readonly [string, object, object, unknown[], unknown[]]> = [
    [
      "own → reusable: the template waits for the merge",
      {},
      calling(),
      ["none", [OPEN, OPEN + BY]],
      ["after the files", [OPEN + BY]],
    ],
    [
      "own → reusable, in another environment",
      { environment: "old" },
      { environment: "new", ...calling() },
      ["none", [gated("old"), gated("new"), gated("new") + BY]],
      ["after the files", [gated("new") + BY]],
    ],
    [
      "reusable → own: the template goes at once, because its callers need none",
      calling(),
      {},
      ["none", [OPEN]],
      ["none", [OPEN]],
    ],
    [
      "reusable → own, in another environment",
      { environment: "old", ...calling() },
      { environment: "new" },
      ["none", [gated("old"), gated("new")]],
      ["none", [gated("new")]],
    ],
    [
      "reusable → own, without the environment",
      { environment: "old", ...calling() },
      {},
      ["none", [OPEN]],
      ["none", [OPEN]],
    ],
    [
      "one reusable workflow → another",
      calling(),
      calling(OTHER),
      ["before the files", [OPEN + BY, `${OPEN}:job_workflow_ref:${OTHER}`]],
      ["before the files", [`${OPEN}:job_workflow_ref:${OTHER}`]],
    ],
  ];
  test.each(rows)("%s", (_, old, wanted, proposed, after) => {
    const before = standing(proposing(old));
    const now = later(before, proposing(wanted));
    expect(declared(now)).toEqual(proposed);
    expect(declared(later(now, proposing(wanted)))).toEqual(proposed);
    expect(declared(merged(now, proposing(wanted)))).toEqual(after);
  });

  test("tags of an application that calls another workflow: both are trusted", () => {
    const tags = { branches: [], tags: ["v*"], identity: { application: {} } };
    const before = standing(proposing({ ...tags, ...calling() }));
    const now = later(before, proposing({ ...tags, ...calling(OTHER) }));
    expect(now.plan?.credentials.map(({ expression }) => expression)).toEqual(
      [CALLED, OTHER].map(
        (it) =>
          `claims['sub'] matches '${NAME}:ref:refs/tags/v*:job_workflow_ref:${it}' and claims['repository_id'] eq '7'`,
      ),
    );
  });
});

describe("under a template of somebody's own, until the merge", () => {
  const under = (...keys: string[]) => {
    const subjects = found({
      use_default: false,
      include_claim_keys: keys,
      sub_claim_prefix: NAME,
    });
    return (before?: World) => ({
      repositories: {
        web: repository({
          subjects,
          ...(before && { environments: webOf(made(before))?.environments ?? {} }),
        }),
      },
    });
  };
  const webOf = ({ repositories }: SnapshotChanges) => {
    const its = repositories?.web;
    return its && !("status" in its) ? its : undefined;
  };
  const changed = (keys: readonly string[], old: object, wanted: object) => {
    const at = under(...keys);
    const proposed = run(proposing(old), undefined, at());
    const before = next(proposing(old), merge(proposed), at(proposed));
    return declared(next(proposing(wanted), before, at(before)))[1];
  };

  test("the path of the workflow, which moves", () => {
    const at = (path: string) =>
      `${NAME}:workflow_ref:Contoso/web/.github/workflows/${path}@refs/heads/main`;
    const moved = { workflow: ".github/workflows/release.yml" };
    expect(changed(["repo", "workflow_ref"], {}, moved)).toEqual([
      at("sign-image.yml"),
      at("release.yml"),
    ]);
  });

  test("the ref beside the environment, which is replaced", () => {
    expect(
      changed(["repo", "context", "ref"], { environment: "old" }, { environment: "new" }),
    ).toEqual(["old", "new"].map((it) => `${gated(it)}:ref:refs/heads/main`));
  });
});
