import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { CALLABLE, governing } from "../support/governing";
import { trusted } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const gated = { branches: ["main", "next"], environment: "release" };
const KNOWN =
  "the claim keys that are known before a run: repo, context, environment, ref, ref_type, repository, repository_id, repository_owner, repository_owner_id, repository_visibility, workflow, workflow_ref, job_workflow_ref";
const REPOSITORY = "countersign:pipelines.web.repository";
const refused = (keys: string, allowed: string, remedy: string) =>
  block(REPOSITORY, `"its subject template ${keys}"`, allowed, remedy);

describe("a template that is refused", () => {
  test.each([
    ...["actor", "run_id", "repo_property_x", "event_name"].map(
      (key) =>
        [
          ["repo", "context", key],
          {},
          refused(
            `repo, context, ${key}`,
            KNOWN,
            `\`${key}\` is not: take it out of the template, or reset that`,
          ),
        ] as const,
    ),
    [
      ["repository_owner_id", "repository_id"],
      {},
      refused(
        "repository_owner_id, repository_id",
        "a template with one of context, environment, ref, workflow_ref",
        "without, every branch and pull request has the same subject: add one",
      ),
    ],
    [
      ["repository_owner_id", "context"],
      {},
      refused(
        "repository_owner_id, context",
        "a template with one of repo, repository, repository_id, workflow_ref",
        "without, other repositories have the same subject: add one",
      ),
    ],
    [
      ["repo", "environment"],
      {},
      refused(
        "repo, environment",
        "an `environment`, as the key `environment` stands in the template",
        "add one: GitHub issues no token to a job without",
      ),
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      {},
      refused(
        "repo, context, job_workflow_ref",
        "`trust.workflow`, as the key `job_workflow_ref` stands in the template",
        "add it: what GitHub puts there for a job of one's own is not documented",
      ),
    ],
    [
      ["repository_id", "context"],
      { subjects: "both" },
      block(
        "countersign:pipelines.web.subjects",
        '"both"',
        "auto, as its subject template has no key `repo`, which alone has two forms",
        "leave it out",
      ),
    ],
    [
      ["repository", "ref"],
      gated,
      refused(
        "repository, ref",
        "a template with one of context, environment, as there is an `environment`",
        "without, a job that leaves the environment out has the same subject: add one, or take the environment out here",
      ),
    ],
    [
      ["repository", "context", "ref"],
      { branches: ["main", "release/*"], tags: ["v*"], environment: "release" },
      [
        block(
          "countersign:pipelines.web.branches",
          '"release/*"',
          "exact branches: its subject template repository, context, ref names the ref, which Entra matches exactly",
          "name the branches, or reset the template",
        ),
        block(
          "countersign:pipelines.web.tags",
          '"v*"',
          "exact tags: its subject template repository, context, ref names the ref, which Entra matches exactly",
          "use an application, or reset the template",
        ),
      ].join("\n"),
    ],
  ] as const)("%j, %j", async (keys, pipe, message) => {
    const repository = { name: "web", id: 7, subjectTemplate: [...keys] };
    const settings = { config: pipeline(pipe), world: world({ repositories: [repository] }) };
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});

test("a template of the organisation that the token may not read is refused", async () => {
  const it = world({
    owner: { subjectTemplate: ["repository", "context"], subjectTemplateHidden: true },
    repositories: [{ name: "web", id: 7, subjectTemplate: [] }],
  });
  await onEngine({ config: pipeline({}), world: it }, async ({ run, clouds }) => {
    expect(await reasonOf(run("preview", "preview"))).toContain(
      block(
        REPOSITORY,
        '"contoso/web"',
        "a subject template that the token may read: it is that of the organisation Contoso",
        "let the token read it (classic `read:org`, else the organisation's Administration), or give the repository one of its own",
      ),
    );
    expect(clouds.traffic.writes).toEqual([]);
  });
});

test("nor is it asked for where the repository has its own", async () => {
  const it = world({
    owner: { subjectTemplateHidden: true },
    repositories: [{ name: "web", id: 7, subjectTemplate: ["repository_id", "context"] }],
  });
  await onEngine({ config: pipeline({}), world: it }, async ({ run, clouds }) => {
    await run("up", "up");
    expect(trusted(clouds)).toEqual(["repository_id:7:ref:refs/heads/main"]);
  });
});

describe("what Entra would refuse", () => {
  /** A workflow and a branch so long that together they leave 600 characters, or one more. */
  const governed = (length: number) => {
    const called = `Contoso/shared/.github/workflows/${"w".repeat(100)}.yml@refs/heads/${"r".repeat(200)}`;
    const start = "repo:Contoso@5/web@7:ref:refs/heads/:job_workflow_ref:".length + called.length;
    const trust = { workflow: called, manageSubjectTemplate: true };
    const branches = ["b".repeat(length - start)];
    const config = pipeline({ branches, ids: "variables", trust });
    return { config, world: governing({}, { [called]: CALLABLE }), branch: branches[0] };
  };

  test("a subject of 601 characters", async () => {
    const { branch, ...settings } = governed(601);
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.branches",
          `"${`repo:Contoso@5/web@7:ref:refs/heads/${branch}`.slice(0, 116)}...`,
          "a subject of at most 600 characters",
          "it has 601: shorten the name of the branch, tag or environment",
        ),
      );
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test("not one of 600", async () => {
    await onEngine(governed(600), async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds).map(({ length }) => length)).toEqual([600]);
    });
  });

  test("21 credentials, as the template tells refs apart in an environment", async () => {
    const branches = Array.from({ length: 21 }, (_, index) => `release-${index}`);
    const settings = {
      config: pipeline({ branches, environment: "release" }),
      world: world({
        repositories: [
          { name: "web", id: 7, subjectTemplate: ["repository", "environment", "ref"] },
        ],
      }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.branches",
          "21",
          "at most 20 federated credentials on one identity",
          "there are 21; add an `environment`, or declare fewer refs",
        ),
      );
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});
