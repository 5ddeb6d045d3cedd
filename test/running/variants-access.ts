import { step, type Variant } from "./variant";

const AZURE_LOGINS = / {6}- name: (?:Log in to Azure|Wait until Azure).*\n(?: {8}.*\n)*/g;

const SECRETS: Variant[] = [
  {
    what: "a missing secret",
    changes: ({ AZURE_CLIENT_ID: _, ...secrets }) => ({ secrets }),
    reason: /Wait until Azure accepts the login.*CLIENT_ID: is empty/,
  },
  {
    what: "a misspelt secret",
    edits: [[/secrets\.AZURE_TENANT_ID/g, "secrets.AZURE_TENNANT_ID"]],
    reason: /Wait until Azure accepts the login.*TENANT_ID: is empty/,
  },
  {
    what: "the secret of another application",
    changes: (secrets) => ({ secrets: { ...secrets, AZURE_CLIENT_ID: "another" } }),
    reason: /Wait until Azure accepts the login.*still refuses/,
  },
  {
    what: "the secret of another subscription",
    changes: (secrets) => ({ secrets: { ...secrets, AZURE_SUBSCRIPTION_ID: "another" } }),
    reason: /Wait until Azure.*subscription.*doesn't exist.*still refuses/,
  },
];

const LOGINS: Variant[] = [
  {
    what: "no login to Azure",
    edits: [[AZURE_LOGINS, ""]],
    reason: /Log in to the registry.*Please run 'az login'/,
  },
  {
    what: "no login to the registry",
    edits: [[step("Log in to the registry"), ""]],
    reason: /Build and push.*401/,
  },
  {
    what: "a login to another registry",
    edits: [["REGISTRY: contoso", "REGISTRY: fabrikam"]],
    reason: /'fabrikam'.*could not be found/,
  },
  {
    what: "a token that Azure does not exchange",
    changes: () => ({ grants: { exchange: "AADSTS700213: No matching federated identity" } }),
    reason: /Wait until Azure accepts the login.*AADSTS700213.*Azure still refuses this/,
  },
  {
    what: "a job that may not ask for a token",
    edits: [[/ {6}id-token: write.*\n/, ""]],
    reason: /Wait until.*ACTIONS_ID_TOKEN_REQUEST_URL: the job needs the permission/,
  },
  {
    what: "an image that may not be pushed",
    changes: () => ({ grants: { push: ["team/worker"] } }),
    reason: /Build and push.*denied/,
  },
];

const DOWNLOADS: Variant[] = [
  {
    what: "another checksum of Notation",
    edits: [[/checksum: \w{64}/, `checksum: ${"a".repeat(64)}`]],
    reason: /Install Notation.*checksum of downloaded Notation/,
  },
  {
    what: "another checksum of Notation",
    signWith: "cli",
    edits: [[/NOTATION_SHA256: \w{64}/, `NOTATION_SHA256: ${"a".repeat(64)}`]],
    reason: /Install Notation.*notation.tar.gz: FAILED/,
  },
  {
    what: "another checksum of the plugin",
    edits: [[/plugin_checksum: \w{64}/g, `plugin_checksum: ${"a".repeat(64)}`]],
    reason: /Sign the digest again.*plugin failed/,
  },
  {
    what: "another checksum of the plugin",
    signWith: "cli",
    edits: [[/PLUGIN_SHA256: \w{64}/, `PLUGIN_SHA256: ${"a".repeat(64)}`]],
    reason: /Install Notation.*checksum/,
  },
  {
    what: "an unexpected host",
    edits: [[/ url: https:.*/, " url: https://downloads.example/notation.tar.gz"]],
    reason: /unexpected host: downloads\.example:443/,
  },
  {
    what: "an unexpected host, asked in vain",
    signWith: "cli",
    edits: [
      ['archive="$JOB', 'curl -s https://telemetry.example || true\n          archive="$JOB'],
    ],
    reason: /unexpected host: telemetry\.example:443/,
  },
];

/** What keeps a run from Azure, the registry or its tools. */
export const ACCESS_VARIANTS = [SECRETS, LOGINS, DOWNLOADS].flat();
