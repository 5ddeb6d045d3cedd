import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { trustFiles, type VerifierTrust } from "../../trust/verification";
import type { Step } from "../model";

/** Functions that verify images. They need Notation's path in `notation`, and a folder in `trust`. */
export const JUDGE = readFileSync(join(__dirname, "verify.sh"), "utf8");

/** The functions in a step after `trustStep`. */
export const VERIFYING = '. "$JOB_FOLDER/verify.sh"';

/** The step that writes what verifiers trust, and the functions that verify, to the job's folder. */
export function trustStep(trust: VerifierTrust): Step {
  const there = new Map([[trust.timestampRoot, '"$JOB_FOLDER/timestamp-root.pem"']]);
  return {
    name: "Write the trust policy",
    run: `trust="$JOB_FOLDER/trust"
${writeTrust(trust, there)}cat > "$JOB_FOLDER/verify.sh" << 'END'
trust="$JOB_FOLDER/trust"
notation="$JOB_FOLDER/notation/notation"
# An action installs Notation elsewhere.
if [ ! -x "$notation" ]; then notation=notation; fi
${JUDGE}END
`,
  };
}

/**
 * Writes a configuration folder of Notation to the path in `trust`.
 *
 * @param there files that exist already, by text.
 */
export function writeTrust(trust: VerifierTrust, there = new Map<string, string>()): string {
  const lines = Object.entries(trustFiles(trust)).map(([path, text]) => {
    const folder = posix.dirname(path) === "." ? "$trust" : `$trust/${posix.dirname(path)}`;
    const file = `"$trust/${path}"`;
    const same = there.get(text);
    there.set(text, file);
    const write = same ? `cp ${same} ${file}` : `cat > ${file} << 'END'\n${text.trimEnd()}\nEND`;
    return `mkdir -p "${folder}"\n${write}\n`;
  });
  return lines.join("");
}

/**
 * The step that verifies each new signature as verifiers do. A run must not succeed with a signature
 * that nobody accepts. A replica of the registry can lack a signature for a moment.
 *
 * @param reference what was signed. Default: what `sign.sh` lists.
 */
export function verifyStep(reference?: string): Step {
  return {
    name: "Verify what was signed",
    id: "verify",
    ...(reference && { env: { REFERENCES: reference } }),
    run: `${VERIFYING}\n${reference ? "" : 'REFERENCES=$(< "$JOB_FOLDER/signed")\n'}${VERIFY}`,
  };
}

const VERIFY = `failed=0
while IFS= read -r reference; do
  if [ -z "$reference" ]; then continue; fi
  for pause in 10 20 ""; do
    if judge "$reference"; then
      echo "$resolved is verified."
      break
    elif [ -n "$pause" ]; then
      echo "$reference is $verdict. $reason"
      sleep "$pause"
    else
      echo "::error::Verifiers do not accept the new signature of $reference: $verdict. $reason"
      failed=1
    fi
  done
done <<< "$REFERENCES"
exit "$failed"
`;
