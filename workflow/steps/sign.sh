. "$JOB_FOLDER/azure.sh"
notation="$JOB_FOLDER/notation/notation"
options=(--signature-format cose --force-referrers-tag=false --timestamp-url "$TIMESTAMP_URL")
options+=(--timestamp-root-cert "$JOB_FOLDER/timestamp-root.pem" --id "$PROFILE" --plugin "$PLUGIN")
while IFS= read -r line; do
  if [ -n "$line" ]; then options+=("--plugin-config=$line"); fi
done <<< "$PLUGIN_CONFIG"

# Asks for something that only signers may know. Until the role to sign applies, the answer is 403.
may_sign() {
  local profile="${ENDPOINT%/}/codesigningaccounts/$ACCOUNT/certificateprofiles/$PROFILE"
  az rest --url "$profile/sign/eku?api-version=2022-06-15-preview" \
    --resource https://codesigning.azure.net --output none
}

# Signs one digest. Registry, signing service, and timestamp service can fail for a moment.
touch "$JOB_FOLDER/signed"
sign() {
  local pause
  for pause in 10 20 ""; do
    if "$notation" sign "${options[@]}" "$1"; then
      echo "$1" >> "$JOB_FOLDER/signed"
      return
    fi
    if [ -z "$pause" ]; then return 1; fi
    again may_sign || echo "Artifact Signing did not confirm that this identity may sign."
    sleep "$pause"
  done
}
