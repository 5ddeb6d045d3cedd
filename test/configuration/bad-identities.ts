import type { Config } from "./stack";

const identity = (given: unknown, rest: Config = {}) => ({
  "countersign:pipelines": { web: { identity: given, ...rest } },
});
const I = "countersign:pipelines.web.identity";
const KEYS = "existing, application, existingApplication, share";
const GIVE = "Use a value of this type.";
const LEAVE = "Add a value, or remove this key.";
const KIND = `an object with keys ${KEYS} | Use a value of this type.`;
const EXISTING =
  "a resource ID, or an object with keys name, resourceGroup, subscription | Use a value of this type.";
const ID =
  "the resource ID of a managed identity, or { name, resourceGroup } | Copy the resource ID from the properties of the identity in Azure.";
const STRING = "a string | Use a value of this type.";
const REQUIRED = "a string | Add this key. It is required.";
const GUID = "0e8e2d5c-0000-4000-8000-000000000001";
const CLIENT =
  "the client ID of an application, a GUID | Copy `Application (client) ID` from the application's overview in Entra.";
const DISPLAY =
  "1 to 120 characters, without a space at the start or end | Shorten the name, or remove the space.";
const SHARE =
  "1 to 40 letters, digits, hyphens, and underscores, starting with a letter or digit | Choose a simple name. All pipelines with this name share one identity.";
const typo = `/subscriptions/${GUID}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAsignedIdentities/signer`;
const ofVault = `/subscriptions/${GUID}/resourceGroups/rg-ids/providers/Microsoft.KeyVault/vaults/signer`;

/** Bad identities: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
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
    [
      `${I}.shared | "team" | one of these keys: ${KEYS} | Did you mean \`share\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "two identities at once",
    identity({ application: {}, share: "team" }),
    [`${I} | {"application":{},"share":"team"} | only one key | Keep one of application, share.`],
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
      `${I} | {"existing":{"name":"signer","resourceGroup":"rg-ids"},"application":{},"existingApplication":"${GUID}","share":"team"} | only one key | Keep one of ${KEYS}.`,
    ],
  ],
  [
    "two identities, one of them of another shape, which is reported first",
    identity({ existing: 5, share: "team" }),
    [`${I}.existing | 5 | ${EXISTING}`],
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
      `${I}.existing.resorceGroup | "rg-ids" | one of these keys: name, resourceGroup, subscription | Did you mean \`resourceGroup\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "an existing identity whose name and group have another form",
    identity({ existing: { name: "me", resourceGroup: "rg." } }),
    [
      `${I}.existing.name | "me" | 3 to 128 letters, digits, hyphens, and underscores, starting with a letter or digit | Copy the name of the managed identity from Azure.`,
      `${I}.existing.resourceGroup | "rg." | 1 to 90 letters, digits, or . _ - ( ), without a period at the end | Give only the name of the resource group. The key \`subscription\` next to it names its subscription.`,
    ],
  ],
  [
    "an application as a flag",
    identity({ application: true }),
    [
      `${I}.application | true | an object with keys displayName, owners | Use a value of this type.`,
    ],
  ],
  [
    "a misspelt key of an application",
    identity({ application: { displayname: "Signer" } }),
    [
      `${I}.application.displayname | "Signer" | one of these keys: displayName, owners | Did you mean \`displayName\`? Otherwise, remove this key.`,
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
      `${I}.application.owners.1 | "alice@contoso.com" | an object ID, a GUID | Run \`az ad user show --id NAME --query id\`, and copy its output.`,
    ],
  ],
  [
    "owners of an application as a text",
    identity({ application: { owners: GUID } }),
    [`${I}.application.owners | "${GUID}" | a list | Write \`owners: [${GUID}]\`.`],
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
  [
    "a shared name as a number",
    identity({ share: 5 }),
    [`${I}.share | 5 | a string | Write \`share: "5"\`.`],
  ],
];
