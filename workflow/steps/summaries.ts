import type { Step } from "../model";

/**
 * The step that says what was signed and how to verify it, and that gives the references to the jobs
 * after this one.
 *
 * @param references one on each line; it can be an expression.
 * @param kind `row` of a matrix: each row gives its one reference under a name of its own. `kept`: some
 * references can have kept an earlier signature.
 * Source: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs
 */
export function summaryStep(
  references: string,
  { account, profile }: { readonly account: string; readonly profile: string },
  kind?: "row" | "kept",
): Step {
  const isRow = kind === "row";
  return {
    name: "Say what was signed",
    id: "signed",
    env: {
      REFERENCES: references,
      ACCOUNT: account,
      PROFILE: profile,
      ...(isRow && { OUTPUT: "image-${{ strategy.job-index }}" }),
    },
    run: `${isRow ? 'echo "$OUTPUT=$REFERENCES"' : LIST} >> "$GITHUB_OUTPUT"\n${summary(kind === "kept")}`,
  };
}

const LIST = `signed=$(jq --raw-input --slurp --compact-output 'split("\\n") | map(select(. != ""))' <<< "$REFERENCES")
echo "signed=$signed"`;

/** Adds the step that says which part of the job did not work, and how to run it again. */
export function withFailure(steps: readonly Step[]): Step[] {
  const ends = (...ids: string[]) =>
    ids
      .filter((id) => steps.some((it) => it.id === id))
      .map((id) => `\${{ steps.${id}.conclusion }}`)
      .join(" ");
  const failure: Step = {
    name: "Say what did not work",
    if: "failure()",
    env: {
      LOGIN_OUTCOME: ends("accepted", "reaccepted"),
      REGISTRY_OUTCOME: ends("registry"),
      PUSH_OUTCOME: ends("push"),
      SIGNING_OUTCOME: ends("sign", "role", "resign"),
      VERIFY_OUTCOME: ends("verify"),
    },
    run: NOT_SIGNED,
  };
  return [...steps, failure];
}

const KEPT = `
    if ! grep --quiet --line-regexp --fixed-strings "$reference" "$JOB_FOLDER/signed"; then
      how="Was signed before"
    fi`;

const summary = (keeps: boolean) => `{
  echo "### Signed"
  echo
  echo "| | |"
  echo "|---|---|"
  while IFS= read -r reference; do
    how=Signed${keeps ? KEPT : ""}
    echo "| $how | \\\`$reference\\\` |"
  done <<< "$REFERENCES"
  echo "| By | certificate profile \\\`$PROFILE\\\` of account \\\`$ACCOUNT\\\` |"
  echo
  echo "Look at a signature, or verify it with \\\`verify.sh\\\` from the output \\\`verification\\\` of the Pulumi stack:"
  echo
  echo '\`\`\`sh'
  while IFS= read -r reference; do
    echo "notation inspect $reference"
    echo "bash verify.sh $reference"
  done <<< "$REFERENCES"
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
title="Not signed"
if [[ "$VERIFY_OUTCOME" == *failure* ]]; then title="Signed, but verifiers do not accept it"; fi
{
  echo "### $title"
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
