import type { Step } from "../model";

/** What a step does with references, and which it accepts. */
interface Use {
  readonly verb: "sign" | "verify";
  /** Extended regular expression of what follows the registry, and what is wrong with the rest. */
  readonly pattern: string;
  readonly refusal: string;
}

const DIGEST = "@sha256:[0-9a-f]{64}";
const TAG = ":[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

const BY_DIGEST: Use = {
  verb: "sign",
  pattern: `${DIGEST}$`,
  refusal: "has no digest. A tag can move: give $LOGIN_SERVER/IMAGE@sha256:DIGEST.",
};

/** A tag is resolved once, so it can move later. */
export const BY_TAG_OR_DIGEST: Use = {
  verb: "verify",
  pattern: `^[^@:]+(${TAG}|(${TAG})?${DIGEST})$`,
  refusal:
    "has no valid tag or digest: give $LOGIN_SERVER/IMAGE:TAG or $LOGIN_SERVER/IMAGE@sha256:DIGEST.",
};

/**
 * The step that reads references, and refuses those that are not of this pipeline. It refuses
 * everything before something is done with one.
 *
 * @param more references from an earlier step, one on each line.
 * @param images names of the pipeline's images, one on each line; it can be an expression.
 */
export function referencesStep(
  references: string,
  loginServer: string,
  images: string,
  use: Use = BY_DIGEST,
  more?: string,
): Step {
  return {
    name: "Read the references",
    id: "references",
    env: {
      GIVEN: references,
      ...(more && { MORE: more }),
      LOGIN_SERVER: loginServer,
      IMAGES: images,
    },
    run: scriptFor(use, more !== undefined),
  };
}

const scriptFor = ({ verb, pattern, refusal }: Use, hasMore: boolean) => `pattern='${pattern}'
if jq --exit-status 'type == "array"' <<< "$GIVEN" > /dev/null 2>&1; then
  GIVEN=$(jq --raw-output '.[]' <<< "$GIVEN")
fi
${hasMore ? "GIVEN+=$'\\n'$MORE\n" : ""}mapfile -t images <<< "$IMAGES"
references=() refused=0
refuse() { echo "::error::$1"; refused=1; }
while IFS= read -r reference; do
  reference=\${reference//[$' \\t\\r']/}
  if [ -z "$reference" ]; then continue; fi
  rest=\${reference#"$LOGIN_SERVER"/} known=""
  image=\${rest%%[@:]*}
  for name in "\${images[@]}"; do if [ "$image" = "$name" ]; then known=yes; fi; done
  if [[ "$reference" != "$LOGIN_SERVER"/* ]]; then
    refuse "$reference is not in $LOGIN_SERVER, the registry of this workflow."
  elif [[ ! "$rest" =~ $pattern ]]; then
    refuse "$reference ${refusal}"
  elif [ -z "$known" ]; then
    refuse "$reference is not an image of this workflow. Its images: \${images[*]}."
  else
    if [[ "$rest" == *@* ]]; then reference="$LOGIN_SERVER/$image@\${rest##*@}"; fi
    if [[ " \${references[*]} " != *" $reference "* ]]; then references+=("$reference"); fi
  fi
done <<< "$GIVEN"
if [ "$refused" = 0 ] && [ "\${#references[@]}" = 0 ]; then
  refuse "There is nothing to ${verb}: give references, one on each line, or a JSON list."
fi
if [ "$refused" = 1 ]; then exit 1; fi
image=\${references[0]#*/}
{
  echo "image=\${image%%[@:]*}"
  echo "references<<END"
  printf '%s\\n' "\${references[@]}"
  echo "END"
} >> "$GITHUB_OUTPUT"
`;
