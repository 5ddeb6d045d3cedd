import type { Step } from "./model";
import { ACTIONS, type Download, PLUGIN_NAME } from "./pins";

/** Archives for linux/amd64, from the release or from a mirror. */
export interface Downloads {
  readonly notation: Download;
  readonly plugin: Download;
}

/** Who signs, with what, and whose clock attests when. */
export interface SigningPlan {
  readonly account: string;
  readonly profile: string;
  /** The account's regional endpoint, as Azure reports it. */
  readonly endpoint: string;
  readonly timestampUrl: string;
  /** Path in the repository of the timestamp service's root certificate. */
  readonly timestampRoot: string;
  readonly signWith: "action" | "cli";
  readonly downloads: Downloads;
}

/** Installs Notation, signs the pushed digest once, and says what was signed. */
export function installAndSign(plan: SigningPlan): Step[] {
  const steps = plan.signWith === "action" ? withAction(plan) : withCli(plan);
  return [...steps, summary(plan)];
}

const REFERENCE = "${{ steps.image.outputs.reference }}";

/**
 * `excludeCredentials` leaves the login of the Azure CLI to sign: the runner is an Azure virtual
 * machine whose own identity would be asked first (notation.md, 5).
 */
function pluginConfig(plan: SigningPlan): string[] {
  return [
    `accountName=${plan.account}`,
    `baseUrl=${plan.endpoint}`,
    `certProfile=${plan.profile}`,
    "excludeCredentials=EnvironmentCredential,ManagedIdentityCredential",
  ];
}

function withAction(plan: SigningPlan): Step[] {
  const { notation, plugin } = plan.downloads;
  // notation-action declares node16; the runner no longer has it (notation.md, 2 and 4).
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
        plugin_config: `${pluginConfig(plan).join("\n")}\n`,
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
        PLUGIN_CONFIG: `${pluginConfig(plan).join("\n")}\n`,
        TIMESTAMP_URL: plan.timestampUrl,
        TIMESTAMP_ROOT: plan.timestampRoot,
      },
      run: SIGN,
    },
  ];
}

/** Fetched to a file and checked before it is opened; the folder is this run's own. */
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

function summary(plan: SigningPlan): Step {
  return {
    name: "Say what was signed",
    env: { REFERENCE, ACCOUNT: plan.account, PROFILE: plan.profile },
    run: SUMMARY,
  };
}

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
