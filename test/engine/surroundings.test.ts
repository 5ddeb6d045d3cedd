import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";

const profile = (changes: object) =>
  world({ account: { profiles: [{ name: "container-images", ...changes }] } });
const repository = (changes: object) =>
  world({ repositories: [{ name: "web", id: 7, ...changes }] });
const found =
  "check group, name and subscription, and that you may read it; Azure said: Error: invocation of";
const PROFILE = "countersign:signing.profile";
const REPOSITORY = "countersign:pipelines.web.repository";

/** What exists, does not fit, and is refused before anything is declared. */
const cases = [
  [
    "no such registry",
    world({ registry: { name: "another" } }),
    block(
      "countersign:registry",
      '"rg-images/contosoimages"',
      "an existing container registry",
      found,
    ),
  ],
  [
    "no such account",
    world({ account: { name: "another" } }),
    block(
      "countersign:signing.account",
      '"rg-signing/contoso-signing"',
      "an existing Artifact Signing account",
      found,
    ),
  ],
  [
    "no such profile",
    world({ account: { profiles: [] } }),
    block(PROFILE, '"contoso-signing/container-images"', "an existing certificate profile", found),
  ],
  [
    "a disabled profile",
    profile({ status: "Disabled" }),
    block(
      PROFILE,
      '"container-images"',
      "an active profile",
      "it is Disabled: see the account's identity validation",
    ),
  ],
  [
    "a profile for trials",
    profile({ type: "PublicTrustTest" }),
    block(
      PROFILE,
      '"container-images"',
      "a profile of type PublicTrust or PrivateTrust",
      "it is PublicTrustTest: choose another",
    ),
  ],
  [
    "a subject that Notation cannot trust",
    profile({ subject: "CN=A, O=B, C=US" }),
    block(
      PROFILE,
      '"container-images"',
      "a profile whose subject has C, ST and O",
      "it lacks ST, which Notation demands: choose another profile",
    ),
  ],
  [
    "no such repository",
    world({ repositories: [] }),
    block(
      REPOSITORY,
      '"contoso/web"',
      "an existing repository",
      "check `github:owner` and the name, and that the token may read it",
    ),
  ],
  [
    "an archived repository",
    repository({ archived: true }),
    block(REPOSITORY, '"contoso/web"', "a repository that is not archived", "unarchive it"),
  ],
  [
    "an empty repository",
    repository({ empty: true }),
    block(
      REPOSITORY,
      '"contoso/web"',
      "a repository with a commit on its default branch",
      "push a first commit to main",
    ),
  ],
] as const;

describe("what exists and does not fit", () => {
  test.each(cases)("%s", async (_, it, expected) => {
    await onEngine({ world: it }, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(expected);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test.each([
    ["abac", "rbac"],
    ["rbac", "abac"],
  ] as const)("a registry in %s mode that is said to be in %s mode", async (mode, said) => {
    const registry = { resourceGroup: "rg-images", name: "contosoimages", permissions: said };
    const settings = {
      config: config({ "countersign:registry": registry }),
      world: world({ registry: { mode } }),
    };
    await onEngine(settings, async ({ run }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:registry.permissions",
          `"${said}"`,
          `${mode}, which is the mode of contosoimages, or auto`,
          "correct it, or leave it out; or change the registry's mode first",
        ),
      );
    });
  });

  test("a repository whose name cannot be an image's", async () => {
    const settings = {
      config: config({ "countersign:pipelines": { web: { repository: "_web" } } }),
      world: world({ repositories: [{ name: "_web", id: 7 }] }),
    };
    await onEngine(settings, async ({ run }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.images",
          '"_web"',
          "images by name, as the repository's name cannot be an image's",
          "add `images: [{ name: NAME }]`",
        ),
      );
    });
  });

  test("everything in all clouds is reported at once", async () => {
    const wrong = world({
      registry: { name: "another" },
      account: { profiles: [{ name: "container-images", status: "Disabled" }] },
      repositories: [{ name: "web", id: 7, archived: true }],
    });
    const settings = {
      config: config({ "countersign:pipelines": { web: {}, gone: {} } }),
      world: wrong,
    };
    await onEngine(settings, async ({ run }) => {
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain("What exists does not fit the configuration: 4 problems");
      expect(reason.match(/^ {2}countersign:\S+/gm)).toEqual([
        "  countersign:registry",
        "  countersign:signing.profile",
        "  countersign:pipelines.gone.repository",
        "  countersign:pipelines.web.repository",
      ]);
    });
  });
});

test("a bad configuration is refused by the engine with the whole message", async () => {
  await onEngine(
    { config: config({ "countersign:pipelines": { web: { signWith: "x" } } }) },
    async (bench) => {
      const reason = await reasonOf(bench.run("preview", "preview"));
      expect(reason).toContain(
        block("countersign:pipelines.web.signWith", '"x"', "action, cli", "choose one of them"),
      );
      await bench.configure({});
      expect(await reasonOf(bench.run("preview", "preview"))).toContain(
        "countersign:registry.name",
      );
    },
  );
});
