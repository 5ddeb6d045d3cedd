import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Step } from "../model";
import { type Archives, PLUGIN_NAME } from "../pins";
import { type AzureLogin, type Registry, registryEnv, tokenEnv } from "./azure";
import { installStep } from "./install";
import { VERIFYING } from "./verify";

/** What images are signed and timestamped with. */
export interface SigningPlan {
  /** Name of the Artifact Signing account. */
  readonly account: string;
  /** Name of the certificate profile. */
  readonly profile: string;
  /** URL of the account's regional endpoint, as Azure reports it. */
  readonly endpoint: string;
  /** URL of an RFC 3161 timestamp service. */
  readonly timestampUrl: string;
  /** Root certificate of the timestamp service, as PEM. */
  readonly timestampRoot: string;
  /** `action`: the actions of notation-action sign. `cli`: scripts run the Notation CLI. */
  readonly signWith: "action" | "cli";
  /** Whether the signature contains the commit, the repository, and the URL of the run. */
  readonly metadata: boolean;
  /** Whether the manifest of each platform is signed too. */
  readonly platforms: boolean;
  /** Whether what refers to the image, such as an attached SBOM, is signed too. */
  readonly referrers: boolean;
  /** Whether the run verifies each new signature. It needs to know what verifiers trust. */
  readonly verify: boolean;
  /** The archives that a run downloads. The URLs can be those of a mirror. */
  readonly downloads: { readonly notation: Archives; readonly plugin: Archives };
}

/** What a signing step signs. The values can be expressions. */
export interface Signed {
  /** References by digest, one on each line. */
  readonly references: string;
  /** Whether the job built what it signs, from the commit of its run. */
  readonly isBuilt: boolean;
  /** Whether a digest with a valid signature gets a new one. Default: each digest gets one. */
  readonly again?: string;
}

/** The steps that install the Notation CLI and sign digests with it. */
export function cliSteps(
  plan: SigningPlan,
  login: AzureLogin,
  registry: Registry,
  { references, again, isBuilt }: Signed,
): Step[] {
  const { account, profile, endpoint, timestampUrl } = plan;
  const reads = plan.platforms || plan.referrers;
  return [
    installStep(plan.downloads.notation, plan.downloads.plugin),
    {
      name: "Sign",
      id: "sign",
      env: {
        REFERENCES: references,
        ENDPOINT: endpoint,
        ACCOUNT: account,
        PROFILE: profile,
        PLUGIN: PLUGIN_NAME,
        PLUGIN_CONFIG: pluginConfig(plan),
        TIMESTAMP_URL: timestampUrl,
        ...(again && { AGAIN: again }),
        ...(reads && registryEnv(registry)),
        ...tokenEnv(login),
      },
      run: script(plan, again !== undefined, isBuilt),
    },
  ];
}

/**
 * The plugin's configuration. It excludes the managed identity of the runner, which is a virtual
 * machine in Azure, so that the plugin signs with the login of the Azure CLI.
 * Source: https://github.com/Azure/artifact-signing-notation-plugin
 */
export function pluginConfig({ account, endpoint, profile }: SigningPlan): string {
  return `accountName=${account}
baseUrl=${endpoint}
certProfile=${profile}
excludeCredentials=EnvironmentCredential,ManagedIdentityCredential
`;
}

/** Options and functions of the signing script. What `may_sign` asks is unverified live. */
const SIGN = readFileSync(join(__dirname, "sign.sh"), "utf8");

function script(
  { metadata, platforms, referrers }: SigningPlan,
  keeps: boolean,
  isBuilt: boolean,
): string {
  const reads = platforms || referrers;
  return [
    SIGN.trimEnd(),
    ...(metadata ? [METADATA, isBuilt ? COMMIT : COMMIT_OF_CALLER] : []),
    ...(keeps ? [KEEP] : []),
    ...(reads ? [READ] : []),
    "",
    'mapfile -t references <<< "$REFERENCES"',
    'for reference in "${references[@]}"; do',
    '  SIGN_ONE "$reference"',
    ...(platforms ? [PLATFORMS] : []),
    ...(referrers ? [REFERRERS] : []),
    "done",
    "",
  ]
    .join("\n")
    .replaceAll("SIGN_ONE", keeps ? "sign_or_keep" : "sign");
}

/** Notation shows these values: `notation inspect`. They are a part of what is signed. */
const METADATA = `options+=(--user-metadata "repository=$GITHUB_REPOSITORY")
options+=(--user-metadata "run=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID")`;
const COMMIT = `options+=(--user-metadata "commit=$GITHUB_SHA")`;
/** Who signs by hand gives a digest of any commit. A caller's run has built what it gives. */
const COMMIT_OF_CALLER = `if [ "$GITHUB_EVENT_NAME" != workflow_dispatch ]; then
  ${COMMIT}
fi`;

const KEEP = `
${VERIFYING}
# Keeps a valid signature, unless a new one is wanted.
sign_or_keep() {
  if [ "$AGAIN" != true ] && judge "$1"; then
    echo "$1 keeps its signature."
    return
  fi
  sign "$1"
}`;

/** The distribution specification has both reads. Unverified: \`az rest\` with a real registry. */
const READ = `
# Reads from the registry, with its own kind of token.
read_registry() {
  local token accept="application/vnd.oci.image.index.v1+json"
  accept+=", application/vnd.docker.distribution.manifest.list.v2+json"
  accept+=", application/vnd.oci.image.manifest.v1+json"
  token=$(registry_token "$1" pull) || return
  az rest --method get --url "https://$LOGIN_SERVER/v2/$1/$2" --skip-authorization-header \\
    --headers "{\\"Authorization\\": \\"Bearer $token\\", \\"Accept\\": \\"$accept\\"}" --output json
}`;

/** BuildKit's attestations have the platform `unknown`. The signature of the index covers them. */
const PLATFORMS = `  repository=\${reference%@*} image=\${reference#*/}
  found=$(read_registry "\${image%@*}" "manifests/\${reference#*@}")
  for digest in $(jq --raw-output '.manifests[]? | select(.platform.os != "unknown").digest' <<< "$found"); do
    SIGN_ONE "$repository@$digest"
  done`;

const REFERRERS = `  repository=\${reference%@*} image=\${reference#*/}
  found=$(read_registry "\${image%@*}" "referrers/\${reference#*@}")
  for digest in $(jq --raw-output '.manifests[]? |
    select(.artifactType != "application/vnd.cncf.notary.signature").digest' <<< "$found"); do
    SIGN_ONE "$repository@$digest"
  done`;
