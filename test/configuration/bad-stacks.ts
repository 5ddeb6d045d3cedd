import type { Config } from "../support/engine";

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
const REQUIRED = "a string | it is required: add it";

/** Bad keys of a stack: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badStacks: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
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
    "an unknown key that is like no known one",
    { "countersign:owner": "contoso" },
    [
      'countersign:owner | "contoso" | registry, signing, identity, pipelines, downloads | `owner` is not known; remove it',
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
