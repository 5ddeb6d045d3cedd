import { pathExpression, refExpression } from "../../trust/ref-patterns";
import { type ImagePlan, matrixRows, row } from "../images";
import type { Step } from "../model";
import { ACTIONS } from "../pins";

/** Whether a push can concern some of the images only. */
export function selects(images: readonly ImagePlan[]): boolean {
  return images.some(({ paths, tags }) => paths !== undefined || tags !== undefined);
}

/**
 * The steps that select the images that a run builds. `on.push.paths` would not do: GitHub does not
 * evaluate it for tags, and reads only the first 300 changed files:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons
 *
 * @param workflow path of the workflow. A push that changes it builds all images.
 */
export function selectSteps(
  images: readonly ImagePlan[],
  loginServer: string,
  workflow: string,
): Step[] {
  const rows = matrixRows(images.map((it) => row(it, loginServer)));
  const selected = images.map(({ paths, tags }, index) => ({
    row: rows[index],
    ...(paths && { paths: anyOf([...paths, workflow].map(pathExpression)) }),
    ...(tags && { tags: anyOf(tags.map(refExpression)) }),
  }));
  return [
    {
      name: "Check out",
      uses: ACTIONS.checkout,
      // All commits, because a push can bring many; but no files besides those of its own commit.
      with: { "persist-credentials": "false", "fetch-depth": "0", filter: "blob:none" },
    },
    {
      name: "Select the images",
      id: "select",
      env: { IMAGES: JSON.stringify(selected), BEFORE: "${{ github.event.before }}" },
      run: SELECT,
    },
  ];
}

function anyOf(expressions: readonly string[]): string {
  return `^(?:${expressions.join("|")})$`;
}

/** A new branch, a forced push, a schedule, and a start by hand have nothing to compare with. */
const SELECT = `changed="$RUNNER_TEMP/changed-files"
by=all
touch "$changed"
if [ "$GITHUB_REF_TYPE" = tag ]; then
  by=tags
elif [ -n "$BEFORE" ] && git cat-file -e "$BEFORE^{commit}" 2> /dev/null; then
  by=paths
  git diff --name-only --no-renames -z "$BEFORE" "$GITHUB_SHA" > "$changed"
fi
selected=$(jq --compact-output --arg by "$by" --arg tag "$GITHUB_REF_NAME" --rawfile changed "$changed" '
  ($changed | split("\\u0000")) as $files
  | map(select(.[$by] as $expression | $expression == null
      or ((if $by == "tags" then [$tag] else $files end) | any(test($expression)))).row)
  ' <<< "$IMAGES")
echo "Selected: $(jq --raw-output 'map(.image) | join(", ") | if . == "" then "no image" else . end' <<< "$selected")"
echo "images=$selected" >> "$GITHUB_OUTPUT"
`;
