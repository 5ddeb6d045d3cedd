import type { Config } from "./stack";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const P = "countersign:pipelines.web";
const TAGS =
  "tags only together with an `environment` or an application | Add an `environment`, or set `identity: { application: {} }`. Both accept patterns.";
const MOST = "an identity can have only 20 federated credentials";
const BOTH = `${MOST}, two for each with \`subjects: both\``;
const COVERS = "Remove some, or add an `environment`, which covers all of them.";
const REF =
  "the name of a branch or tag of at most 255 characters, without refs/, .., **, or any of: space ~ ^ : ? [ \\ | Use the name that GitHub shows. In a pattern, `*` matches any characters except `/`.";
const application = { identity: { application: {} } };
const many = Array.from({ length: 21 }, (_, index) => `b${index}`);

/** What must not start a pipeline: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badTriggers: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "the owner in the repository",
    pipeline({ repository: "contoso/web" }),
    [
      `${P}.repository | "contoso/web" | the name of a repository, without its owner | Copy the name from GitHub, without the owner. Countersign uses \`github:owner\`.`,
    ],
  ],
  ["tags without an environment", pipeline({ tags: ["v*"] }), [`${P}.tags | ["v*"] | ${TAGS}`]],
  [
    "a branch pattern without an environment",
    pipeline({ branches: ["release/*"] }),
    [
      `${P}.branches.0 | "release/*" | the exact name of a branch | List the branches by name, or add an \`environment\`, which accepts patterns.`,
    ],
  ],
  [
    "no branch and no tag",
    pipeline({ branches: [] }),
    [`${P}.branches | [] | at least one branch or tag | Add a branch, or remove this key.`],
  ],
  [
    "a branch twice",
    pipeline({ branches: ["main", "main"] }),
    [`${P}.branches | ["main","main"] | no duplicates | Remove the second \`main\`.`],
  ],
  ["a full ref", pipeline({ branches: ["main:x"] }), [`${P}.branches.0 | "main:x" | ${REF}`]],
  [
    "a branch with a space",
    pipeline({ branches: ["my branch"] }),
    [`${P}.branches.0 | "my branch" | ${REF}`],
  ],
  [
    "more branches than credentials",
    pipeline({ branches: many }),
    [
      `${P}.branches | ${JSON.stringify(many)} | at most 20 branches and tags, because ${MOST} | There are 21. ${COVERS}`,
    ],
  ],
  [
    "more branches than two credentials each allow",
    pipeline({ branches: many.slice(0, 11), subjects: "both" }),
    [
      `${P}.branches | ${JSON.stringify(many.slice(0, 11))} | at most 10 branches and tags, because ${BOTH} | There are 11. ${COVERS}`,
    ],
  ],
  [
    "unknown subjects",
    pipeline({ subjects: "ids" }),
    [`${P}.subjects | "ids" | one of: auto, immutable, names, both | Use one of these values.`],
  ],
  [
    "ids in an environment that there is not",
    pipeline({ level: "environment" }),
    [
      `${P}.level | "environment" | \`repository\` or \`organization\`, because the pipeline has no \`environment\` | Add an \`environment\`, or change \`level\`.`,
    ],
  ],
  [
    "unknown ids",
    pipeline({ ids: "outputs" }),
    [`${P}.ids | "outputs" | one of: secrets, variables | Use one of these values.`],
  ],
  [
    "a full ref's name",
    pipeline({ branches: ["refs/heads/main"] }),
    [`${P}.branches.0 | "refs/heads/main" | ${REF}`],
  ],
  [
    "a name that Git refuses",
    pipeline({ branches: ["a..b"] }),
    [`${P}.branches.0 | "a..b" | ${REF}`],
  ],
  [
    "a pattern that GitHub's two places read differently",
    pipeline({ tags: ["release/**"], environment: "release" }),
    [`${P}.tags.0 | "release/**" | ${REF}`],
  ],
  [
    "branches as a text",
    pipeline({ branches: "main" }),
    [`${P}.branches | "main" | a list | Write \`branches: [main]\`.`],
  ],
  [
    "tags with nothing after it",
    pipeline({ tags: null }),
    [`${P}.tags | null | a list | Add a value, or remove this key.`],
  ],
  [
    "tags of an identity that exists, but is no application",
    pipeline({ tags: ["v*"], identity: { existing: { name: "signer", resourceGroup: "rg" } } }),
    [`${P}.tags | ["v*"] | ${TAGS}`],
  ],
  [
    "more branches and tags than an application's credentials",
    pipeline({ ...application, branches: many.slice(0, 11), tags: many.slice(0, 10) }),
    [
      `${P}.branches | ${JSON.stringify(many.slice(0, 11))} | at most 20 branches and tags, because ${MOST} | There are 21. ${COVERS}`,
    ],
  ],
  [
    "as many tags as credentials, and the default branch",
    pipeline({ ...application, tags: many.slice(0, 20) }),
    [
      `${P}.tags | ${JSON.stringify(many.slice(0, 20))} | at most 20 branches and tags, because ${MOST} | There are 21, including the default branch. ${COVERS}`,
    ],
  ],
  [
    "more branches and tags than two of an application's credentials each allow",
    pipeline({
      ...application,
      branches: many.slice(0, 5),
      tags: many.slice(0, 6),
      subjects: "both",
    }),
    [
      `${P}.tags | ${JSON.stringify(many.slice(0, 6))} | at most 10 branches and tags, because ${BOTH} | There are 11. ${COVERS}`,
    ],
  ],
];
