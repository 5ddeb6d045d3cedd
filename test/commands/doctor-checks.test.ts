import { expect, test } from "vitest";
import { type Given, open } from "../support/doctor";
import {
  forbidden,
  found,
  missing,
  PROFILE_ID,
  REGISTRY_ID,
  snapshot,
  web,
} from "../support/planning";

const register = "az provider register --namespace";

const ADMINISTRATOR = "Role Based Access Control Administrator";
const ASSIGN =
  "Microsoft.Authorization/roleAssignments/write, Microsoft.Authorization/roleAssignments/delete";
const IDENTITIES = "/subscriptions/sub-1/resourceGroups/rg-images";
const CREATE =
  "Microsoft.ManagedIdentity/userAssignedIdentities/write, Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write";
const grant = (role: string, scope: string) =>
  `az role assignment create --role "${role}" --assignee me --scope ${scope}`;

test.each<[string, Given, readonly string[]]>([
  ["nothing, if everything fits", {}, []],
  [
    "resource providers that are not registered, in the subscriptions that need them",
    {
      registration: found("NotRegistered"),
      config: web(
        { identity: { existing: { name: "theirs", resourceGroup: "rg" } } },
        { "countersign:registry": { resourceGroup: "rg", name: "contosoimages" } },
      ),
      there: snapshot({
        azure: {
          identities: { web: found({ id: "i", name: "theirs", clientId: "c", principalId: "p" }) },
        },
      }),
    },
    [
      `missing Azure: provider Microsoft.CodeSigning: NotRegistered: ${register} Microsoft.CodeSigning --subscription sub-1`,
      `missing Azure: provider Microsoft.ContainerRegistry: NotRegistered: ${register} Microsoft.ContainerRegistry --subscription sub-1`,
    ],
  ],
  [
    "a registry that cannot be read, and its stated mode",
    {
      config: web(
        {},
        {
          "countersign:registry": {
            resourceGroup: "rg-images",
            name: "contosoimages",
            permissions: "abac",
          },
        },
      ),
      there: snapshot({ azure: { registry: forbidden } }),
    },
    [
      "unknown Azure: registry contosoimages: 403: not yours",
      "unknown Azure: warning: registry contosoimages cannot be read, so its mode, its network rules and its login server contosoimages.azurecr.io are not checked",
    ],
  ],
  [
    "a registry that is missing, once and under its key",
    { there: snapshot({ azure: { registry: missing } }) },
    [
      'missing Azure: countersign:registry: "rg-images/contosoimages": Check the resource group and the name. If it is in another subscription, set `subscription`. To create it, write `create: { name: … }` in place of `name`.',
    ],
  ],
  [
    "a profile without a certificate",
    {
      there: snapshot({
        azure: { profile: found({ id: "p", name: "p", type: "PublicTrust", status: "Active" }) },
      }),
    },
    [
      "unknown Artifact Signing: certificate: the profile has issued no certificate yet, so its subject is not known: Sign something once, or read the subject in the portal.",
    ],
  ],
  [
    "an Entra application, whose rights nobody lists",
    { config: web({ identity: { application: {} } }), there: snapshot() },
    [
      "unknown Azure: may change applications: Entra does not list what a login can do: docs/permissions.md lists what it needs.",
    ],
  ],
  [
    "each right that a login lacks, once",
    { allowed: ["*/read"] },
    [
      `missing Azure: may create identities: not allowed: ${CREATE}: ${grant("Managed Identity Contributor", IDENTITIES)}`,
      `missing Azure: may assign roles: registry: not allowed: ${ASSIGN}: ${grant(ADMINISTRATOR, REGISTRY_ID)}`,
      `missing Artifact Signing: may assign roles: profile: not allowed: ${ASSIGN}: ${grant(ADMINISTRATOR, PROFILE_ID)}`,
    ],
  ],
  [
    "a failure once, if a login is missing",
    {
      there: "unread",
      token: { status: "forbidden", said: "401 Bad credentials" },
      access: { status: "forbidden", said: "401 Bad credentials" },
    },
    [
      "unknown Azure: registry contosoimages: not asked, because a cloud did not answer",
      "unknown Artifact Signing: account contoso-signing: not asked, because a cloud did not answer",
      "unknown Artifact Signing: certificate profile container-images: not asked, because a cloud did not answer",
      "missing GitHub: token: 401 Bad credentials: Put a token into GITHUB_TOKEN, or log in with `gh auth login`.",
      "unknown Pipeline web: repository contoso/web: not asked, because a cloud did not answer",
      "unknown Pipeline web: its rules, environments, and files: not asked, because a cloud did not answer",
    ],
  ],
  [
    "what a survey that failed leaves open",
    { there: "unread", access: { status: "missing", said: "404" } },
    [
      "unknown Pulumi: preview: 503: busy: Run this command again.",
      "unknown Azure: registry contosoimages: not asked, because a cloud did not answer",
      "unknown Artifact Signing: account contoso-signing: not asked, because a cloud did not answer",
      "unknown Artifact Signing: certificate profile container-images: not asked, because a cloud did not answer",
      "missing Pipeline web: repository contoso/web: 404 Not Found: it does not exist, or the token cannot see it: Correct `repository`, or give the token access to it.",
      "unknown Pipeline web: its rules, environments, and files: not asked, because a cloud did not answer",
    ],
  ],
])("doctor reports %s", (_, given, expected) => {
  expect(open(given)).toEqual(expected);
});
