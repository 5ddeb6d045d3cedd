import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeProblems } from "../../configuration/problems";
import { pipelineSchema } from "../../configuration/schema";
import { badBuilds } from "./bad-builds";
import { badCreations } from "./bad-creations";
import { badEnvironments } from "./bad-environments";
import { badHosts } from "./bad-hosts";
import { badIdentities } from "./bad-identities";
import { badPipelines } from "./bad-pipelines";
import { badRepositories } from "./bad-repositories";
import { badSharing } from "./bad-sharing";
import { badStacks } from "./bad-stacks";
import { badTriggers } from "./bad-triggers";
import { badTrust } from "./bad-trust";
import { badVerifiers } from "./bad-verifiers";
import { type Config, problemsOf, read } from "./stack";

const all = [
  ...badBuilds,
  ...badCreations,
  ...badStacks,
  ...badTriggers,
  ...badPipelines,
  ...badEnvironments,
  ...badIdentities,
  ...badTrust,
  ...badRepositories,
  ...badSharing,
  ...badHosts,
  ...badVerifiers,
];

describe("a bad configuration", () => {
  test.each(all)("%s", (_, changes, expected) => {
    expect(problemsOf(changes)).toEqual(expected);
  });

  test("GITHUB_OWNER of another owner, which the provider would prefer", () => {
    expect(problemsOf({}, { GITHUB_OWNER: "mallory" })).toEqual([
      'GITHUB_OWNER | "mallory" | no value, or contoso as in `github:owner` | Remove this setting. The GitHub provider would use it instead of `github:owner`.',
    ]);
    expect(problemsOf({}, { GITHUB_OWNER: "Contoso" })).toEqual([]);
  });

  test("GITHUB_BASE_URL and ARM_ENVIRONMENT, which the providers take too", () => {
    expect(problemsOf({}, { GITHUB_BASE_URL: "http://github.contoso.example" })).toEqual([
      'GITHUB_BASE_URL | "http://github.contoso.example" | https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3 | Use the base URL of GitHub\'s REST API.',
    ]);
    expect(problemsOf({}, { ARM_ENVIRONMENT: "usgovernment" })).toEqual([
      'ARM_ENVIRONMENT | "usgovernment" | public, because Artifact Signing is available only there | Remove this setting. The default is the public cloud.',
    ]);
    const both = { "countersign:pipelines": { web: { subjects: "both" } } };
    expect(problemsOf(both, { GITHUB_BASE_URL: "https://github.contoso.example/" })).toEqual([
      'countersign:pipelines.web.subjects | "both" | `auto` or `names`, because github.contoso.example does not issue immutable subjects | Remove `subjects`.',
    ]);
    expect(problemsOf(both, { GITHUB_BASE_URL: "https://api.contoso.ghe.com/" })).toEqual([]);
  });

  test("has no configuration", () => {
    expect(read({ "countersign:pipelines": {} }).configuration).toBeUndefined();
  });
});

const P = "countersign:pipelines";
const paths = (changes: Config) => problemsOf(changes).map((line) => line.split(" | ")[0]);

