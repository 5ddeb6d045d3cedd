import { type Config, signing } from "./stack";

const P = "countersign:pipelines";
const WEB = `${P}.web`;
const pipelines = (all: Config) => ({ [P]: all });
const web = (pipeline: Config) => pipelines({ web: pipeline });
const cluster = (given: unknown) => ({ "countersign:cluster": given });
const second = {
  repository: "web",
  images: [{ name: "api" }],
  workflow: ".github/workflows/api.yml",
  level: "environment",
  environment: "api",
};
const reserved = (key: string) =>
  `${P}.${key} | "${key}" | a key other than verification and cluster, which Countersign uses | Choose another key, and put the name of the repository into \`repository\`.`;
const NAMESPACE =
  "the name of a namespace: 1 to 63 lowercase letters, digits, and hyphens | Run `kubectl get namespaces`, and copy a name.";
const SUBJECT =
  "the subject of a certificate, such as CN=Contoso, O=Contoso, L=Redmond, S=Washington, C=US | Copy the subject from the certificate profile in the Azure portal.";
const ROOT =
  "64 lowercase hexadecimal digits | Run `openssl x509 -in FILE -outform DER | sha256sum`, and copy its output.";

/** Bad keys of verifiers: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badVerifiers: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "the key of the output `verification`",
    pipelines({ verification: { repository: "web" } }),
    [reserved("verification")],
  ],
  ["the key of the cluster", pipelines({ cluster: { repository: "web" } }), [reserved("cluster")]],
  [
    "one file that signs and verifies",
    web({ verify: { workflow: ".github/workflows/sign-image.yml" } }),
    [
      `${WEB}.verify.workflow | ".github/workflows/sign-image.yml" | another file than \`workflow\` | Choose another path for one of the two.`,
    ],
  ],
  [
    "the environment that signs",
    web({ environment: "production", verify: { environment: "Production" } }),
    [
      `${WEB}.verify.environment | "Production" | an environment in which no pipeline signs | Choose another environment. Pipeline \`web\` signs in this one, and a verifying run could log in as its identity.`,
    ],
  ],
  [
    "the environment in which another pipeline of the repository signs",
    pipelines({ web: { verify: { environment: "API" } }, api: second }),
    [
      `${WEB}.verify.environment | "API" | an environment in which no pipeline signs | Choose another environment. Pipeline \`api\` signs in this one, and a verifying run could log in as its identity.`,
    ],
  ],
  [
    "a verifying workflow where one reusable workflow is trusted",
    web({
      verify: true,
      ids: "variables",
      trust: { workflow: "contoso/ci/.github/workflows/sign.yml@refs/heads/main" },
    }),
    [
      `${WEB}.verify | true | no \`verify\`, because only jobs of \`trust.workflow\` can log in | Remove \`verify\`. To verify images elsewhere, use \`verify.sh\` (docs/verify.md).`,
    ],
  ],
  [
    "a misspelt key of `verify`",
    web({ verify: { shedule: "0 4 * * *" } }),
    [
      `${WEB}.verify.shedule | "0 4 * * *" | one of these keys: workflow, schedule, environment | Did you mean \`schedule\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "a schedule in words",
    web({ verify: { schedule: "daily" } }),
    [
      `${WEB}.verify.schedule | "daily" | a cron expression with five fields, such as 0 4 * * * | Give minute, hour, day of the month, month, and day of the week.`,
    ],
  ],
  [
    "a schedule that is on",
    web({ verify: { schedule: true } }),
    [`${WEB}.verify.schedule | true | a cron expression, or false | Use a value of this type.`],
  ],
  [
    "two pipelines of a repository with one verifying workflow",
    pipelines({ web: { verify: true }, api: { ...second, verify: true } }),
    [
      `${P}.api.verify.workflow | ".github/workflows/verify-image.yml" | a workflow that pipeline \`web\` of the same repository does not use | Give this pipeline its own, such as \`.github/workflows/verify-NAME.yml\`.`,
    ],
  ],
  [
    "a verifying workflow in the place of another pipeline's signing workflow",
    pipelines({ web: { verify: { workflow: second.workflow } }, api: second }),
    [
      `${P}.api.workflow | ".github/workflows/api.yml" | a workflow that pipeline \`web\` of the same repository does not use | Give this pipeline its own, such as \`.github/workflows/sign-NAME.yml\`.`,
    ],
  ],
  [
    "a cluster in a pipeline",
    web({ cluster: { namespaces: ["shop"] } }),
    [
      `${WEB}.cluster | {"namespaces":["shop"]} | no such key in a pipeline | Write \`countersign:cluster\`. The key applies to all pipelines of the stack.`,
    ],
  ],
  [
    "a cluster without namespaces",
    cluster({ gate: "azure-policy" }),
    ["countersign:cluster.namespaces | nothing | a list | Add this key. It is required."],
  ],
  [
    "what no namespace is called",
    cluster({ namespaces: ["shop", "Shop"] }),
    [`countersign:cluster.namespaces.1 | "Shop" | ${NAMESPACE}`],
  ],
  [
    "an issuer without TLS, and Kyverno as the gate",
    cluster({ namespaces: ["shop"], issuer: "http://oidc.example", gate: "kyverno" }),
    [
      'countersign:cluster.issuer | "http://oidc.example" | an HTTPS URL | Run `az aks show --query oidcIssuerProfile.issuerUrl -o tsv`, and copy its output with the slash at the end.',
      'countersign:cluster.gate | "kyverno" | one of: gatekeeper, azure-policy | Use one of these values.',
    ],
  ],
  ["an empty subject", signing({ subject: "" }), [`countersign:signing.subject | "" | ${SUBJECT}`]],
  [
    "a root's SHA-256 as openssl prints it",
    signing({ rootCertificate: { file: "root.pem", sha256: "AB:CD" } }),
    [`countersign:signing.rootCertificate.sha256 | "AB:CD" | ${ROOT}`],
  ],
];
