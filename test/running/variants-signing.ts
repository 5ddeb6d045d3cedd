import { step, type Variant } from "./variant";

const ACCESS = /Wait until the role to sign applies.*ERROR: Forbidden.*still refuses/;
/** The answer about the profile is good, so the second try says what is wrong. */
const SECOND = /Sign the digest again.*(?:ACCESS_DENIED|may not sign)/;

const REFERENCES: Variant[] = [
  {
    what: "an empty digest",
    edits: [["steps.push.outputs.digest", "steps.pushed.outputs.digest"]],
    reason: /Take the digest.*the build reported no digest/,
  },
  {
    what: "a tag where the digest should be",
    edits: [["DIGEST: ${{ steps.push.outputs.digest }}", "DIGEST: ${{ github.sha }}"]],
    reason: /Take the digest.*the build reported no digest/,
  },
  {
    what: "a tag signed in place of the digest",
    edits: [
      [/target_artifact_reference: .*/, "target_artifact_reference: $NAME:${{ github.sha }}"],
    ],
    reason: /Always sign the artifact using digest/,
  },
  {
    what: "an expression that fails",
    edits: [["ACCOUNT: contoso-signing", "ACCOUNT: ${{ fromJSON('}').account }}"]],
    reason: /Unable to interpolate expression/,
  },
];

const SIGNING: Variant[] = [
  {
    what: "no timestamp",
    edits: [[/ {10}timestamp_\w+: .*\n/g, ""]],
    reason: /Verify what was signed.*not timestamped/,
  },
  {
    what: "no timestamp",
    signWith: "cli",
    edits: [
      [' --timestamp-url "$TIMESTAMP_URL"', ""],
      ['--timestamp-root-cert "$JOB_FOLDER/timestamp-root.pem" ', ""],
    ],
    reason: /Verify what was signed.*not timestamped/,
  },
  {
    what: "a timestamp without its root",
    edits: [[/ {10}timestamp_root_cert: .*\n/g, ""]],
    reason: /Sign the digest.*must be given together/,
  },
  {
    what: "a root certificate that is not one",
    edits: [[/^( +)(TIMESTAMP_ROOT: )\|[+-]?(?:\n\1 .*)+/m, '$1$2"none"']],
    reason: /Sign the digest again.*malformed certificate/,
  },
  {
    what: "two signatures",
    edits: [
      [
        /target_artifact_reference: (.*)/,
        "target_artifact_reference: |\n            $1\n            $1",
      ],
    ],
    fault: /number of signatures is 2, not 1/,
  },
  {
    what: "no signature",
    edits: [[step("Sign the digest"), ""]],
    reason: /Verify what was signed.*not accept the new signature.*unsigned/,
  },
  {
    what: "a Notation that nobody installed",
    edits: [[step("Install Notation"), ""]],
    reason: /Sign the digest.*notation cannot be run/,
  },
  {
    what: "another envelope",
    edits: [[/ {10}signature_format: .*\n/, ""]],
    fault: /envelope's type is application\/jose\+json/,
  },
  {
    what: "no attestation, as without buildx",
    edits: [[step("Set up Buildx"), ""]],
    fault: /pushed manifest's type is .*image\.manifest/,
  },
  { what: "another endpoint", edits: [[/https:\/\/weu\./g, "https://eus."]], reason: ACCESS },
  { what: "another profile", edits: [[/certProfile=/g, "certProfile=x"]], reason: SECOND },
  {
    what: "another account",
    signWith: "cli",
    edits: [[/accountName=/g, "accountName=x"]],
    reason: /step "Sign":.*may not sign/,
  },
  {
    what: "a login that may not sign",
    changes: () => ({ grants: { sign: undefined } }),
    reason: ACCESS,
  },
  {
    what: "the runner's own identity in play",
    edits: [[/EnvironmentCredential,ManagedIdentityCredential/g, "EnvironmentCredential"]],
    reason: /excludeCredentials lacks ManagedIdentityCredential/,
  },
];

const ACTIONS: Variant[] = [
  {
    what: "an input that the action does not know",
    edits: [[/plugin_checksum:/g, "plugin_sha256:"]],
    reason: /Sign the digest.*Unexpected input\(s\) 'plugin_sha256'/,
  },
  {
    what: "an input that checkout does not know",
    edits: [["persist-credentials:", "persist-credential:"]],
    reason: /Unexpected input\(s\) 'persist-credential'/,
  },
  {
    what: "an action that is not pinned",
    edits: [[/azure\/login@\w{40}/, "azure/login@v3"]],
    reason: /not pinned to a commit: azure\/login@v3/,
  },
  {
    what: "an unexpected action",
    edits: [["docker/setup-buildx-action@", "docker/bake-action@"]],
    reason: /unexpected action: docker\/bake-action@/,
  },
  {
    what: "a condition that act would not evaluate as GitHub does",
    edits: [[/if: github\.repository_id == '\d+'/, "if: github.repository_owner_id == '5'"]],
    reason: /unexpected condition: github\.repository_owner_id == '5'/,
  },
  {
    what: "nothing checked out",
    edits: [[step("Check out"), ""]],
    reason: /Build and push.*Dockerfile: no such file/,
  },
  {
    what: "a checkout without permission",
    edits: [[/ {6}contents: read.*\n/, ""]],
    reason: /contents: read/,
  },
  {
    what: "a push that is not declared",
    changes: () => ({ ref: "refs/heads/feature" }),
    reason: /refs\/heads\/feature does not start the workflow/,
  },
];

/** What makes a run sign wrongly, or something else. */
export const SIGNING_VARIANTS = [REFERENCES, SIGNING, ACTIONS].flat();
