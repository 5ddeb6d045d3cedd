import { describe, expect, test } from "vitest";
import { exchange } from "../../rehearsal/proof/entra";
import { block } from "../support/block";
import { type Bench, type Config, onEngine, reasonOf, world } from "../support/engine";
import {
  APPLICATION,
  clientIdOf,
  held,
  IDENTITY,
  inhabited,
  live,
  ownApplication,
  powers,
  stackOf,
  violations,
} from "../support/identities";

const IDS = "repo:Contoso@5/web@7:ref:refs";
const NAMES = "repo:Contoso/web:ref:refs";
const OF_THE_REPOSITORY = "claims['repository_id'] eq '7'";
const flexible = (pattern: string) => `claims['sub'] matches '${pattern}' and ${OF_THE_REPOSITORY}`;
const application = { application: {} };
const NAME = "countersign-test-web";

/** The pipeline, how many resources there are, and whom its application trusts. */
const trusted = [
  [
    "one pattern",
    { tags: ["v*"] },
    19,
    [
      `${flexible(`${IDS}/tags/v*`)} (tag-v--af7e9fa4-immutable)`,
      `${IDS}/heads/main (branch-main-immutable)`,
    ],
  ],
  [
    "exact tags beside a pattern",
    { branches: [], tags: ["v*", "nightly", "rc/1.0"] },
    20,
    [
      `${flexible(`${IDS}/tags/v*`)} (tag-v--af7e9fa4-immutable)`,
      `${IDS}/tags/nightly (tag-nightly-immutable)`,
      `${IDS}/tags/rc/1.0 (tag-rc-1-0-f5555b0d-immutable)`,
    ],
  ],
  [
    "a pattern, in both forms",
    { branches: [], tags: ["v*"], subjects: "both" },
    19,
    [
      `${flexible(`${IDS}/tags/v*`)} (tag-v--af7e9fa4-immutable)`,
      `${flexible(`${NAMES}/tags/v*`)} (tag-v--af7e9fa4-names)`,
    ],
  ],
  [
    "a pattern under an environment, which takes none",
    { tags: ["v*"], environment: "release" },
    22,
    ["repo:Contoso@5/web@7:environment:release (environment-release-immutable)"],
  ],
] as const;

/** The answer to a push of a tag of the repository with this id. */
function push({ clouds }: Bench, tag: string, repository = 7, prefix = "repo:Contoso@5/web@7") {
  const answer = exchange(clouds.azure, {
    clientId: clientIdOf(clouds, "web"),
    tenantId: clouds.azure.world.tenantId,
    issuer: "https://token.actions.githubusercontent.com",
    audience: "api://AzureADTokenExchange",
    subject: `${prefix}:ref:refs/tags/${tag}`,
    claims: { repository_id: String(repository), repository_owner_id: "5" },
  });
  return "code" in answer ? answer.code : answer.credential;
}

describe("tags of an application need no environment", () => {
  test.each(trusted)("%s", async (_, changes, count, expected) => {
    const web: Config = { branches: ["main"], ...changes, identity: application };
    await onEngine({ config: stackOf({ web }) }, async (bench) => {
      await live(bench, count, () => {
        expect(held(bench.clouds)).toEqual(ownApplication(NAME, ["web"], expected));
        expect(violations(bench.clouds, stackOf({ web }), world())).toEqual([]);
      });
    });
  });

  test("a tag under the pattern logs in, any other does not", async () => {
    const web = { branches: ["main"], tags: ["v*", "nightly"], identity: application };
    await onEngine({ config: stackOf({ web }) }, async (bench) => {
      await bench.run("up", "up");
      expect(["v1", "v", "v2.0-rc.1", "nightly"].map((tag) => push(bench, tag))).toEqual([
        "tag-v--af7e9fa4-immutable",
        "tag-v--af7e9fa4-immutable",
        "tag-v--af7e9fa4-immutable",
        "tag-nightly-immutable",
      ]);
      // GitHub's `*` ends at a `/`, and Entra's does not: the proof tells of it.
      expect(push(bench, "v1/x")).toBe("tag-v--af7e9fa4-immutable");
      expect(["V1", "w1", "xv1", "nightly2"].map((tag) => push(bench, tag))).toEqual(
        Array(4).fill("AADSTS700213"),
      );
      expect(push(bench, "v1", 8)).toBe("AADSTS700213");
      expect(push(bench, "v1", 7, "repo:Contoso/web")).toBe("AADSTS700213");
    });
  });

  test("of an existing one too, beside what it had", async () => {
    const there = inhabited({ applications: [APPLICATION] });
    const identity = { existingApplication: APPLICATION.clientId };
    const web = { branches: [], tags: ["v*"], identity };
    await onEngine({ config: stackOf({ web }), world: there }, async (bench) => {
      await live(bench, 16, () => {
        expect(held(bench.clouds)).toEqual(
          [
            "application Release signer",
            "application Release signer, service principal",
            ...powers(
              "Release signer",
              ["web"],
              [`${flexible(`${IDS}/tags/v*`)} (web_tag-v--af7e9fa4-immutable)`],
            ),
          ].sort(),
        );
      });
    });
  });
});

describe("tags that no credential can say", () => {
  const WHY =
    "Entra matches subjects exactly, so each would need a credential of its own; add an `environment`, whose one subject serves all tags it admits, or `identity: { application: {} }`, as Entra takes patterns for applications only";
  const ONLY = "tags only together with `environment` or an application";

  test.each([
    ["the default identity", undefined],
    ["an existing identity", { existing: IDENTITY }],
    ["a shared identity", { share: "team" }],
  ])("%s is a managed one: refused at preview", async (_, identity) => {
    const settings = {
      config: stackOf({ web: { tags: ["v*"], identity } }),
      world: inhabited({ identities: [IDENTITY] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const said = block("countersign:pipelines.web.tags", '["v*"]', ONLY, WHY);
      expect(await reasonOf(run("preview", "preview"))).toContain(said);
      expect(await reasonOf(run("up", "up"))).toContain(said);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test("an expression that is too long is refused at preview, with its length", async () => {
    const subjectTemplate = ["repo", "context", "ref", "workflow_ref"];
    const tag = `v${"x".repeat(150)}*`;
    const ref = `refs/tags/${tag}`;
    const workflow = `workflow_ref:Contoso/web/.github/workflows/sign-image.yml@${ref}`;
    const expression = flexible(`repo:Contoso@5/web@7:ref:${ref}:ref:${ref}:${workflow}`);
    const settings = {
      config: stackOf({ web: { branches: [], tags: [tag], identity: application } }),
      world: world({ repositories: [{ name: "web", id: 7, subjectTemplate }] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const said = [
        `    given    "${expression.slice(0, 116)}...`,
        "    allowed  an expression of at most 600 characters",
        "    remedy   it has 634: shorten the name of the branch, tag or environment",
      ].join("\n");
      expect(expression.length).toBe(634);
      expect(await reasonOf(run("preview", "preview"))).toContain(said);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});