describe("problems are reported together", () => {
  test.each<readonly [string, Config, readonly string[]]>([
    [
      "a shape mistake in one pipeline, and a broken rule in another",
      { [P]: { web: { signWith: "x" }, api: { tags: ["v*"] } } },
      [`${P}.web.signWith`, `${P}.api.tags`],
    ],
    [
      "a broken rule, a shape mistake, and a setting of a provider",
      { [P]: { web: { level: "environment" }, api: { ids: 5 } }, "github:owner": undefined },
      [`${P}.web.level`, `${P}.api.ids`, "github:owner"],
    ],
    [
      "mistakes in every part of the stack",
      {
        "countersign:registry": { resourceGroup: "rg-images", name: "r" },
        "countersign:signing": undefined,
        "countersign:identity": { location: "west-europe" },
        "countersign:downloads": 5,
        "countersign:owner": "contoso",
        [P]: {
          web: { branches: ["a*"], environment: { name: "a", create: false, waitMinutes: 1 } },
        },
        "azure-native:environment": "china",
      },
      [
        "countersign:registry.name",
        "countersign:signing",
        "countersign:identity.location",
        "countersign:downloads",
        "countersign:owner",
        `${P}.web.environment.create`,
        "azure-native:environment",
      ],
    ],
    [
      "all rules of one pipeline",
      {
        [P]: {
          web: {
            tags: ["v*"],
            branches: ["a*"],
            level: "environment",
            identity: { existing: { name: "signer", resourceGroup: "rg-ids" }, share: "team" },
            images: [{ name: "a" }, { name: "a" }],
          },
        },
      },
      [
        `${P}.web.identity`,
        `${P}.web.tags`,
        `${P}.web.branches.0`,
        `${P}.web.level`,
        `${P}.web.images`,
      ],
    ],
    [
      "rules between the pipelines whose shape is valid",
      {
        [P]: {
          web: { signWith: "x", repository: "one" },
          api: { repository: "two" },
          job: { repository: "Two" },
          mail: { repository: "one" },
        },
      },
      [`${P}.web.signWith`, `${P}.job.workflow`, `${P}.job.level`, `${P}.job.images`],
    ],
    [
      "a key of another form, and what is wrong below it",
      { [P]: { "my.site": { tags: ["v*"] }, api: 5 } },
      [`${P}.my.site`, `${P}.my.site.tags`, `${P}.api`],
    ],
    [
      "only the shape of one pipeline, before its rules",
      { [P]: { web: { tags: ["v*"], signWith: "x", branches: ["a", "a"] } } },
      [`${P}.web.branches`, `${P}.web.signWith`],
    ],
  ])("%s", (_, changes, expected) => {
    expect(paths(changes)).toEqual(expected);
  });
});

test("no value makes it throw, and every problem has a key, an expectation, and a fix", () => {
  const key = fc.constantFrom(...Object.keys(pipelineSchema.shape), "web", "a.b");
  const pipeline = fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue()));
  const pipelines = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string({ maxLength: 3 }), pipeline));
  const other = fc.option(fc.jsonValue(), { nil: undefined });
  fc.assert(
    fc.property(pipelines, other, other, (them, registry, identity) => {
      const { configuration, problems } = read({
        [P]: them,
        "countersign:registry": registry,
        "countersign:identity": identity,
      });
      expect(configuration === undefined).toBe(problems.length > 0);
      for (const { path, expected, fix } of problems) {
        expect(path).toMatch(/^(countersign:|github:|azure-native:)/);
        expect(expected).not.toBe("");
        expect(fix).toMatch(/^[A-Z].*[.?]$/s);
      }
    }),
  );
});

describe("the text of an error", () => {
  test("names each key, its value, and the fix", () => {
    const { problems } = read({ [P]: { web: { tags: ["v*"] }, api: { signWith: "x" } } });
    expect(describeProblems("The configuration cannot be used", problems).split("\n")).toEqual([
      "The configuration cannot be used: 2 problems",
      "  countersign:pipelines.web.tags",
      '    given     ["v*"]',
      "    expected  tags only together with an `environment` or an application",
      "    fix       Add an `environment`, or set `identity: { application: {} }`. Both accept patterns.",
      "  countersign:pipelines.api.signWith",
      '    given     "x"',
      "    expected  one of: action, cli",
      "    fix       Use one of these values.",
    ]);
  });

  test("counts one problem, shortens a long value, and says where there is none", () => {
    const problem = { path: "a", given: undefined, expected: "b", fix: "C." };
    const lines = (given: unknown) => describeProblems("No", [{ ...problem, given }]).split("\n");
    expect(lines(undefined).slice(0, 3)).toEqual(["No: 1 problem", "  a", "    given     nothing"]);
    expect(lines("x".repeat(119))[2]).toBe(`    given     "${"x".repeat(116)}...`);
  });
});
