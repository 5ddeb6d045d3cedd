import type { Config } from "./stack";

const pipelines = (them: unknown) => ({ "countersign:pipelines": them });
const P = "countersign:pipelines";
const existing = (web: unknown, api: unknown) =>
  pipelines({ web: { identity: { existing: web } }, api: { identity: { existing: api } } });
const share = (web: Config, api: Config, name = "team") =>
  pipelines({
    web: { identity: { share: name }, ...web },
    api: { identity: { share: name }, ...api },
  });

const SUBSCRIPTION = "/subscriptions/0e8e2d5c-0000-4000-8000-000000000001";
const ID = `${SUBSCRIPTION}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/signer`;
const GUID = "0e8e2d5c-0000-4000-8000-00000000abcd";
const HELD =
  "an identity that no other pipeline uses | Pipeline `web` uses this identity. Use another identity, or share one with `identity: { share: NAME }`.";
const KEY = "a name that is not the key of a pipeline";
const ALIKE =
  "a key that differs from other keys in more than case | Rename this pipeline. Azure ignores case, so its identity would have the same name as the identity of `web`.";
/** The problem of a key that is `web`, `part`, and possibly more. */
const continued = (key: string, part: string) =>
  `${P}.${key} | "${key}" | a key that is not \`web\` followed by \`${part}\` | Rename this pipeline. Its resources could have the same names as resources of \`web\`.`;
const images = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${letter.repeat(60)}${index}` }));

/** Pipelines that do not go together: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badSharing: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "keys that differ only in case",
    pipelines({ web: {}, Web: { repository: "site" } }),
    [`${P}.Web | "Web" | ${ALIKE}`],
  ],
  [
    "a key that continues another key like an environment's resource name",
    pipelines({
      web: { environment: "environment-x" },
      "web-environment": { environment: "x" },
    }),
    [continued("web-environment", "-environment")],
  ],
  [
    "a key that continues another key like the name of a login setting",
    pipelines({
      "web-ids": { level: "environment", environment: "x" },
      web: { level: "environment", environment: "ids-x" },
    }),
    [continued("web-ids", "-ids")],
  ],
  [
    "a key that continues another key like the name of an application",
    pipelines({ web: { identity: { application: {} } }, "web-application": {} }),
    [continued("web-application", "-application")],
  ],
  [
    "a key that continues two others, reported once",
    pipelines({ web: {}, "web-ids": {}, "web-ids-ids-2": {} }),
    [continued("web-ids", "-ids"), continued("web-ids-ids-2", "-ids")],
  ],
  [
    "two pipelines for one image",
    pipelines({ web: {}, api: { images: [{ name: "web" }] } }),
    [
      `${P}.api.images | "web" | images that no other pipeline pushes | Pipeline \`web\` pushes this image. Choose another name.`,
    ],
  ],
  [
    "keys whose ids an organization could not tell apart",
    pipelines({ "a-b": { level: "organization" }, a_b: { level: "organization" } }),
    [
      `${P}.a_b | "a_b" | a key that differs from other keys in letters or digits | Rename this pipeline. In the organization, its IDs would have the same names as the IDs of \`a-b\`, such as \`AZURE_CLIENT_ID_A_B\`.`,
    ],
  ],
  [
    "keys that differ only in case, with ids in an organization, reported once",
    pipelines({
      web: { level: "organization" },
      Web: { level: "organization", repository: "site" },
    }),
    [`${P}.Web | "Web" | ${ALIKE}`],
  ],
  [
    "an existing identity twice, by its id",
    existing(ID, ID),
    [`${P}.api.identity.existing | "${ID}" | ${HELD}`],
  ],
  [
    "an existing identity twice, in two spellings of its id",
    existing(ID, ID.toLowerCase()),
    [`${P}.api.identity.existing | "${ID.toLowerCase()}" | ${HELD}`],
  ],
  [
    "an existing identity twice, by its id and by its name and group",
    existing(ID, { name: "Signer", resourceGroup: "RG-ids" }),
    [`${P}.api.identity.existing | {"name":"Signer","resourceGroup":"RG-ids"} | ${HELD}`],
  ],
  [
    "an existing identity twice, by its name and group and by its id",
    existing({ name: "signer", resourceGroup: "rg-ids" }, ID),
    [`${P}.api.identity.existing | "${ID}" | ${HELD}`],
  ],
  [
    "an existing identity thrice",
    pipelines({
      web: { identity: { existing: ID } },
      api: { identity: { existing: ID } },
      job: { identity: { existing: ID } },
    }),
    [
      `${P}.api.identity.existing | "${ID}" | ${HELD}`,
      `${P}.job.identity.existing | "${ID}" | ${HELD}`,
    ],
  ],
  [
    "an existing application twice, in two cases",
    pipelines({
      web: { identity: { existingApplication: GUID } },
      api: { identity: { existingApplication: GUID.toUpperCase() } },
    }),
    [`${P}.api.identity.existingApplication | "${GUID.toUpperCase()}" | ${HELD}`],
  ],
  [
    "two existing identities that are none, which are not the same",
    existing(null, null),
    ["web", "api"].map(
      (name) =>
        `${P}.${name}.identity.existing | null | a resource ID, or an object with keys name, resourceGroup, subscription | Add a value, or remove this key.`,
    ),
  ],
  [
    "a shared name that is another pipeline's key",
    pipelines({ web: { identity: { share: "api" } }, api: {} }),
    [
      `${P}.web.identity.share | "api" | ${KEY} | Choose another name. Countersign uses this name for the identity of pipeline \`api\`.`,
    ],
  ],
  [
    "a shared name that is another pipeline's key but for its case",
    pipelines({ web: { identity: { share: "API" } }, api: {} }),
    [
      `${P}.web.identity.share | "API" | ${KEY} | Choose another name. Countersign uses this name for the identity of pipeline \`api\`.`,
    ],
  ],
  [
    "a shared name that is the key of one that shares it",
    pipelines({ web: { identity: { share: "web" } }, api: { identity: { share: "web" } } }),
    [
      `${P}.web.identity.share | "web" | ${KEY} | Choose another name. Countersign uses this name for the identity of pipeline \`web\`.`,
    ],
  ],
  [
    "shared names that differ only in case",
    pipelines({ web: { identity: { share: "team" } }, api: { identity: { share: "Team" } } }),
    [
      `${P}.api.identity.share | "Team" | a name that differs from other shared names in more than case | Write \`team\`, or choose another name. Azure ignores case in the names of identities.`,
    ],
  ],
  [
    "more images in a share than a condition holds",
    share({ images: images("a", 30) }, { images: images("b", 30) }),
    [
      `${P}.web.identity.share | "team" | image names that fit into one role condition of 8192 characters | The images of web, api need 9821 characters. Share the identity among fewer pipelines.`,
    ],
  ],
  [
    "tags in a share, which is no application",
    share({ tags: ["v1"], environment: "production" }, { tags: ["v1"] }),
    [
      `${P}.api.tags | ["v1"] | tags only together with an \`environment\` or an application | Add an \`environment\`, or set \`identity: { application: {} }\`. Both accept patterns.`,
    ],
  ],
];
