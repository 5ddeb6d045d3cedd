import { describe, expect, test } from "vitest";
import { checkConfiguration } from "../../config";
import { ProblemsError } from "../../configuration/problems";
import { type Config, config } from "../support/engine";

/** What is wrong with a configuration: `path | given | allowed | remedy`, one line each. */
function problems(changes: Config, environment: Record<string, string> = {}): string[] {
  const stored = Object.entries({ ...config(), ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  try {
    checkConfiguration(Object.fromEntries(stored), environment);
  } catch (failure) {
    if (!(failure instanceof ProblemsError)) throw failure;
    return failure.problems.map(
      ({ path, given, allowed, remedy }) =>
        `${path} | ${JSON.stringify(given) ?? "nothing"} | ${allowed} | ${remedy}`,
    );
  }
  return [];
}

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const registry = (change: Config) => ({
  "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages", ...change },
});
const signing = (change: Config) => ({
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "container-images",
    ...change,
  },
});

const P = "countersign:pipelines.web";
const EXACT = "Entra matches subjects exactly, so each would need a credential of its own";
const TAGS = `tags only together with \`environment\` | ${EXACT}; add an \`environment\`, whose one subject serves all tags it admits`;
const REF =
  "a name without refs/, spaces, ~ ^ : ? [ \\ + or ** | give the name without refs/heads/ or refs/tags/";
const IMAGE =
  "a repository's path in lower case, without registry, tag or digest | write it as in `docker push LOGIN_SERVER/NAME`, only the NAME";
const PATH = "a relative path without .. | give the path from the repository's root";
const REQUIRED = "a string | it is required: add it";
const WORKFLOW = ".github/workflows/NAME.yml | GitHub runs workflows from that folder only";
const many = Array.from({ length: 21 }, (_, index) => `b${index}`);
const long = Array.from({ length: 60 }, (_, index) => ({ name: `${"x".repeat(60)}${index}` }));

