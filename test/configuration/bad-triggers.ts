import type { Config } from "../support/engine";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const P = "countersign:pipelines.web";
const EXACT = "Entra matches subjects exactly, so each would need a credential of its own";
const TAGS = `tags only together with \`environment\` or an application | ${EXACT}; add an \`environment\`, whose one subject serves all tags it admits, or \`identity: { application: {} }\`, as Entra takes patterns for applications only`;
const REF =
  "at most 200 characters without refs/, spaces, ~ ^ : ? [ \\ + or ** | write the name alone, as GitHub shows it; of a pattern, * stands for anything but /";
const application = { identity: { application: {} } };
const many = Array.from({ length: 21 }, (_, index) => `b${index}`);

/** What must not start a pipeline: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badTriggers: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "the owner in the repository",
    pipeline({ repository: "contoso/web" }),
    [
      `${P}.repository | "contoso/web" | a repository's name, without its owner | leave the owner out: it is \`github:owner\``,
    ],
  ],
  ["tags without an environment", pipeline({ tags: ["v*"] }), [`${P}.tags | ["v*"] | ${TAGS}`]],
  [
    "a branch pattern without an environment",
    pipeline({ branches: ["release/*"] }),
    [
      `${P}.branches.0 | "release/*" | an exact branch, as there is no \`environment\` | ${EXACT}; name the branches, or add an \`environment\``,
    ],
  ],
  [
    "no branch and no tag",
    pipeline({ branches: [] }),
    [`${P}.branches | [] | at least one branch or tag | name a branch, or leave the key out`],
  ],
  [
    "a branch twice",
    pipeline({ branches: ["main", "main"] }),
    [`${P}.branches | "main" | each once | remove the second one`],
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
      `${P}.branches | ${JSON.stringify(many)} | at most 20: one federated credential each, all on one identity | there are 21; add an \`environment\`, which takes one in all`,
    ],
  ],
  [
    "more branches than two credentials each allow",
    pipeline({ branches: many.slice(0, 11), subjects: "both" }),
    [
      `${P}.branches | ${JSON.stringify(many.slice(0, 11))} | at most 10: two federated credentials each, all on one identity | there are 11; add an \`environment\`, which takes one in all`,
    ],
  ],
  [
    "unknown subjects",
    pipeline({ subjects: "ids" }),
    [`${P}.subjects | "ids" | auto, immutable, names, both | choose one of them`],
  ],
  [
    "ids in an environment that there is not",
    pipeline({ level: "environment" }),
    [
      `${P}.level | "environment" | repository or organization, as there is no \`environment\` | add an \`environment\`, or choose another \`level\``,
    ],
  ],
  [
    "unknown ids",
    pipeline({ ids: "outputs" }),
    [`${P}.ids | "outputs" | secrets, variables | choose one of them`],
  ],
  [
    "a full ref's name",
    pipeline({ branches: ["refs/heads/main"] }),
    [`${P}.branches.0 | "refs/heads/main" | ${REF}`],
  ],
  [
    "a name that is a pattern to GitHub",
    pipeline({ branches: ["c++"] }),
    [`${P}.branches.0 | "c++" | ${REF}`],
  ],
  [
    "a pattern that GitHub's two places read differently",
    pipeline({ tags: ["release/**"], environment: "release" }),
    [`${P}.tags.0 | "release/**" | ${REF}`],
  ],
  [
    "branches as a text",
    pipeline({ branches: "main" }),
    [`${P}.branches | "main" | a list | write it as a list: [main]`],
  ],
  [
    "tags with nothing after it",
    pipeline({ tags: null }),
    [`${P}.tags | null | a list | give one, or leave the key out`],
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
      `${P}.branches | ${JSON.stringify(many.slice(0, 11))} | at most 20: one federated credential each, all on one identity | there are 21 branches and tags; add an \`environment\`, which takes one in all`,
    ],
  ],
  [
    "as many tags as credentials, and the default branch",
    pipeline({ ...application, tags: many.slice(0, 20) }),
    [
      `${P}.tags | ${JSON.stringify(many.slice(0, 20))} | at most 20: one federated credential each, all on one identity | there are 21 branches and tags; add an \`environment\`, which takes one in all`,
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
      `${P}.tags | ${JSON.stringify(many.slice(0, 6))} | at most 10: two federated credentials each, all on one identity | there are 11 branches and tags; add an \`environment\`, which takes one in all`,
    ],
  ],
];
