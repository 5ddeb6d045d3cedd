import type { Config } from "./stack";

const web = (pipeline: Config) => ({ "countersign:pipelines": { web: pipeline } });
const P = "countersign:pipelines.web";
const SERVER = { "github:baseUrl": "https://github.contoso.example/api/v3/" };
const ISSUER = "https://token.actions.githubusercontent.com";
const FORMS =
  "https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3 | Use the base URL of GitHub's REST API.";
const NAMES =
  "`auto` or `names`, because github.contoso.example does not issue immutable subjects | Remove `subjects`.";
const EXACT =
  "exact tags, because Entra accepts patterns only for tokens of github.com with its plain issuer | List the tags by name, or add an `environment`.";
const CLOUD =
  "public, because Artifact Signing is available only there | Remove this setting. The default is the public cloud.";

const baseUrl = (title: string, url: string) =>
  [title, { "github:baseUrl": url }, [`github:baseUrl | "${url}" | ${FORMS}`]] as const;
const cloud = (title: string, name: string) =>
  [
    title,
    { "azure-native:environment": name },
    [`azure-native:environment | "${name}" | ${CLOUD}`],
  ] as const;

/** Bad hosts of both clouds, and what they do not have: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badHosts: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "a provider's key in another case",
    { "github:baseURL": "https://github.contoso.example", "github:token": "x" },
    [
      'github:baseURL | "https://github.contoso.example" | a key of the provider, such as baseUrl, organization, owner | Did you mean `baseUrl`? Otherwise, remove this key.',
    ],
  ],
  [
    "a provider's key with a slip in it",
    { "azure-native:enviroment": "public", "azure-native:tenantId": "x" },
    [
      'azure-native:enviroment | "public" | a key of the provider, such as environment, location, subscriptionId | Did you mean `environment`? Otherwise, remove this key.',
    ],
  ],
  baseUrl("a base URL over http", "http://github.contoso.example/api/v3"),
  baseUrl("a base URL without a scheme", "github.contoso.example"),
  baseUrl("the pages of github.com", "https://github.com"),
  baseUrl("the pages of a tenant of GHE.com", "https://contoso.ghe.com"),
  baseUrl("the GraphQL API of a server", "https://github.contoso.example/api/graphql"),
  baseUrl("a server with a port", "https://github.contoso.example:8443/api/v3"),
  [
    "immutable subjects of a server",
    { ...SERVER, ...web({ subjects: "immutable" }) },
    [`${P}.subjects | "immutable" | ${NAMES}`],
  ],
  [
    "both subjects of a server",
    { ...SERVER, ...web({ subjects: "both" }) },
    [`${P}.subjects | "both" | ${NAMES}`],
  ],
  [
    "an application's tag pattern on a server",
    { ...SERVER, ...web({ identity: { application: {} }, tags: ["v*"] }) },
    [`${P}.tags | ["v*"] | ${EXACT}`],
  ],
  [
    "an existing application's tag pattern on a server",
    {
      ...SERVER,
      ...web({
        identity: { existingApplication: "0e8e2d5c-0000-4000-8000-000000000001" },
        tags: ["v1", "v2.*"],
      }),
    },
    [`${P}.tags | ["v1","v2.*"] | ${EXACT}`],
  ],
  [
    "two mistakes on a server",
    { ...SERVER, ...web({ subjects: "both", identity: { application: {} }, tags: ["v*"] }) },
    [`${P}.subjects | "both" | ${NAMES}`, `${P}.tags | ["v*"] | ${EXACT}`],
  ],
  [
    "two pipelines on a server",
    {
      ...SERVER,
      "countersign:pipelines": { web: { subjects: "both" }, api: { subjects: "immutable" } },
    },
    [
      `${P}.subjects | "both" | ${NAMES}`,
      `countersign:pipelines.api.subjects | "immutable" | ${NAMES}`,
    ],
  ],
  cloud("Azure for US Government", "usgovernment"),
  cloud("Azure in China", "china"),
  cloud("an unknown cloud of Azure", "german"),
  cloud("a cloud named like a property", "toString"),
  [
    "hosts of both clouds",
    { "github:baseUrl": "https://github.com", "azure-native:environment": "china" },
    [
      `github:baseUrl | "https://github.com" | ${FORMS}`,
      `azure-native:environment | "china" | ${CLOUD}`,
    ],
  ],
  [
    "an issuer of another host",
    { "countersign:issuer": "https://token.actions.contoso.ghe.com/group" },
    [
      `countersign:issuer | "https://token.actions.contoso.ghe.com/group" | ${ISSUER}, or ${ISSUER}/ENTERPRISE | Copy the value of \`iss\` from the log of azure/login.`,
    ],
  ],
  [
    "tag patterns of an application under an enterprise's own issuer",
    {
      "countersign:issuer": `${ISSUER}/group`,
      ...web({ tags: ["v*"], identity: { application: {} } }),
    },
    [`${P}.tags | ["v*"] | ${EXACT}`],
  ],
  [
    "an issuer with a slash at its end",
    { "countersign:issuer": `${ISSUER}/group/` },
    [
      `countersign:issuer | "${ISSUER}/group/" | an HTTPS URL without a slash at the end | Copy the value of \`iss\` from the log of azure/login.`,
    ],
  ],
  [
    "an issuer as a key of the provider, and of a pipeline",
    { "github:issuer": `${ISSUER}/group`, ...web({ issuer: `${ISSUER}/group` }) },
    [
      `countersign:pipelines.web.issuer | "${ISSUER}/group" | no such key in a pipeline | Write \`countersign:issuer\`. The key applies to all pipelines of the stack.`,
      `github:issuer | "${ISSUER}/group" | no value | Write \`countersign:issuer: ${ISSUER}/group\`. The GitHub provider has no such key.`,
    ],
  ],
];
