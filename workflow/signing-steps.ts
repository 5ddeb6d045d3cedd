import type { Step } from "./model";
import { ACTIONS, type Download, PLUGIN_NAME } from "./pins";

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
  /** Path of the root certificate of the timestamp service, in the repository. */
  readonly timestampRoot: string;
  /** `action`: the actions of notation-action sign. `cli`: scripts run the Notation CLI. */
  readonly signWith: "action" | "cli";
  /** The archives that a run downloads, for linux/amd64. The URLs can be those of a mirror. */
  readonly downloads: { readonly notation: Download; readonly plugin: Download };
}

/** The steps that install Notation, sign the pushed digest, and write the summary of the run. */
export function installAndSign(plan: SigningPlan): Step[] {
  const env = { REFERENCE, ACCOUNT: plan.account, PROFILE: plan.profile };
  const summary = { name: "Say what was signed", env, run: SUMMARY };
  return [...(plan.signWith === "action" ? withAction(plan) : withCli(plan)), summary];
}

const REFERENCE = "${{ steps.image.outputs.reference }}";

/**
 * The plugin's configuration. It excludes the managed identity of the runner, which is a virtual
 * machine in Azure, so that the plugin signs with the login of the Azure CLI.
 * Source: https://github.com/Azure/artifact-signing-notation-plugin
 */
function pluginConfig({ account, endpoint, profile }: SigningPlan): string {
  return `accountName=${account}
baseUrl=${endpoint}
certProfile=${profile}
excludeCredentials=EnvironmentCredential,ManagedIdentityCredential
`;
}

function withAction(plan: SigningPlan): Step[] {
  const { notation, plugin } = plan.downloads;
  // notation-action declares node16, which GitHub's runners no longer have:
  // https://github.com/notaryproject/notation-action/issues/156
  const env = { FORCE_JAVASCRIPT_ACTIONS_TO_NODE24: "true" };
  return [
    {
      name: "Install Notation",
      uses: ACTIONS.notationSetup,
      env,
      with: { url: notation.url, checksum: notation.sha256 },
    },
    {
      name: "Sign the digest",
      uses: ACTIONS.notationSign,
      env,
      with: {
        plugin_name: PLUGIN_NAME,
        plugin_url: plugin.url,
        plugin_checksum: plugin.sha256,
        plugin_config: pluginConfig(plan),
        key_id: plan.profile,
        target_artifact_reference: REFERENCE,
        signature_format: "cose",
        timestamp_url: plan.timestampUrl,
        timestamp_root_cert: plan.timestampRoot,
        force_referrers_tag: "false",
      },
    },
  ];
}

function withCli(plan: SigningPlan): Step[] {
  const { notation, plugin } = plan.downloads;
  return [
    {
      name: "Install Notation",
      env: {
        NOTATION_URL: notation.url,
        NOTATION_SHA256: notation.sha256,
        PLUGIN_URL: plugin.url,
        PLUGIN_SHA256: plugin.sha256,
      },
      run: INSTALL,
    },
    {
      name: "Sign the digest",
      env: {
        REFERENCE,
        PLUGIN: PLUGIN_NAME,
        PROFILE: plan.profile,
        PLUGIN_CONFIG: pluginConfig(plan),
        TIMESTAMP_URL: plan.timestampUrl,
        TIMESTAMP_ROOT: plan.timestampRoot,
      },
      run: SIGN,
    },
  ];
}

/** The script checks the archive before it opens it. The folder belongs to this run only. */
const INSTALL = `archive="$RUNNER_TEMP/notation.tar.gz"
tools="$RUNNER_TEMP/notation"
mkdir -p "$tools"
curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$archive" "$NOTATION_URL"
echo "$NOTATION_SHA256  $archive" | sha256sum --check --strict
tar --extract --gzip --file "$archive" --directory "$tools" notation
"$tools/notation" plugin install --url "$PLUGIN_URL" --sha256sum "$PLUGIN_SHA256"
`;

const SIGN = `configuration=()
while IFS= read -r line; do
  if [ -n "$line" ]; then configuration+=("--plugin-config=$line"); fi
done <<< "$PLUGIN_CONFIG"
"$RUNNER_TEMP/notation/notation" sign --signature-format cose --force-referrers-tag=false \\
  --timestamp-url "$TIMESTAMP_URL" --timestamp-root-cert "$TIMESTAMP_ROOT" \\
  --id "$PROFILE" --plugin "$PLUGIN" "\${configuration[@]}" "$REFERENCE"
`;

const SUMMARY = `{
  echo "### Signed"
  echo
  echo "| | |"
  echo "|---|---|"
  echo "| Image | \\\`$REFERENCE\\\` |"
  echo "| Signed by | certificate profile \\\`$PROFILE\\\` of account \\\`$ACCOUNT\\\` |"
  echo
  echo "Look at the signature, then verify it under your trust policy:"
  echo
  echo '\`\`\`sh'
  echo "notation inspect $REFERENCE"
  echo "notation verify $REFERENCE"
  echo '\`\`\`'
} >> "$GITHUB_STEP_SUMMARY"
`;
