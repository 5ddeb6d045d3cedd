import { SIGNING_REGIONS } from "../../trust/signing-regions";
import type { Config } from "./stack";

const registry = (it: object) => ({
  "countersign:registry": { resourceGroup: "rg-images", ...it },
});
const signing = (it: object) => ({
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "container-images",
    ...it,
  },
});
const EITHER =
  "either `name` or `create` | Write `name` if the registry exists. Write `create: { name: … }` to create it.";
const VALIDATED = {
  create: { name: "images", identityValidationId: "11110000-0000-4000-8000-00000000c0de" },
};
const VALIDATION =
  "the ID of a completed identity validation, a GUID | Microsoft validates your organization once, and only in the Azure portal: https://learn.microsoft.com/azure/artifact-signing/quickstart. Open your Artifact Signing account there, or create one, and choose Objects > Identity validations > New identity. You need the role Artifact Signing Identity Verifier. This page says that the validation takes 1 to 7 business days. Users report up to 20. When its status is Completed, copy its ID.";

/** What cannot be created: what is wrong, the change, then `path | given | expected | fix`. */
export const badCreations: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "a registry that exists and is created",
    registry({ name: "contosoimages", create: { name: "contosoimages" } }),
    [
      `countersign:registry | {"resourceGroup":"rg-images","name":"contosoimages","create":{"name":"contosoimages"}} | ${EITHER}`,
    ],
  ],
  [
    "addresses of a registry that cannot have any",
    registry({ create: { name: "contosoimages", allowedIps: ["203.0.113.0/24"] } }),
    [
      'countersign:registry.create.allowedIps | ["203.0.113.0/24"] | no such key, except in the tier Premium | Set `sku: Premium`, or remove this key.',
    ],
  ],
  [
    "a registry that the tier cannot close",
    registry({ create: { name: "contosoimages", publicNetworkAccess: false } }),
    [
      "countersign:registry.create.publicNetworkAccess | false | no such key, except in the tier Premium | Set `sku: Premium`, or remove this key.",
    ],
  ],
  [
    "an address that is none",
    registry({ create: { name: "contosoimages", sku: "Premium", allowedIps: ["::1"] } }),
    [
      'countersign:registry.create.allowedIps.0 | "::1" | an IPv4 address or range, such as 203.0.113.0/24 | Azure accepts IPv4 addresses, and ranges up to /30.',
    ],
  ],
  [
    "an existing profile of a new account",
    signing({ account: { create: { name: "contoso-signing" } } }),
    [
      'countersign:signing.profile | "container-images" | `create`, because the new account has no profile | Write `profile: { create: { name: …, identityValidationId: … } }`.',
    ],
  ],
  [
    "a profile without an identity validation",
    signing({ profile: { create: { name: "container-images" } } }),
    [`countersign:signing.profile.create.identityValidationId | nothing | ${VALIDATION}`],
  ],
  [
    "a region without Artifact Signing",
    {
      ...signing({ account: { create: { name: "contoso-signing" } }, profile: VALIDATED }),
      "azure-native:location": "France Central",
    },
    [
      `countersign:signing.account.create.location | "francecentral" | a region with Artifact Signing: ${SIGNING_REGIONS.join(", ")} | The region is that of \`azure-native:location\`. Set this key to one of these regions.`,
    ],
  ],
  [
    "a region of the identities without Artifact Signing",
    {
      ...signing({ account: { create: { name: "contoso-signing" } }, profile: VALIDATED }),
      "countersign:identity": { location: "France Central" },
    },
    [
      `countersign:signing.account.create.location | "francecentral" | a region with Artifact Signing: ${SIGNING_REGIONS.join(", ")} | The region is that of \`identity.location\`. Set this key to one of these regions.`,
    ],
  ],
  [
    "a region of its own without Artifact Signing",
    signing({
      account: { create: { name: "contoso-signing", location: "antarctica" } },
      profile: VALIDATED,
    }),
    [
      `countersign:signing.account.create.location | "antarctica" | a region with Artifact Signing: ${SIGNING_REGIONS.join(", ")} | Set this key to one of these regions.`,
    ],
  ],
  [
    "a new account and a profile without an identity validation",
    signing({
      account: { create: { name: "contoso-signing" } },
      profile: { create: { name: "container-images" } },
    }),
    [
      `countersign:signing.profile.create.identityValidationId | nothing | ${VALIDATION} If you created the account there, write \`account: NAME\` in place of \`account: { create: … }\`.`,
    ],
  ],
  [
    "names of an account and a profile as the key name",
    signing({ account: { name: "contoso-signing" }, profile: { name: "container-images" } }),
    [
      'countersign:signing.account | {"name":"contoso-signing"} | a name, or an object with the key create | If it exists, write `account: contoso-signing`. To create it, write `account: { create: { name: contoso-signing } }`.',
      'countersign:signing.profile | {"name":"container-images"} | a name, or an object with the key create | If it exists, write `profile: container-images`. To create it, write `profile: { create: { name: container-images } }`.',
    ],
  ],
  [
    "the name of a repository as the key name",
    { "countersign:pipelines": { web: { repository: { name: "site" } } } },
    [
      'countersign:pipelines.web.repository | {"name":"site"} | a name, or an object with the key create | If it exists, write `repository: site`. To create it, write `repository: { create: { name: site } }`.',
    ],
  ],
  ...(
    [
      [
        "registry.create.name",
        registry({ create: { name: "reg" } }),
        "reg",
        "5 to 50 letters and digits",
      ],
      [
        "signing.account.create.name",
        signing({ account: { create: { name: "one" } }, profile: VALIDATED }),
        "one",
        "3 to 24 letters, digits, and single hyphens, starting with a letter but not with `one`",
      ],
      [
        "signing.profile.create.name",
        signing({ profile: { create: { ...VALIDATED.create, name: "web" } } }),
        "web",
        "5 to 100 letters, digits, and single hyphens, starting with a letter",
      ],
      [
        "pipelines.web.repository.create.name",
        { "countersign:pipelines": { web: { repository: { create: { name: "contoso/web" } } } } },
        "contoso/web",
        "the name of a repository, without its owner",
      ],
    ] as const
  ).map(
    ([key, changes, given, expected]) =>
      [
        `a new name that Azure or GitHub refuses: ${key}`,
        changes,
        [`countersign:${key} | "${given}" | ${expected} | Choose another name.`],
      ] as const,
  ),
  [
    "a key that creation does not know",
    registry({ create: { name: "contosoimages", adminUser: true } }),
    [
      "countersign:registry.create.adminUser | true | one of these keys: name, location, sku, domainNameLabel, publicNetworkAccess, allowedIps, tags, protect | Remove this key.",
    ],
  ],
  [
    "a repository that two pipelines create",
    {
      "countersign:pipelines": {
        web: { repository: { create: {} } },
        api: {
          repository: { create: { name: "Web" } },
          environment: "api",
          level: "environment",
          workflow: ".github/workflows/api.yml",
          images: [{ name: "api" }],
        },
      },
    },
    [
      'countersign:pipelines.api.repository | {"create":{"name":"Web"}} | a name, because `web` creates this repository | Write `repository: Web` here.',
    ],
  ],
  [
    "a repository of an unknown visibility",
    { "countersign:pipelines": { web: { repository: { create: { visibility: "secret" } } } } },
    [
      'countersign:pipelines.web.repository.create.visibility | "secret" | one of: private, internal, public | Use one of these values.',
    ],
  ],
];
