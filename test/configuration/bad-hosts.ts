import type { Config } from "../support/engine";

const web = (pipeline: Config) => ({ "countersign:pipelines": { web: pipeline } });
const P = "countersign:pipelines.web";
const SERVER = { "github:baseUrl": "https://github.contoso.example/api/v3/" };
const FORMS =
  "https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3 (or https://HOST) of a GitHub Enterprise Server | give the base URL of GitHub's REST API";
const NAMES =
  "auto or names, as github.contoso.example issues subjects of names only | leave it out";
const EXACT =
  "exact tags, as Entra takes patterns for tokens of github.com only, not of github.contoso.example | add an `environment`";
const PUBLIC = "remove it: images are signed in the public cloud";
const CLOUD = "public: the cloud that has Artifact Signing";

const baseUrl = (title: string, url: string) =>
  [title, { "github:baseUrl": url }, [`github:baseUrl | "${url}" | ${FORMS}`]] as const;
const cloud = (title: string, name: string, why: string) =>
  [
    title,
    { "azure-native:environment": name },
    [`azure-native:environment | "${name}" | ${CLOUD}; ${why} | ${PUBLIC}`],
  ] as const;

/** Bad hosts of both clouds, and what they do not have: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badHosts: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "a provider's key in another case",
    { "github:baseURL": "https://github.contoso.example", "github:token": "x" },
    [
      'github:baseURL | "https://github.contoso.example" | baseUrl, organization, owner | `baseURL` is not known; did you mean `baseUrl`?',
    ],
  ],
  [
    "a provider's key with a slip in it",
    { "azure-native:enviroment": "public", "azure-native:tenantId": "x" },
    [
      'azure-native:enviroment | "public" | environment, location, subscriptionId | `enviroment` is not known; did you mean `environment`?',
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
  cloud("Azure for US Government", "usgovernment", "usgovernment has none"),
  cloud("Azure in China", "china", "china has none"),
  cloud("an unknown cloud of Azure", "german", "`german` is no cloud of Azure"),
  cloud("a cloud named like a property", "toString", "`toString` is no cloud of Azure"),
  [
    "hosts of both clouds",
    { "github:baseUrl": "https://github.com", "azure-native:environment": "china" },
    [
      `github:baseUrl | "https://github.com" | ${FORMS}`,
      `azure-native:environment | "china" | ${CLOUD}; china has none | ${PUBLIC}`,
    ],
  ],
];
