import type { Step } from "../model";
import { ACTIONS, PLUGIN_NAME } from "../pins";
import { type AzureLogin, tokenEnv } from "./azure";
import { pluginConfig, type SigningPlan } from "./sign";

/**
 * The steps that install Notation and sign one digest, with notation-action. It signs no metadata
 * and no second digest: https://github.com/notaryproject/notation-action
 */
export function actionSteps(plan: SigningPlan, login: AzureLogin, reference: string): Step[] {
  const { notation, plugin } = plan.downloads;
  const { account, profile, endpoint } = plan;
  // notation-action declares node16, which GitHub's runners no longer have:
  // https://github.com/notaryproject/notation-action/issues/156
  const env = { FORCE_JAVASCRIPT_ACTIONS_TO_NODE24: "true" };
  const sign = {
    uses: ACTIONS.notationSign,
    env,
    with: {
      plugin_name: PLUGIN_NAME,
      plugin_url: plugin.url,
      plugin_checksum: plugin.sha256,
      plugin_config: pluginConfig(plan),
      key_id: profile,
      target_artifact_reference: reference,
      signature_format: "cose",
      timestamp_url: plan.timestampUrl,
      timestamp_root_cert: "${{ env.JOB_FOLDER }}/timestamp-root.pem",
      force_referrers_tag: "false",
    },
  };
  const again = "steps.sign.outcome == 'failure'";
  return [
    {
      name: "Install Notation",
      uses: ACTIONS.notationSetup,
      env,
      with: { url: notation.url, checksum: notation.sha256 },
    },
    { name: "Sign the digest", id: "sign", continueOnError: true, ...sign },
    {
      name: "Wait until the role to sign applies",
      id: "role",
      if: again,
      env: { ENDPOINT: endpoint, ACCOUNT: account, PROFILE: profile, ...tokenEnv(login) },
      run: WAIT_FOR_ROLE,
    },
    { name: "Sign the digest again", id: "resign", if: again, ...sign },
  ];
}

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