/** Each is refused with exactly these words. */
const cases: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "no registry",
    { "countersign:registry": {} },
    [
      `countersign:registry.resourceGroup | nothing | ${REQUIRED}`,
      `countersign:registry.name | nothing | ${REQUIRED}`,
    ],
  ],
  [
    "the login server as the registry",
    registry({ name: "contosoimages.azurecr.io" }),
    [
      'countersign:registry.name | "contosoimages.azurecr.io" | 5 to 50 letters and digits | give the registry\'s resource name, not its login server',
    ],
  ],
  [
    "a registry's name too short",
    registry({ name: "reg" }),
    [
      'countersign:registry.name | "reg" | 5 to 50 letters and digits | give the registry\'s resource name, not its login server',
    ],
  ],
  [
    "an unknown mode",
    registry({ permissions: "acl" }),
    ['countersign:registry.permissions | "acl" | auto, rbac, abac | choose one of them'],
  ],
  [
    "a resource group ending in a dot",
    registry({ resourceGroup: "rg." }),
    [
      'countersign:registry.resourceGroup | "rg." | 1 to 90 letters, digits, . _ - ( ), not ending in . | copy the resource group\'s name from Azure',
    ],
  ],
  [
    "a registry that is a text",
    { "countersign:registry": "contosoimages" },
    [
      'countersign:registry | "contosoimages" | an object of resourceGroup, name, permissions | give a value of that kind',
    ],
  ],
  [
    "a misspelt key of the registry",
    registry({ permission: "abac" }),
    [
      'countersign:registry.permission | "abac" | resourceGroup, name, permissions | `permission` is not known; did you mean `permissions`?',
    ],
  ],
  [
    "a misspelt key of the stack",
    { "countersign:pipeline": {} },
    [
      "countersign:pipeline | {} | registry, signing, identity, pipelines, downloads | `pipeline` is not known; did you mean `pipelines`?",
    ],
  ],
  [
    "no account",
    signing({ account: undefined }),
    [`countersign:signing.account | nothing | ${REQUIRED}`],
  ],
  [
    "an account with two hyphens",
    signing({ account: "a--b" }),
    [
      'countersign:signing.account | "a--b" | 3 to 24 letters, digits and single hyphens, starting with a letter | copy the Artifact Signing account\'s name from Azure',
    ],
  ],
  [
    "an account that starts with `one`",
    signing({ account: "oneaccount" }),
    [
      'countersign:signing.account | "oneaccount" | 3 to 24 letters, digits and single hyphens, starting with a letter | copy the Artifact Signing account\'s name from Azure',
    ],
  ],
  [
    "a profile too short",
    signing({ profile: "prod" }),
    [
      'countersign:signing.profile | "prod" | 5 to 100 letters, digits and single hyphens, not starting with a digit | copy the certificate profile\'s name from Azure',
    ],
  ],
  [
    "a timestamp without its root",
    signing({ timestamp: { url: "http://tsa.example" } }),
    [`countersign:signing.timestamp.rootCertificate | nothing | ${REQUIRED}`],
  ],
  [
    "a timestamp that is no URL",
    signing({ timestamp: { url: "tsa", rootCertificate: "r.pem" } }),
    [
      'countersign:signing.timestamp.url | "tsa" | an http or https URL | give the URL of an RFC 3161 service',
    ],
  ],
  [
    "a region in words",
    { "countersign:identity": { location: "West Europe" } },
    [
      'countersign:identity.location | "West Europe" | an Azure region\'s short name, e.g. westeurope | write the region in lower case without spaces',
    ],
  ],
  [
    "no region at all",
    { "azure-native:location": undefined },
    [
      "countersign:identity.location | nothing | an Azure region | run `pulumi config set azure-native:location REGION`, or give it here",
    ],
  ],
  [
    "no owner",
    { "github:owner": undefined },
    [
      "github:owner | nothing | the login of the user or organisation that owns the repositories | run `pulumi config set github:owner OWNER`",
    ],
  ],
  [
    "another GitHub host",
    { "github:baseUrl": "https://ghes.example/" },
    [
      'github:baseUrl | "https://ghes.example/" | unset: github.com only, as other hosts issue tokens with another issuer | remove it',
    ],
  ],
  [
    "another Azure cloud",
    { "azure-native:environment": "usgovernment" },
    [
      'azure-native:environment | "usgovernment" | public: Artifact Signing is in no other Azure cloud | remove it',
    ],
  ],
  [
    "no pipeline",
    { "countersign:pipelines": {} },
    [
      "countersign:pipelines | {} | at least one pipeline | add one, e.g. `web: {}` for repository web",
    ],
  ],
  [
    "pipelines as a list",
    { "countersign:pipelines": ["web"] },
    ['countersign:pipelines | ["web"] | an object | give a value of that kind'],
  ],
  [
    "a key with a dot",
    { "countersign:pipelines": { "my.site": {} } },
    [
      'countersign:pipelines.my.site | "my.site" | 1 to 40 letters, digits, - and _ | choose a plain key and name the repository in `repository`',
    ],
  ],
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
      `${P}.level | "environment" | repository, as there is no \`environment\` | add an \`environment\`, or leave \`level\` out`,
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
    "keys that differ only in case",
    { "countersign:pipelines": { web: {}, Web: { repository: "site" } } },
    [
      'countersign:pipelines.Web | "Web" | keys that differ in more than case | `web` differs only in case, and their identities would be one; rename it',
    ],
  ],
  [
    "an owner that is no login",
    { "github:owner": "con toso/x" },
    [
      'github:owner | "con toso/x" | the login of the user or organisation that owns the repositories | run `pulumi config set github:owner OWNER`',
    ],
  ],
  [
    "another organisation for the provider",
    { "github:organization": "other" },
    [
      'github:organization | "other" | unset, or contoso like `github:owner` | unset it: the provider prefers it',
    ],
  ],
  [
    "branches as a text",
    pipeline({ branches: "main" }),
    [`${P}.branches | "main" | an array | give a value of that kind`],
  ],
  [
    "an environment with a colon",
    pipeline({ environment: "prod:eu" }),
    [
      `${P}.environment | "prod:eu" | 1 to 255 letters, digits, . _ - and inner spaces; no \`:\`, which GitHub escapes in subjects | choose another name`,
    ],
  ],
  [
    "an empty environment",
    pipeline({ environment: "" }),
    [
      `${P}.environment | "" | 1 to 255 letters, digits, . _ - and inner spaces; no \`:\`, which GitHub escapes in subjects | choose another name`,
    ],
  ],
  [
    "an image in upper case",
    pipeline({ images: [{ name: "Web" }] }),
    [`${P}.images.0.name | "Web" | ${IMAGE}`],
  ],
  [
    "an image with its registry's tag",
    pipeline({ images: [{ name: "web:v1" }] }),
    [`${P}.images.0.name | "web:v1" | ${IMAGE}`],
  ],
  [
    "no image",
    pipeline({ images: [] }),
    [`${P}.images | [] | at least 1 | add one, or leave the key out`],
  ],
  [
    "an image twice",
    pipeline({ images: [{ name: "a" }, { name: "a" }] }),
    [`${P}.images | "a" | each once | remove the second one`],
  ],
  [
    "an image without a name",
    pipeline({ images: [{ context: "." }] }),
    [`${P}.images.0.name | nothing | ${REQUIRED}`],
  ],
  [
    "a context outside",
    pipeline({ images: [{ name: "a", context: "../b" }] }),
    [`${P}.images.0.context | "../b" | ${PATH}`],
  ],
  [
    "an absolute Dockerfile",
    pipeline({ images: [{ name: "a", dockerfile: "/Dockerfile" }] }),
    [`${P}.images.0.dockerfile | "/Dockerfile" | ${PATH}`],
  ],
  [
    "a platform without architecture",
    pipeline({ images: [{ name: "a", platforms: ["linux"] }] }),
    [
      `${P}.images.0.platforms.0 | "linux" | os/architecture, e.g. linux/arm64 | write it as \`docker buildx\` takes it`,
    ],
  ],
  [
    "more images than a condition holds",
    pipeline({ images: long }),
    [
      `${P}.images | ${JSON.stringify(long.map(({ name }) => name))} | images whose names fit into a role condition of 8192 characters | these need 9831: give them to two pipelines`,
    ],
  ],
  [
    "an unknown way to sign",
    pipeline({ signWith: "cosign" }),
    [`${P}.signWith | "cosign" | action, cli | choose one of them`],
  ],
  [
    "a workflow elsewhere",
    pipeline({ workflow: "sign.yml" }),
    [`${P}.workflow | "sign.yml" | ${WORKFLOW}`],
  ],
  [
    "a workflow that is no YAML",
    pipeline({ workflow: ".github/workflows/sign.sh" }),
    [`${P}.workflow | ".github/workflows/sign.sh" | ${WORKFLOW}`],
  ],
  [
    "adopt as a text",
    pipeline({ adopt: "yes" }),
    [`${P}.adopt | "yes" | a boolean | give a value of that kind`],
  ],
  [
    "a misspelt key of a pipeline",
    pipeline({ enviroment: "x" }),
    [
      `${P}.enviroment | "x" | repository, branches, tags, environment, subjects, images, ids, level, signWith, workflow, adopt | \`enviroment\` is not known; did you mean \`environment\`?`,
    ],
  ],
  [
    "two pipelines for one repository",
    { "countersign:pipelines": { web: {}, other: { repository: "WEB" } } },
    [
      'countersign:pipelines.other.repository | "WEB" | one pipeline for a repository | `web` has it, and both would write its secrets; list all images there',
    ],
  ],
  [
    "two pipelines for one image",
    { "countersign:pipelines": { web: {}, api: { images: [{ name: "web" }] } } },
    [
      'countersign:pipelines.api.images | "web" | images that no other pipeline pushes | `web` pushes it already; choose another name',
    ],
  ],
  [
    "a download over http",
    {
      "countersign:downloads": {
        notation: { url: "http://mirror/n.tar.gz", sha256: "a".repeat(64) },
      },
    },
    [
      'countersign:downloads.notation.url | "http://mirror/n.tar.gz" | an https URL | give the archive\'s address on your mirror',
    ],
  ],
  [
    "a download with a short checksum",
    { "countersign:downloads": { plugin: { url: "https://mirror/p.tar.gz", sha256: "abc" } } },
    [
      'countersign:downloads.plugin.sha256 | "abc" | 64 lower-case hexadecimal digits | run `sha256sum` on the archive',
    ],
  ],
];

