import type { Job } from "./model";

/** The job that lists what the rows of a matrix signed. */
export function listJob({ runner }: { readonly runner: Job["runsOn"] }): Job {
  return {
    name: "List what is signed",
    needs: ["sign"],
    runsOn: runner,
    timeoutMinutes: 5,
    permissions: {},
    outputs: SIGNED,
    steps: [
      {
        name: "List what is signed",
        id: "signed",
        env: { OUTPUTS: "${{ toJSON(needs.sign.outputs) }}" },
        run: LIST,
      },
    ],
  };
}

/** The outputs of a workflow. `job` gives the list, unless there is nothing to sign. */
export function workflowOutputs(job: string) {
  const description = "References by digest of the signed images, as a JSON list";
  return { signed: { description, value: `\${{ jobs.${job}.outputs.signed || '[]' }}` } };
}

/** The output of a job that signs one list. */
export const SIGNED = { signed: "${{ steps.signed.outputs.signed }}" };

/** A row that did not run has no output. */
const LIST = `signed=$(jq --compact-output '[.[] | select(. != "")]' <<< "$OUTPUTS")
echo "signed=$signed" >> "$GITHUB_OUTPUT"
`;

/** The outputs of a job with a matrix: each row gives its own one. */
export function rowOutputs(most: number): Record<string, string> {
  const names = Array.from({ length: most }, (_, index) => `image-${index}`);
  return Object.fromEntries(names.map((it) => [it, `\${{ steps.signed.outputs.${it} }}`]));
}
