import type { Step } from "./model";

/** The step that says what was signed, and how to verify it. */
export function summaryStep(
  reference: string,
  { account, profile }: { readonly account: string; readonly profile: string },
): Step {
  const env = { REFERENCE: reference, ACCOUNT: account, PROFILE: profile };
  return { name: "Say what was signed", env, run: SIGNED };
}

/** The step that says which part of the job did not work, and how to run it again. */
export function failureStep(): Step {
  const outcomes = (...ids: string[]) => ids.map((id) => `\${{ steps.${id}.outcome }}`).join(" ");
  return {
    name: "Say what did not work",
    if: "failure()",
    env: {
      LOGIN_OUTCOME: outcomes("accepted", "reaccepted"),
      REGISTRY_OUTCOME: outcomes("registry"),
      PUSH_OUTCOME: outcomes("push"),
      SIGNING_OUTCOME: outcomes("role", "resign"),
    },
    run: NOT_SIGNED,
  };
}

const SIGNED = `{
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

const NOT_SIGNED = `refused=""
if [[ "$LOGIN_OUTCOME" == *failure* ]]; then
  refused="**Login:** Azure did not accept the login of this job."
elif [[ "$REGISTRY_OUTCOME" == *failure* ]]; then
  refused="**Registry:** the registry did not accept the login of this job."
elif [[ "$PUSH_OUTCOME" == *failure* ]]; then
  refused="**Build or push:** if the log says denied or unauthorized, this job may not push yet."
elif [[ "$SIGNING_OUTCOME" == *failure* ]]; then
  refused="**Signing:** the image is in the registry, but it has no signature."
fi
{
  echo "### Not signed"
  echo
  echo "\${refused:-A step failed that does not depend on Azure.} Its log has the error."
  if [ -n "$refused" ]; then
    echo
    echo "New credentials and roles usually apply within ten minutes, but sometimes later."
    echo "If they are new, wait, and choose **Re-run jobs**. In a terminal:"
    echo
    echo '\`\`\`sh'
    echo "gh run rerun $GITHUB_RUN_ID --failed --repo $GITHUB_REPOSITORY"
    echo '\`\`\`'
  fi
} >> "$GITHUB_STEP_SUMMARY"
`;