describe("a bad configuration", () => {
  test.each(cases)("%s", (_, changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test("GITHUB_OWNER of another owner, which the provider would prefer", () => {
    expect(problems({}, { GITHUB_OWNER: "mallory" })).toEqual([
      'GITHUB_OWNER | "mallory" | unset, or contoso like `github:owner` | unset it: the provider prefers it',
    ]);
    expect(problems({}, { GITHUB_OWNER: "Contoso" })).toEqual([]);
  });

  test("is reported whole, whatever else is wrong", () => {
    const found = problems({
      ...registry({ name: "r" }),
      ...pipeline({ tags: ["v*"], signWith: "x", branches: ["a", "a"] }),
      "github:owner": undefined,
    });
    expect(found.map((line) => line.split(" | ")[0])).toEqual([
      "countersign:registry.name",
      `${P}.signWith`,
      `${P}.tags`,
      `${P}.branches`,
      "github:owner",
    ]);
  });
});

test("what is left out takes its default", () => {
  const stored = Object.entries(config()).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const checked = checkConfiguration(Object.fromEntries(stored));
  expect(checked.pipelines.web).toEqual({
    tags: [],
    signWith: "action",
    workflow: ".github/workflows/sign-image.yml",
    adopt: false,
    subjects: "auto",
    ids: "secrets",
    level: "repository",
  });
  expect(checked.registry.permissions).toBe("auto");
  expect(checked.identity).toEqual({ resourceGroup: "rg-images", location: "westeurope" });
});
