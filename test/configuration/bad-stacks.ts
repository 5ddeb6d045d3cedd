import { type Config, signing } from "./stack";

const registry = (change: Config) => ({
  "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages", ...change },
});
const REQUIRED = "a string | Add this key. It is required.";

/** Bad keys of a stack: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badStacks: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "no registry",
    { "countersign:registry": {} },
    [
      `countersign:registry.resourceGroup | nothing | ${REQUIRED}`,
      "countersign:registry | {} | either `name` or `create` | Write `name` if the registry exists. Write `create: { name: … }` to create it.",
    ],
  ],
  [
    "the login server as the registry",
    registry({ name: "contosoimages.azurecr.io" }),
    [
      'countersign:registry.name | "contosoimages.azurecr.io" | 5 to 50 letters and digits | Copy the name of the registry from Azure. It is not always a part of the login server.',
    ],
  ],
  [
    "a registry's name too short",
    registry({ name: "reg" }),
    [
      'countersign:registry.name | "reg" | 5 to 50 letters and digits | Copy the name of the registry from Azure. It is not always a part of the login server.',
    ],
  ],
  [
    "an unknown mode",
    registry({ permissions: "acl" }),
    [
      'countersign:registry.permissions | "acl" | one of: auto, rbac, abac | Use one of these values.',
    ],
  ],
  [
    "a resource group ending in a dot",
    registry({ resourceGroup: "rg." }),
    [
      'countersign:registry.resourceGroup | "rg." | 1 to 90 letters, digits, or . _ - ( ), without a period at the end | Give only the name of the resource group. The key `subscription` next to it names its subscription.',
    ],
  ],
  [
    "a registry that is a text",
    { "countersign:registry": "contosoimages" },
    [
      'countersign:registry | "contosoimages" | an object with keys resourceGroup, name, create, subscription, permissions | Use a value of this type.',
    ],
  ],
  [
    "a misspelt key of the registry",
    registry({ permission: "abac" }),
    [
      'countersign:registry.permission | "abac" | one of these keys: resourceGroup, name, create, subscription, permissions | Did you mean `permissions`? Otherwise, remove this key.',
    ],
  ],
  [
    "a misspelt key of the stack",
    { "countersign:pipeline": {} },
    [
      "countersign:pipeline | {} | one of these keys: registry, signing, identity, tags, issuer, cluster, pipelines, downloads | Did you mean `pipelines`? Otherwise, remove this key.",
    ],
  ],
  [
    "an unknown key that is like no known one",
    { "countersign:color": "red" },
    [
      'countersign:color | "red" | one of these keys: registry, signing, identity, tags, issuer, cluster, pipelines, downloads | Remove this key.',
    ],
  ],
  [
    "no account",
    signing({ account: undefined }),
    [
      "countersign:signing.account | nothing | a name, or an object with keys create | Add this key. It is required.",
    ],
  ],
  [
    "an account with two hyphens",
    signing({ account: "a--b" }),
    [
      'countersign:signing.account | "a--b" | 3 to 24 letters, digits, and single hyphens, starting with a letter but not with `one` | Copy the name of the Artifact Signing account from Azure.',
    ],
  ],
  [
    "an account that starts with `one`",
    signing({ account: "oneaccount" }),
    [
      'countersign:signing.account | "oneaccount" | 3 to 24 letters, digits, and single hyphens, starting with a letter but not with `one` | Copy the name of the Artifact Signing account from Azure.',
    ],
  ],
  [
    "a profile too short",
    signing({ profile: "prod" }),
    [
      'countersign:signing.profile | "prod" | 5 to 100 letters, digits, and single hyphens, starting with a letter | Copy the name of the certificate profile from Azure.',
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
      'countersign:signing.timestamp.url | "tsa" | an HTTP or HTTPS URL | Use the URL of an RFC 3161 timestamp service.',
    ],
  ],
  [
    "a region with a hyphen",
    { "countersign:identity": { location: "west-europe" } },
    [
      'countersign:identity.location | "west-europe" | an Azure region, such as westeurope or West Europe | Run `az account list-locations --output table`, and copy a name.',
    ],
  ],
  [
    "no region at all",
    { "azure-native:location": undefined },
    [
      "countersign:identity.location | nothing | an Azure region | Run `pulumi config set azure-native:location REGION`.",
    ],
  ],
  [
    "no owner",
    { "github:owner": undefined },
    [
      "github:owner | nothing | the login of the user or organization that owns the repositories | Run `pulumi config set github:owner OWNER`.",
    ],
  ],
  [
    "no pipeline",
    { "countersign:pipelines": {} },
    ["countersign:pipelines | {} | at least one pipeline | Add a pipeline, such as `web: {}`."],
  ],
  [
    "pipelines as a list",
    { "countersign:pipelines": ["web"] },
    ['countersign:pipelines | ["web"] | an object | Use a value of this type.'],
  ],
  [
    "a key with a dot",
    { "countersign:pipelines": { "my.site": {} } },
    [
      'countersign:pipelines.my.site | "my.site" | 1 to 40 letters, digits, hyphens, and underscores, starting with a letter or digit | Choose a simple key, and put the name of the repository into `repository`.',
    ],
  ],
  [
    "an owner that is no login",
    { "github:owner": "con toso/x" },
    [
      'github:owner | "con toso/x" | the login of the user or organization that owns the repositories | Run `pulumi config set github:owner OWNER`.',
    ],
  ],
  [
    "another organization for the provider",
    { "github:organization": "other" },
    [
      'github:organization | "other" | no value, or contoso as in `github:owner` | Remove this setting. The GitHub provider would use it instead of `github:owner`.',
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
      'countersign:downloads.notation.url | "http://mirror/n.tar.gz" | an HTTPS URL | Use the URL of the archive on your mirror.',
    ],
  ],
  [
    "a download with a short checksum",
    { "countersign:downloads": { plugin: { url: "https://mirror/p.tar.gz", sha256: "abc" } } },
    [
      'countersign:downloads.plugin.sha256 | "abc" | 64 lowercase hexadecimal digits | Run `sha256sum ARCHIVE`, and copy its output.',
    ],
  ],
];
