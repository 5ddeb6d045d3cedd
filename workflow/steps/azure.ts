import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AZURE_CLOUDS, type AzureCloud } from "../../trust/hosts";
import type { Step } from "../model";
import { ACTIONS } from "../pins";

/** Inputs of azure/login. Each value is an expression that GitHub evaluates in a run. */
export type LoginInputs = Readonly<Record<"client-id" | "tenant-id" | "subscription-id", string>>;

/** How a job logs in to Azure. */
export interface AzureLogin {
  readonly inputs: LoginInputs;
  readonly cloud: AzureCloud;
}

/** The registry that images are pushed to. */
export interface Registry {
  readonly name: string;
  readonly loginServer: string;
}

/**
 * Makes folders that only this job uses. A self-hosted runner keeps the home folder, and the next
 * job would find the logins and the plugin of this one. notation-action installs no plugin where it
 * finds one, whatever its version, and `notation plugin install` fails there.
 * The runner's context is not available in a job's `env`:
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability
 */
export function prepareStep(timestampRoot: string): Step {
  return { name: "Prepare the job", env: { TIMESTAMP_ROOT: timestampRoot }, run: PREPARE };
}

/** Functions that wait for Azure. The scripts of later steps read them. */
const AZURE = readFileSync(join(__dirname, "azure.sh"), "utf8");

const PREPARE = `folder=$(mktemp -d "$RUNNER_TEMP/sign-image-XXXXXX")
{
  echo "JOB_FOLDER=$folder"
  echo "DOCKER_CONFIG=$folder/docker"
  echo "AZURE_CONFIG_DIR=$folder/azure"
  echo "XDG_CONFIG_HOME=$folder/config"
  echo "NOTATION_CACHE=$folder/cache"
} >> "$GITHUB_ENV"
echo "$TIMESTAMP_ROOT" > "$folder/timestamp-root.pem"
echo "deadline=$(($(date +%s) + 600))" > "$folder/azure.sh"
cat >> "$folder/azure.sh" << 'END'
${AZURE}END
`;

/**
 * Logs in. In the first run, Azure may not know the credential and the roles yet; then the second
 * step waits. Source of the errors: https://github.com/Azure/login, src/Cli/AzureCliLogin.ts
 */
export function firstLogin(login: AzureLogin): Step[] {
  return loginOrWait(login, "Log in to Azure", "login", "accepted");
}

/** The token of the first login expires after five minutes; a build can take longer. */
export function secondLogin(login: AzureLogin): Step[] {
  const name = "Log in to Azure again, as a build may outlast the first login";
  // Otherwise AADSTS700024: https://github.com/Azure/azure-cli/issues/28708
  return loginOrWait(login, name, "relogin", "reaccepted");
}

function loginOrWait(login: AzureLogin, name: string, id: string, waitId: string): Step[] {
  const again = id === "login" ? "" : " again";
  return [
    { ...loginStep(login, name), id, continueOnError: true },
    {
      name: `Wait until Azure accepts the login${again}`,
      id: waitId,
      if: `steps.${id}.outcome == 'failure'`,
      env: tokenEnv(login),
      run: WAIT_FOR_LOGIN,
    },
  ];
}

function loginStep({ inputs, cloud }: AzureLogin, name: string) {
  const isOther = cloud.login !== AZURE_CLOUDS.public.login;
  return {
    name,
    uses: ACTIONS.azureLogin,
    // azure/login needs both inputs in other clouds: https://github.com/Azure/login
    with: { ...inputs, ...(isOther && { environment: cloud.login, audience: cloud.audience }) },
  };
}

/** What the functions of azure.sh need for another login. azure/login has already set the cloud. */
export function tokenEnv({ inputs, cloud }: AzureLogin) {
  return {
    CLIENT_ID: inputs["client-id"],
    TENANT_ID: inputs["tenant-id"],
    SUBSCRIPTION_ID: inputs["subscription-id"],
    AUDIENCE: cloud.audience,
  };
}

const WAIT_FOR_LOGIN = `: "\${CLIENT_ID:?is empty}" "\${TENANT_ID:?is empty}" "\${SUBSCRIPTION_ID:?is empty}"
. "$JOB_FOLDER/azure.sh"
request_token
again true
`;

/**
 * Logs Docker in to the registry. Before that, the step waits until the registry's tokens allow the
 * action, because a registry also lets in an identity that has no role yet.
 */
export function registryLogin(
  login: AzureLogin,
  registry: Registry,
  image: string,
  action: "push" | "pull" = "push",
): Step {
  return {
    name: "Log in to the registry",
    id: "registry",
    env: { ...registryEnv(registry), IMAGE: image, ...tokenEnv(login) },
    run: registryScript(action),
  };
}

/** What the functions of azure.sh need to know of a registry. */
export function registryEnv({ name, loginServer }: Registry) {
  return { REGISTRY: name, LOGIN_SERVER: loginServer };
}

/**
 * The claim `access` of an access token has the allowed actions. `az acr check-health` reads it
 * too: azure-cli 2.91.0, command_modules/acr/_docker_utils.py.
 * Unverified with a real registry. Therefore, this check can delay the login, but not fail it.
 */
const registryScript = (action: "push" | "pull") => `. "$JOB_FOLDER/azure.sh"
may_${action}() {
  local answer
  answer=$(registry_token "$IMAGE" ${action === "push" ? "pull,push" : "pull"}) || return
  answer=$(jq --raw-input --raw-output 'split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d
    | fromjson | if has("access") then [.access[]?.actions[]?] | join(" ") else error("no access") end
    ' <<< "$answer") || return
  if [[ " $answer " != *" ${action} "* ]]; then echo "This identity may not ${action} yet."; return 1; fi
}
again may_${action} || echo "The registry did not confirm that this identity may ${action}."
again log_in
`;
