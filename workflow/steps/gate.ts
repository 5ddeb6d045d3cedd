import { CACHE_TAG } from "../images";
import type { Step } from "../model";
import { type Registry, registryEnv } from "./azure";
import { VERIFYING } from "./verify";

/** How many tags of each image count as the newest ones. */
export const NEWEST_TAGS = 5;

/**
 * The step that lists the newest tags of each image, unless `newest` is `false`. It leaves out what is
 * never signed: the cache of builds, and signatures, which some registries have under tags.
 */
export function newestStep(newest: string, registry: Registry, images: string): Step {
  return {
    name: "Find the newest tags",
    id: "newest",
    env: { NEWEST: newest, IMAGES: images, ...registryEnv(registry) },
    run: FIND,
  };
}

/** https://learn.microsoft.com/cli/azure/acr/repository#az-acr-repository-show-tags */
const FIND = `if [ "$NEWEST" = false ]; then exit; fi
. "$JOB_FOLDER/azure.sh"
newest=""
while IFS= read -r image; do
  if tags=$(on_registry repository show-tags --repository "$image" --orderby time_desc --top ${NEWEST_TAGS * 4} --output tsv 2> "$JOB_FOLDER/said"); then
    newest+=$(sed --regexp-extended "/^(|${CACHE_TAG}|sha256-.*)$/d; s|^|$LOGIN_SERVER/$image:|" <<< "$tags" | sed -n '1,${NEWEST_TAGS}p')$'\\n'
  elif grep --quiet --extended-regexp 'not (found|known)' "$JOB_FOLDER/said"; then
    echo "::warning::$image is not in the registry yet."
  else
    cat "$JOB_FOLDER/said" >&2
    exit 1
  fi
done <<< "$IMAGES"
printf 'references<<END\\n%sEND\\n' "$newest" >> "$GITHUB_OUTPUT"
`;

/**
 * The step that verifies all references, and fails unless each one is verified. It gives what each
 * tag resolved to, so that a caller deploys what was verified.
 */
export function gateStep(references: string): Step {
  return { name: "Verify", id: "verify", env: { REFERENCES: references }, run: VERIFY };
}

const VERIFY = `${VERIFYING}
verified="" failed=0
{
  echo "### Verification"
  echo
  echo "| image | verdict | digest |"
  echo "|---|---|---|"
} >> "$GITHUB_STEP_SUMMARY"
while IFS= read -r reference; do
  if judge "$reference"; then
    verified+="$resolved"$'\\n'
    echo "$reference is verified: \${resolved##*@}"
  else
    failed=1
    echo "::error::$reference is $verdict. $reason"
  fi
  echo "| \\\`\${reference%@*}\\\` | $verdict | \\\`\${resolved##*@}\\\` |" >> "$GITHUB_STEP_SUMMARY"
done <<< "$REFERENCES"
if [ "$failed" = 1 ]; then exit 1; fi
list=$(jq --raw-input --slurp --compact-output 'split("\\n") | map(select(. != ""))' <<< "$verified")
echo "verified=$list" >> "$GITHUB_OUTPUT"
`;
