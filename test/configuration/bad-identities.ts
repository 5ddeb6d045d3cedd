import type { Config } from "../support/engine";

const identity = (given: unknown, rest: Config = {}) => ({
  "countersign:pipelines": { web: { identity: given, ...rest } },
});
const I = "countersign:pipelines.web.identity";
const KEYS = "existing, application, existingApplication, share";
const GIVE = "give a value of that kind";
const LEAVE = "give one, or leave the key out";
const KIND = `an object of ${KEYS} | give a value of that kind`;
const EXISTING = "a string, or an object of name, resourceGroup | give a value of that kind";
const ID =
  "a managed identity's resource id, or { name, resourceGroup } | copy the id from the identity's properties in Azure";
const STRING = "a string | give a value of that kind";
const REQUIRED = "a string | it is required: add it";
const GUID = "0e8e2d5c-0000-4000-8000-000000000001";
const CLIENT = "an application's client id, a GUID | copy the `Application (client) ID` from Entra";
const DISPLAY = "1 to 120 characters, not beginning or ending with a space | shorten or trim it";
const SHARE =
  "1 to 40 letters, digits, - and _ | choose a plain name; all pipelines that say it share one identity";
const typo = `/subscriptions/${GUID}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAsignedIdentities/signer`;
const ofVault = `/subscriptions/${GUID}/resourceGroups/rg-ids/providers/Microsoft.KeyVault/vaults/signer`;

/** Bad identities: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badIdentities: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  ["an identity as a text", identity("signer"), [`${I} | "signer" | ${KIND}`]],
  [
    "an identity with nothing after it",
    identity(null),
    [`${I} | null | ${KIND.replace(GIVE, LEAVE)}`],
  ],
  [
    "a misspelt key of an identity",
    identity({ shared: "team" }),
    [`${I}.shared | "team" | ${KEYS} | \`shared\` is not known; did you mean \`share\`?`],
  ],
  [
    "two identities at once",
    identity({ application: {}, share: "team" }),
    [
      `${I} | ["application","share"] | one of ${KEYS} | a run logs in as one identity: remove share`,
    ],
  ],
  [
    "four identities at once",
    identity({
      existing: { name: "signer", resourceGroup: "rg-ids" },
      application: {},
      existingApplication: GUID,
      share: "team",
    }),
    [
      `${I} | ["existing","application","existingApplication","share"] | one of ${KEYS} | a run logs in as one identity: remove application, existingApplication, share`,
    ],
  ],
  [
    "two identities, one of them wrong",
    identity({ existing: 5, share: "team" }),
    [
      `${I}.existing | 5 | ${EXISTING}`,
      `${I} | ["existing","share"] | one of ${KEYS} | a run logs in as one identity: remove share`,
    ],
  ],
  [
    "an existing identity with nothing after it",
    identity({ existing: null }),
    [`${I}.existing | null | ${EXISTING.replace(GIVE, LEAVE)}`],
  ],
  [
    "an existing identity as a list",
    identity({ existing: ["signer"] }),
    [`${I}.existing | ["signer"] | ${EXISTING}`],
  ],
  [
    "an existing identity by name alone",
    identity({ existing: "signer" }),
    [`${I}.existing | "signer" | ${ID}`],
  ],
  [
    "an existing identity by an id with a typo",
    identity({ existing: typo }),
    [`${I}.existing | "${typo}" | ${ID}`],
  ],
  [
    "an existing identity by another resource's id",
    identity({ existing: ofVault }),
    [`${I}.existing | "${ofVault}" | ${ID}`],
  ],
  [
    "an existing identity of no keys",
    identity({ existing: {} }),
    [
      `${I}.existing.name | nothing | ${REQUIRED}`,
      `${I}.existing.resourceGroup | nothing | ${REQUIRED}`,
    ],
  ],
  [
    "an existing identity with a misspelt key",
    identity({ existing: { name: "signer", resorceGroup: "rg-ids" } }),
    [
      `${I}.existing.resourceGroup | nothing | ${REQUIRED}`,
      `${I}.existing.resorceGroup | "rg-ids" | name, resourceGroup | \`resorceGroup\` is not known; did you mean \`resourceGroup\`?`,
    ],
  ],
  [
    "an existing identity whose name and group have another form",
    identity({ existing: { name: "me", resourceGroup: "rg." } }),
    [
      `${I}.existing.name | "me" | 3 to 128 letters, digits, - and _ | copy the identity's name from Azure`,
      `${I}.existing.resourceGroup | "rg." | 1 to 90 letters, digits, . _ - ( ), not ending in . | copy the resource group's name from Azure`,
    ],
  ],
  [
    "an application as a flag",
    identity({ application: true }),
    [`${I}.application | true | an object of displayName, owners | give a value of that kind`],
  ],
  [
    "a misspelt key of an application",
    identity({ application: { displayname: "Signer" } }),
    [
      `${I}.application.displayname | "Signer" | displayName, owners | \`displayname\` is not known; did you mean \`displayName\`?`,
    ],
  ],
  [
    "an application without a name to display",
    identity({ application: { displayName: "" } }),
    [`${I}.application.displayName | "" | ${DISPLAY}`],
  ],
  [
    "an application whose name begins with a space",
    identity({ application: { displayName: " Signer" } }),
    [`${I}.application.displayName | " Signer" | ${DISPLAY}`],
  ],
  [
    "an application with too long a name",
    identity({ application: { displayName: "x".repeat(121) } }),
    [`${I}.application.displayName | "${"x".repeat(121)}" | ${DISPLAY}`],
  ],
  [
    "an owner of an application by address",
    identity({ application: { owners: [GUID, "alice@contoso.com"] } }),
    [
      `${I}.application.owners.1 | "alice@contoso.com" | an object id, a GUID | run \`az ad user show --id NAME --query id\``,
    ],
  ],
  [
    "owners of an application as a text",
    identity({ application: { owners: GUID } }),
    [`${I}.application.owners | "${GUID}" | a list | write it as a list: [${GUID}]`],
  ],
  [
    "an existing application by name",
    identity({ existingApplication: "Signer" }),
    [`${I}.existingApplication | "Signer" | ${CLIENT}`],
  ],
  [
    "an existing application by a longer id",
    identity({ existingApplication: `${GUID}0` }),
    [`${I}.existingApplication | "${GUID}0" | ${CLIENT}`],
  ],
  [
    "an existing application with nothing after it",
    identity({ existingApplication: null }),
    [`${I}.existingApplication | null | ${STRING.replace(GIVE, LEAVE)}`],
  ],
  [
    "an existing application as an object",
    identity({ existingApplication: { clientId: GUID } }),
    [`${I}.existingApplication | {"clientId":"${GUID}"} | ${STRING}`],
  ],
  ["a shared name with a space", identity({ share: "a b" }), [`${I}.share | "a b" | ${SHARE}`]],
  ["an empty shared name", identity({ share: "" }), [`${I}.share | "" | ${SHARE}`]],
  [
    "a shared name too long",
    identity({ share: "x".repeat(41) }),
    [`${I}.share | "${"x".repeat(41)}" | ${SHARE}`],
  ],
  ["a shared name as a number", identity({ share: 5 }), [`${I}.share | 5 | ${STRING}`]],
];
