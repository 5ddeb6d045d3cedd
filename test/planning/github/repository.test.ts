import { describe, expect, test } from "vitest";
import type { PipelineRecord, StateResource } from "../../../snapshot";
import { type Config, config } from "../../support/config";
import {
  forbidden,
  found,
  missing,
  planned,
  plannedWeb,
  repository,
  type SnapshotChanges,
  snapshot,
  web,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";
import { run } from "../../support/runs";

const pipelines = (of: Config) => config({ "countersign:pipelines": of });
const images = [{ name: "web" }];
const having = (changes: object): SnapshotChanges => ({
  repositories: { web: repository(changes) },
});

describe("a repository that cannot be used", () => {
  const none =
    "an existing repository | Check `github:owner` and the name, and that the token can read the repository. To create it, write `repository: { create: {} }`.";
  const rows: ReadonlyArray<readonly [string, SnapshotChanges, string]> = [
    ["missing", { repositories: { web: missing } }, none],
    ["not readable", { repositories: { web: forbidden } }, none],
    [
      "archived",
      having({ archived: true }),
      "a repository that is not archived | Unarchive the repository.",
    ],
    [
      "empty",
      having({ empty: true, defaultBranch: "trunk" }),
      "a repository with a commit on its default branch | Push a first commit to trunk.",
    ],
    [
      "with files that cannot be read",
      having({ hidden: true }),
      "a repository whose files the token can read | Give the token the permission Contents: read and write for the repository.",
    ],
    [
      "with a subject template that cannot be read",
      having({ subjects: forbidden }),
      "a subject template that the token can read | Give the token the repository permission Actions: read. GitHub said: 403: not yours",
    ],
    ...[forbidden, missing].map(
      (organizationSubjects) =>
        [
          `with its organization's subject template, which is ${organizationSubjects.status}`,
          having({
            subjects: found({ use_default: false, include_claim_keys: [] }),
            organizationSubjects,
          }),
          "a subject template that the token can read: the repository uses the template of the organization Contoso | Let the token read the organization's template (classic token: `read:org`; otherwise the organization's Administration), or give the repository a template of its own.",
        ] as const,
    ),
  ];
  test.each(rows)("%s", (_, there, expected) => {
    expect(refusedWeb({}, there)).toEqual([`web.repository | "contoso/web" | ${expected}`]);
  });

  test("archived and empty: both are told", () => {
    expect(refusedWeb({}, having({ archived: true, empty: true }))).toHaveLength(2);
  });
});

/** What a run for a repository `web` left in the state. */
const first = run(web({ images }));
const { records, resources } = first.changes;
const secret = (outputs: object): StateResource => ({
  type: "github:index/actionsSecret:ActionsSecret",
  name: "web-ids-azure-client-id",
  outputs: { ...outputs },
});

const refusal = (pipeline: string, called: string, original: number, id: number) =>
  `${pipeline}.repository | "contoso/${called}" | the repository with id ${original}, in which this stack's resources are | This is a different repository (id ${id}) with the same name. Set \`repository\` to the original repository's current name. If the original repository is gone, delete what this stack wrote from the new repository, run \`pulumi refresh\`, and then \`pulumi up\`.`;

describe("a new repository of an old name inherits no trust", () => {
  const recycled = { repositories: { web: repository({ id: 9 }) }, records };

  test.each([
    ["files", resources ?? []],
    ["settings", [secret({ repositoryId: 7 })]],
    ["an organization's settings", [secret({ selectedRepositoryIds: [7] })]],
  ])("as long as the state has %s of the old one", (_, held) => {
    expect(refused(web({ images }), { ...recycled, resources: held })).toEqual([
      refusal("web", "web", 7, 9),
    ]);
  });

  test("nor where its pipeline has another key", () => {
    const site = { repositories: { site: repository({ id: 9 }) }, records, resources };
    const given = pipelines({ site: { repository: "web", images } });
    expect(refused(given, site)).toEqual([refusal("site", "web", 7, 9)]);
  });

  test("until the state has forgotten what was in the old one", () => {
    for (const held of [[], [secret({ repositoryId: 9 })]]) {
      const plan = plannedWeb({ images }, { ...recycled, resources: held });
      expect(plan.credentials.map(({ subject }) => subject)).toEqual([
        "repo:Contoso@5/web@9:ref:refs/heads/main",
      ]);
    }
  });

  test("nor do two repositories that swap names swap the trust in them", () => {
    const api: PipelineRecord = {
      ...(records?.web as PipelineRecord),
      repository: { id: 8, name: "api", defaultBranch: "main" },
    };
    const swapped = {
      records: { web: records?.web as PipelineRecord, api },
      resources: [...(resources ?? []), secret({ repositoryId: 8 })],
    };
    const repositories = {
      web: repository({ name: "web", id: 8 }),
      api: repository({ name: "api", id: 7 }),
    };
    const given = pipelines({ web: {}, api: {} });
    expect(refused(given, { ...swapped, repositories })).toEqual([
      refusal("web", "web", 7, 8),
      refusal("api", "api", 8, 7),
    ]);
    const named = pipelines({
      web: { repository: "api", images },
      api: { repository: "web", images: [{ name: "api" }] },
    });
    const now = { web: repositories.api, api: repositories.web };
    expect(refused(named, { ...swapped, repositories: now })).toEqual([]);
  });
});

describe("a repository that was renamed", () => {
  test("is the same one, whose pipeline names it anew", () => {
    const there = { repositories: { web: repository({ name: "shop" }) }, records, resources };
    const { repository: it, credentials } = plannedWeb({ repository: "shop", images }, there);
    expect(it).toEqual({
      owner: "Contoso",
      name: "shop",
      id: 7,
      defaultBranch: "main",
      url: "https://github.com/Contoso/shop",
    });
    expect(credentials.map(({ subject }) => subject)).toEqual([
      "repo:Contoso@5/shop@7:ref:refs/heads/main",
    ]);
  });

  test.each([
    ["web", "next"],
    ["web-old", "web"],
  ])("has a pipeline beside a new one of its old name: %s, %s", (old, next) => {
    const given = pipelines({
      [old]: { repository: "shop", images },
      [next]: { repository: "web", images: [{ name: "next" }] },
    });
    const there = snapshot({
      repositories: { [old]: repository({ name: "shop" }), [next]: repository({ id: 9 }) },
      records: { [old]: records?.web as PipelineRecord },
      resources,
    });
    expect(planned(given, there).pipelines.map((it) => it.repository.id)).toEqual([7, 9]);
  });
});

describe("what another pipeline of this stack made in the repository", () => {
  const held = "a workflow that no other pipeline of this stack made; `web` made it";
  const renamed =
    "Don't rename a pipeline key: Pulumi would write its objects again and then delete them with the old pipeline. Name this pipeline `web`, or remove `web` in a run of its own first.";

  test.each([
    ["of the same name", "web", {}],
    ["of the same name, adopting", "web", { adopt: true }],
    ["that was renamed", "shop", { environment: "release" }],
    ["that was renamed, with settings of the organization", "shop", { level: "organization" }],
  ])("is refused where the pipeline's key changes: one %s", (_, name, pipeline) => {
    const given = pipelines({ site: { repository: name, images, ...pipeline } });
    const there = { repositories: { site: repository({ name }) }, records, resources };
    expect(refused(given, there)).toEqual([
      `site.workflow | ".github/workflows/sign-image.yml" | ${held} | ${renamed}`,
    ]);
  });

  test("is refused where both pipelines are configured", () => {
    const given = pipelines({
      web: { repository: "api", images },
      site: { repository: "web", images: [{ name: "site" }] },
    });
    const repositories = { web: repository({ name: "api", id: 8 }), site: repository() };
    expect(refused(given, { repositories, records, resources })).toEqual([
      `site.workflow | ".github/workflows/sign-image.yml" | ${held} | Change \`web\` in a run of its own first.`,
    ]);
  });
});
