import type { Step } from "../model";
import type { Archives } from "../pins";

/** The step that installs Notation, and its plugin if there is something to sign. */
export function installStep(notation: Archives, plugin?: Archives): Step {
  return {
    name: "Install Notation",
    env: {
      ...archiveEnv("NOTATION", notation),
      ...(plugin && archiveEnv("PLUGIN", plugin)),
    },
    run: plugin ? INSTALL + INSTALL_PLUGIN : INSTALL,
  };
}

function archiveEnv(name: string, { url, sha256, arm64 }: Archives) {
  return {
    [`${name}_URL`]: url,
    [`${name}_SHA256`]: sha256,
    [`${name}_ARM64_URL`]: arm64.url,
    [`${name}_ARM64_SHA256`]: arm64.sha256,
  };
}

/** The script checks the archive before it opens it. */
const INSTALL = `if [ "$RUNNER_ARCH" = ARM64 ]; then
  NOTATION_URL=$NOTATION_ARM64_URL NOTATION_SHA256=$NOTATION_ARM64_SHA256
fi
archive="$JOB_FOLDER/notation.tar.gz"
tools="$JOB_FOLDER/notation"
mkdir "$tools"
curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$archive" "$NOTATION_URL"
echo "$NOTATION_SHA256  $archive" | sha256sum --check --strict
tar --extract --gzip --file "$archive" --directory "$tools" notation
`;

const INSTALL_PLUGIN = `if [ "$RUNNER_ARCH" = ARM64 ]; then
  PLUGIN_URL=$PLUGIN_ARM64_URL PLUGIN_SHA256=$PLUGIN_ARM64_SHA256
fi
"$tools/notation" plugin install --url "$PLUGIN_URL" --sha256sum "$PLUGIN_SHA256"
`;
