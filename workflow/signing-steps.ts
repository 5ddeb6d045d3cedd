import type { PinnedAction, Step } from "./model";
import { ACTIONS, type Download, PLUGIN_NAME } from "./pins";
import { summaryStep } from "./summaries";

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
  /** The archives that a run downloads, for linux/amd64. The URLs can be those of a mirror. */
  readonly downloads: { readonly notation: Download; readonly plugin: Download };
}

/** The steps that install Notation, sign the pushed digest, and write the summary of the run. */
export function installAndSign(plan: SigningPlan, token: Readonly<Record<string, string>>): Step[] {
  const { install, sign } = plan.signWith === "action" ? withAction(plan) : withCli(plan);
  const { account, profile, endpoint } = plan;
  const again = "steps.sign.outcome == 'failure'";
  return [
    install,
    { name: "Sign the digest", id: "sign", continueOnError: true, ...sign },
    {
      name: "Wait until the role to sign applies",
      id: "role",
      if: again,
      env: { ENDPOINT: endpoint, ACCOUNT: account, PROFILE: profile, ...token },
      run: WAIT_FOR_ROLE,
    },
    { name: "Sign the digest again", id: "resign", if: again, ...sign },
    summaryStep(REFERENCE, plan),
  ];
}

const REFERENCE = "${{ steps.image.outputs.reference }}";

/**
 * Without the role, Artifact Signing answers 403 and nothing else, also to this question about the
 * profile. Unverified live. Source: `GetSignEku` in the client of its data plane, with API version
 * 2022-06-15-preview: https://github.com/Azure/azure-rest-api-specs, specification/codesigning
 * If the answer is no error, the first try may have met a server that did not know the role yet.
 */
const WAIT_FOR_ROLE = `. "$JOB_FOLDER/azure.sh"
profile="\${ENDPOINT%/}/codesigningaccounts/$ACCOUNT/certificateprofiles/$PROFILE"
again az rest --url "$profile/sign/eku?api-version=2022-06-15-preview" \\
  --resource https://codesigning.azure.net --output none
`;

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

/** The parts of a step that stay the same when it runs again. */
interface Signing {
  readonly install: Step;
  readonly sign:
    | { readonly uses: PinnedAction; readonly env: Env; readonly with: Env }
    | { readonly env: Env; readonly run: string };
}

type Env = Readonly<Record<string, string>>;

function withAction(plan: SigningPlan): Signing {
  const { notation, plugin } = plan.downloads;
  // notation-action declares node16, which GitHub's runners no longer have:
  // https://github.com/notaryproject/notation-action/issues/156
  const env = { FORCE_JAVASCRIPT_ACTIONS_TO_NODE24: "true" };
  return {
    install: {
      name: "Install Notation",
      uses: ACTIONS.notationSetup,
      env,
      with: { url: notation.url, checksum: notation.sha256 },
    },
    sign: {
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
        timestamp_root_cert: "${{ env.JOB_FOLDER }}/timestamp-root.pem",
        force_referrers_tag: "false",
      },
    },
  };
}

function withCli(plan: SigningPlan): Signing {
  const { notation, plugin } = plan.downloads;
  return {
    install: {
      name: "Install Notation",
      env: {
        NOTATION_URL: notation.url,
        NOTATION_SHA256: notation.sha256,
        PLUGIN_URL: plugin.url,
        PLUGIN_SHA256: plugin.sha256,
      },
      run: INSTALL,
    },
    sign: {
      env: {
        REFERENCE,
        PLUGIN: PLUGIN_NAME,
        PROFILE: plan.profile,
        PLUGIN_CONFIG: pluginConfig(plan),
        TIMESTAMP_URL: plan.timestampUrl,
      },
      run: SIGN,
    },
  };
}

/** The script checks the archive before it opens it. */
const INSTALL = `archive="$JOB_FOLDER/notation.tar.gz"
tools="$JOB_FOLDER/notation"
mkdir "$tools"
curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$archive" "$NOTATION_URL"
echo "$NOTATION_SHA256  $archive" | sha256sum --check --strict
tar --extract --gzip --file "$archive" --directory "$tools" notation
"$tools/notation" plugin install --url "$PLUGIN_URL" --sha256sum "$PLUGIN_SHA256"
`;

const SIGN = `configuration=()
while IFS= read -r line; do
  if [ -n "$line" ]; then configuration+=("--plugin-config=$line"); fi
done <<< "$PLUGIN_CONFIG"
"$JOB_FOLDER/notation/notation" sign --signature-format cose --force-referrers-tag=false \\
  --timestamp-url "$TIMESTAMP_URL" --timestamp-root-cert "$JOB_FOLDER/timestamp-root.pem" \\
  --id "$PROFILE" --plugin "$PLUGIN" "\${configuration[@]}" "$REFERENCE"
`;
