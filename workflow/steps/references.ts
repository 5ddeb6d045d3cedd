import type { Step } from "../model";

/**
 * The step that reads what should be signed, and refuses what this pipeline cannot sign. It refuses
 * everything before something is signed.
 *
 * @param images names of the pipeline's images, one on each line; it can be an expression.
 */
export function referencesStep(references: string, loginServer: string, images: string): Step {
  return {
    name: "Read the references",
    id: "references",
    env: { GIVEN: references, LOGIN_SERVER: loginServer, IMAGES: images },
    run: READ,
  };
}

const READ = `if jq --exit-status 'type == "array"' <<< "$GIVEN" > /dev/null 2>&1; then
  GIVEN=$(jq --raw-output '.[]' <<< "$GIVEN")
fi
mapfile -t images <<< "$IMAGES"
references=() refused=0
refuse() { echo "::error::$1"; refused=1; }
while IFS= read -r reference; do
  reference=\${reference//[$' \\t\\r']/}
  if [ -z "$reference" ]; then continue; fi
  known="" image=\${reference#"$LOGIN_SERVER"/} image=\${image%%[@:]*}
  for name in "\${images[@]}"; do if [ "$image" = "$name" ]; then known=yes; fi; done
  if [[ "$reference" != "$LOGIN_SERVER"/* ]]; then
    refuse "$reference is not in $LOGIN_SERVER, the registry of this workflow."
  elif [[ ! "$reference" =~ @sha256:[0-9a-f]{64}$ ]]; then
    refuse "$reference has no digest. A tag can move: give $LOGIN_SERVER/IMAGE@sha256:DIGEST."
  elif [ -z "$known" ]; then
    refuse "$reference is not an image of this workflow, which signs: \${images[*]}."
  else
    reference="$LOGIN_SERVER/$image@\${reference##*@}"
    if [[ " \${references[*]} " != *" $reference "* ]]; then references+=("$reference"); fi
  fi
done <<< "$GIVEN"
if [ "$refused" = 0 ] && [ "\${#references[@]}" = 0 ]; then
  refuse "There is nothing to sign: give references, one on each line, or a JSON list."
fi
if [ "$refused" = 1 ]; then exit 1; fi
image=\${references[0]#*/}
{
  echo "image=\${image%@*}"
  echo "references<<END"
  printf '%s\\n' "\${references[@]}"
  echo "END"
} >> "$GITHUB_OUTPUT"
`;
