import { describe, expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { faults, trusted, writes } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const web = { name: "web", id: 7, private: true } as const;
const under = (subjectTemplate: string[] | undefined, changes: object = {}) =>
  world({ repositories: [{ ...web, subjectTemplate, ...changes }] });
const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const IDS = "repo:Contoso@5/web@7";
const WORKFLOW = "Contoso/web/.github/workflows/sign-image.yml";

const two = { branches: ["main", "next"] };
const gated = { ...two, environment: "release" };

/** What subjects are built of, and those that are then trusted. */
const cases = [
  [["repo", "context"], {}, [`${IDS}:ref:refs/heads/main`]],
  [
    ["repository_owner_id", "repository_id", "context"],
    two,
    [
      "repository_owner_id:5:repository_id:7:ref:refs/heads/main",
      "repository_owner_id:5:repository_id:7:ref:refs/heads/next",
    ],
  ],
  [
    ["repository_owner_id", "repository_id", "context"],
    gated,
    ["repository_owner_id:5:repository_id:7:environment:release"],
  ],
  [["repository", "ref"], {}, ["repository:Contoso/web:ref:refs/heads/main"]],
  [
    ["repo", "context", "workflow_ref"],
    two,
    [
      `${IDS}:ref:refs/heads/main:workflow_ref:${WORKFLOW}@refs/heads/main`,
      `${IDS}:ref:refs/heads/next:workflow_ref:${WORKFLOW}@refs/heads/next`,
    ],
  ],
  [
    ["repository", "environment", "ref"],
    { ...gated, tags: ["v1.0"] },
    [
      "repository:Contoso/web:environment:release:ref:refs/heads/main",
      "repository:Contoso/web:environment:release:ref:refs/heads/next",
      "repository:Contoso/web:environment:release:ref:refs/tags/v1.0",
    ],
  ],
  [
    ["repo", "context", "workflow_ref"],
    gated,
    [
      `${IDS}:environment:release:workflow_ref:${WORKFLOW}@refs/heads/main`,
      `${IDS}:environment:release:workflow_ref:${WORKFLOW}@refs/heads/next`,
    ],
  ],
  [
    ["repository_id", "environment", "ref_type", "repository_visibility", "workflow"],
    { ...gated, tags: ["v*"] },
    [
      "repository_id:7:environment:release:ref_type:branch:repository_visibility:private:workflow:Sign image",
      "repository_id:7:environment:release:ref_type:tag:repository_visibility:private:workflow:Sign image",
    ],
  ],
] as const;

describe("subjects of a custom template", () => {
  test.each(cases)("%j, %j", async (keys, pipe, subjects) => {
    const settings = { config: pipeline(pipe), world: under([...keys]) };
    await onEngine(settings, async ({ run, clouds, outputs }) => {
      const before = clouds.inventory();
      await run("preview", "preview");
      await run("up", "up");
      expect(trusted(clouds)).toEqual(subjects);
      expect((await outputs()).web?.value.subjects).toEqual(subjects);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("the organisation's, where the repository asks for that", async () => {
    const subjectTemplate = ["repository_owner", "repository_id", "context"];
    const settings = {
      config: pipeline({}),
      world: world({ owner: { subjectTemplate }, repositories: [{ ...web, subjectTemplate: [] }] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([
        "repository_owner:Contoso:repository_id:7:ref:refs/heads/main",
      ]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });

  test("GitHub's, where the repository does not ask for the organisation's", async () => {
    const subjectTemplate = ["repository_owner", "repository_id", "context"];
    await onEngine({ world: world({ owner: { subjectTemplate } }) }, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([`${IDS}:ref:refs/heads/main`]);
    });
  });
});

test("a template that changed on GitHub: new credentials are made before the old go", async () => {
  const settings = { config: pipeline(two), world: under(undefined) };
  await onEngine(settings, async ({ run, clouds }) => {
    await run("up", "up");
    writes(clouds);
    clouds.github.repository("web").subjectTemplate = ["repository_id", "context"];
    await run("up", "after the change");
    expect(trusted(clouds)).toEqual([
      "repository_id:7:ref:refs/heads/main",
      "repository_id:7:ref:refs/heads/next",
    ]);
    expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    expect(writes(clouds)).toEqual([
      "create web-identity-branch-main-a1c209",
      "create web-identity-branch-next-a1c209",
      "delete web-identity-branch-next-immutable",
      "delete web-identity-branch-main-immutable",
    ]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});
