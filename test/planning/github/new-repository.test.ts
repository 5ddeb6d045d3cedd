import { describe, expect, test } from "vitest";
import { pendingRepositoryId } from "../../../trust/pending";
import { config } from "../../support/config";
import {
  found,
  missing,
  planned,
  problemsOf,
  repository,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { line, refused } from "../../support/refused";

const account = found({ login: "Contoso", id: 5, type: "Organization" });
const absentOwner = { github: { account } };
const absent = (...names: string[]) =>
  snapshot({
    repositories: Object.fromEntries(names.map((name) => [name, missing])),
    github: { account },
  });
const pipelines = (given: object) => config({ "countersign:pipelines": given });
const create = (rest: object = {}) => ({ repository: { create: {} }, ...rest });

describe("a repository that the stack creates", () => {
  test("is private, has a Dockerfile for each image, and is trusted by its ID", () => {
    const images = [
      { name: "web" },
      { name: "api", context: "apps/api", dockerfile: "x/Dockerfile" },
    ];
    const plan = planned(pipelines({ web: create({ images }) }), absent("web"));
    const starter = (dockerfile: string) =>
      `# Replace this with the Dockerfile of your image.\nFROM scratch\nCOPY ["${dockerfile}", "/"]\n`;
    expect(plan.newRepositories).toEqual([
      {
        pipeline: "web",
        name: "web",
        visibility: "private",
        protect: true,
        starters: [
          { path: "Dockerfile", content: starter("Dockerfile") },
          { path: "apps/api/x/Dockerfile", content: starter("x/Dockerfile") },
        ],
      },
    ]);
    const [web] = plan.pipelines;
    expect(web?.isPending).toBe(true);
    expect(web?.credentials.map(({ subject }) => subject)).toEqual([
      `repo:Contoso@5/web@${pendingRepositoryId("web")}:ref:refs/heads/main`,
    ]);
    expect(web?.repository.url).toBe("https://github.com/Contoso/web");
  });

  test("has one Dockerfile for images that share it, with their stages", () => {
    const images = [
      { name: "web", target: "web" },
      { name: "api", target: "api" },
    ];
    const plan = planned(pipelines({ web: create({ images }) }), absent("web"));
    expect(plan.newRepositories[0]?.starters).toEqual([
      {
        path: "Dockerfile",
        content:
          '# Replace this with the Dockerfile of your image.\nFROM scratch AS web\nCOPY ["Dockerfile", "/"]\nFROM scratch AS api\nCOPY ["Dockerfile", "/"]\n',
      },
    ]);
  });

  test("needs no Dockerfile where nothing is built", () => {
    const plan = planned(pipelines({ web: create({ build: false }) }), absent("web"));
    expect(plan.newRepositories[0]?.starters).toEqual([]);
  });

  test("can have several pipelines, and another name", () => {
    const given = {
      one: { ...create(), repository: { create: { name: "suite", visibility: "public" } } },
      two: {
        repository: "suite",
        branches: ["next"],
        environment: "two",
        level: "environment",
        workflow: ".github/workflows/two.yml",
        images: [{ name: "two", context: "two" }],
      },
    };
    const plan = planned(pipelines(given), absent("one", "two"));
    expect(plan.newRepositories.map(({ name, starters }) => [name, starters.length])).toEqual([
      ["suite", 2],
    ]);
    const [one, two] = plan.pipelines;
    expect(one?.repository.id).toBe(two?.repository.id);
  });
});

describe("create or adopt is stated, and never guessed", () => {
  test("a repository that exists is not created again", () => {
    expect(refused(pipelines({ web: create() }))).toEqual([
      'web.repository.create | "contoso/web" | a repository that does not exist yet | To use the repository that exists, write `repository: web` in place of `create`. To create another one, choose another name.',
    ]);
  });

  test("a repository that this stack created is used as it is now", () => {
    const resources = [
      {
        type: "github:index/repository:Repository",
        name: "web-new-repository",
        outputs: { name: "web", repoId: 7 },
      },
    ];
    const there = snapshot({ repositories: { web: repository() }, resources });
    const plan = planned(pipelines({ web: create() }), there);
    expect(plan.pipelines[0]).toMatchObject({ isPending: false, repository: { id: 7 } });
    expect(plan.newRepositories).toHaveLength(1);
  });

  test("what this stack created is not renamed, adopted, or made again unnoticed", () => {
    const resources = [
      {
        type: "github:index/repository:Repository",
        name: "web-new-repository",
        outputs: { name: "web", repoId: 7 },
      },
    ];
    const of = (
      it: object,
      repositories: SnapshotChanges["repositories"] = { web: repository() },
    ) =>
      problemsOf(pipelines({ web: it }), snapshot({ ...absentOwner, repositories, resources })).map(
        line,
      );
    expect(of({})).toEqual([
      'web.repository | "contoso/web" | `create`, because this stack created this repository | Write `create` again. Without it, Pulumi would delete the repository. To hand it over, first take it out of the state with `pulumi state delete`.',
    ]);
    const renamed = [
      'web.repository.create.name | "contoso/shop" | web, the name of the repository that this stack created | To rename the repository, rename it on GitHub first. If it is gone, run `pulumi refresh`.',
    ];
    const shop = { repository: { create: { name: "shop" } } };
    expect(of(shop, { web: repository({ name: "shop", id: 77 }) })).toEqual(renamed);
    expect(of(shop, { web: missing })).toEqual(expect.arrayContaining(renamed));
    // It was renamed on GitHub.
    expect(of(shop, { web: repository({ name: "shop", id: 7 }) })).toEqual([]);
  });

  test("what needs an existing repository waits for it", () => {
    const trust = { workflow: "o/r/.github/workflows/sign.yml@refs/heads/main" };
    const given = pipelines({ web: create({ trust, ids: "variables", commit: "pull-request" }) });
    const content =
      "on: { workflow_call: { inputs: { images: {}, environment: {}, client-id: {}, tenant-id: {}, subscription-id: {} } } }";
    const there = absent("web");
    const reusableWorkflows = { [trust.workflow]: found({ content, repository: "o/r" }) };
    const github = { ...there.github, reusableWorkflows };
    expect(() => planned(given, { ...there, github })).toThrow(
      /no `trust` while the repository is created.*auto or direct while the repository is created/s,
    );
  });
});
