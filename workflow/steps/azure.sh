# What Azure answers until a new credential or role applies everywhere.
not_yet="AADSTS70021(3)?:|AADSTS700016:|No subscriptions found|doesn't exist in cloud"
not_yet+="|CONNECTIVITY_REFRESH_TOKEN_ERROR.*401|401.*CONNECTIVITY_REFRESH_TOKEN_ERROR"
not_yet+="|authentication required|requested access to the resource is denied"
not_yet+="|may not pu(sh|ll) yet|ERROR: Forbidden"
token=""

# A token of GitHub lives for five minutes. Therefore, each try gets its own.
request_token() {
  : "${ACTIONS_ID_TOKEN_REQUEST_URL:?the job needs the permission id-token: write}"
  token=$(curl --fail --silent --show-error --get --data-urlencode "audience=$AUDIENCE" \
    --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
    "$ACTIONS_ID_TOKEN_REQUEST_URL" | jq --exit-status --raw-output .value) || return
  echo "::add-mask::$token"
}

# Runs a command. If there is a token, logs in with it first.
try() {
  if [ -n "$token" ]; then
    az login --service-principal --username "$CLIENT_ID" --tenant "$TENANT_ID" \
      --federated-token "$token" --output none || return
    az account set --subscription "$SUBSCRIPTION_ID" || return
  fi
  "$@"
}

# Tries a command until Azure accepts it. An error that does not mean "not yet" fails at once.
again() {
  local pause=10 said
  until said=$(try "$@" 2>&1); do
    echo "$said"
    if [[ ! "$said" =~ $not_yet ]]; then return 1; fi
    if (($(date +%s) + pause > deadline)); then
      echo "Azure still refuses this, ten minutes after the job began."
      return 1
    fi
    echo "A new credential or role can take minutes to apply. Next try in $pause seconds."
    sleep "$pause"
    pause=$((pause < 40 ? pause * 2 : 60))
    request_token || return
  done
  token=""
}

# Runs a command of `az` on the registry. With a domain name label, the login server begins with the
# name and a hash, and `az` needs the hash: https://github.com/Azure/azure-cli/issues/31605
on_registry() {
  local label=${LOGIN_SERVER%%.*} hash=()
  if [[ "$label" == "${REGISTRY,,}"-* ]]; then hash=(--suffix "${label#"${REGISTRY,,}"-}"); fi
  az acr "$@" --name "$REGISTRY" "${hash[@]}"
}

# Logs Docker in to the registry.
log_in() { on_registry login "$@"; }

# Exchanges the login for the registry's token with some actions on one repository.
# https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
registry_token() {
  local form="grant_type=refresh_token&service=$LOGIN_SERVER&scope=repository:$1:$2" login
  login=$(log_in --expose-token --query accessToken --output tsv) || return
  az rest --method post --url "https://$LOGIN_SERVER/oauth2/token" --skip-authorization-header \
    --headers Content-Type=application/x-www-form-urlencoded --body "$form&refresh_token=$login" \
    --query access_token --output tsv
}
