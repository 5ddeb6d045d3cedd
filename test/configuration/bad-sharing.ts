import type { Config } from "../support/engine";

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
  "an identity of one pipeline | `web` has it, and its roles would be confined to one of them; give each its own, or `identity: { share: NAME }`";
const KEY = "a name that is no pipeline's key";
const ALIKE = "keys that differ in more than case";
const images = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${letter.repeat(60)}${index}` }));

/** Pipelines that do not go together: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badSharing: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "keys that differ only in case",
    pipelines({ web: {}, Web: { repository: "site" } }),
    [
      `${P}.Web | "Web" | ${ALIKE} | \`web\` differs only in case, and their identities would be one; rename it`,
    ],
  ],
  [
    "a key that is what another's application is called",
    pipelines({ web: { identity: { application: {} } }, "web-application": {} }),
    [
      `${P}.web-application | "web-application" | keys that are no other one's with \`-application\` | \`web\` has an application, and its roles would have the same names; rename it`,
    ],
  ],
  [
    "two pipelines for one repository",
    pipelines({ web: {}, other: { repository: "WEB" } }),
    [
      `${P}.other.repository | "WEB" | one pipeline for a repository | \`web\` has it, and both would write its secrets; list all images there`,
    ],
  ],
  [
    "two pipelines for one image",
    pipelines({ web: {}, api: { images: [{ name: "web" }] } }),
    [
      `${P}.api.images | "web" | images that no other pipeline pushes | \`web\` pushes it already; choose another name`,
    ],
  ],
  [
    "keys whose ids an organisation could not tell apart",
    pipelines({ "a-b": { level: "organization" }, a_b: { level: "organization" } }),
    [
      `${P}.a_b | "a_b" | keys that differ in letters and digits | its ids would be those of \`a-b\`, AZURE_CLIENT_ID_A_B; rename it`,
    ],
  ],
  [
    "keys that differ only in case, with ids in an organisation, reported once",
    pipelines({
      web: { level: "organization" },
      Web: { level: "organization", repository: "site" },
    }),
    [
      `${P}.Web | "Web" | ${ALIKE} | \`web\` differs only in case, and their identities would be one; rename it`,
    ],
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
        `${P}.${name}.identity.existing | null | a string, or an object of name, resourceGroup | give one, or leave the key out`,
    ),
  ],
  [
    "a shared name that is another pipeline's key",
    pipelines({ web: { identity: { share: "api" } }, api: {} }),
    [
      `${P}.web.identity.share | "api" | ${KEY} | pipeline \`api\`'s own identity, whenever it has one, is called so; choose another`,
    ],
  ],
  [
    "a shared name that is another pipeline's key but for its case",
    pipelines({ web: { identity: { share: "API" } }, api: {} }),
    [
      `${P}.web.identity.share | "API" | ${KEY} | pipeline \`api\`'s own identity, whenever it has one, is called so; choose another`,
    ],
  ],
  [
    "a shared name that is the key of one that shares it",
    pipelines({ web: { identity: { share: "web" } }, api: { identity: { share: "web" } } }),
    [
      `${P}.web.identity.share | "web" | ${KEY} | pipeline \`web\`'s own identity, whenever it has one, is called so; choose another`,
    ],
  ],
  [
    "shared names that differ only in case",
    pipelines({ web: { identity: { share: "team" } }, api: { identity: { share: "Team" } } }),
    [
      `${P}.api.identity.share | "Team" | names that differ in more than case | \`team\` differs only in case, and their identities would be one; write it the same`,
    ],
  ],
  [
    "more images in a share than a condition holds",
    share({ images: images("a", 30) }, { images: images("b", 30) }),
    [
      `${P}.web.identity.share | "team" | images whose names fit into one role condition of 8192 characters | those of web, api need 9821: share among fewer`,
    ],
  ],
  [
    "tags in a share, which is no application",
    share({ tags: ["v1"], environment: "production" }, { tags: ["v1"] }),
    [
      `${P}.api.tags | ["v1"] | tags only together with \`environment\` or an application | Entra matches subjects exactly, so each would need a credential of its own; add an \`environment\`, whose one subject serves all tags it admits, or \`identity: { application: {} }\`, as Entra takes patterns for applications only`,
    ],
  ],
];
