import { expect, test } from "vitest";
import { standingClouds } from "../../rehearsal/proof-of-state/standing-clouds";
import { parseWorld } from "../../rehearsal/world/world";
import { world } from "../support/engine";

const there = parseWorld(world());
const IDENTITY = "/subscriptions/s/userAssignedIdentities/web";
const audiences = ["api://AzureADTokenExchange"];
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A resource as an export has it. */
const resource = (type: string, name: string, outputs: object = {}, more: object = {}) => {
  const urn = `urn:pulumi:test::countersign::${type}::${name}`;
  return { urn, type, custom: true, id: `${IDENTITY}/x/${name}`, outputs, ...more };
};
const state = (resources: readonly object[], more: object = {}) => ({
  version: 3,
  deployment: { resources, ...more },
});
const secret = (value: object | string, more: object = {}) => {
  const place = { repository: "web", repositoryId: 7, secretName: "AZURE_CLIENT_ID" };
  return resource("github:index/actionsSecret:ActionsSecret", "web-id", {
    ...place,
    value,
    ...more,
  });
};

function refusal(deployment: object): string[] {
  try {
    standingClouds(there, deployment);
  } catch (failure) {
    const [first, ...lines] = (failure as Error).message.split("\n");
    expect(first).toMatch(/^The state cannot be proven: \d+ problems?$/);
    return lines.map((line) => line.trim().replace(/ +/g, " "));
  }
  throw new Error("nothing was refused");
}

const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";
const AGAIN = "fix run `pulumi refresh`, then `pulumi up`, and prove the stack again";

test.each<readonly [string, object, readonly string[]]>([
  [
    "a file that is no export",
    { azure: {}, github: {} },
    [
      "state",
      'given ["azure","github"]',
      "expected the export of a stack, version 3 or 4",
      "fix write the file with `pulumi stack export --show-secrets --file FILE`",
    ],
  ],
  [
    "a type that could give trust in a way that the proof does not know",
    state([
      resource("github:index/repositoryDeployKey:RepositoryDeployKey", "key"),
      resource("azure-native:authorization/v20220401:RoleAssignment", "role"),
      resource("azure-native:containerregistry:Registry", "registry"),
    ]),
    [
      ["key", "github:index/repositoryDeployKey:RepositoryDeployKey"],
      ["role", "azure-native:authorization/v20220401:RoleAssignment"],
      ["registry", "azure-native:containerregistry:Registry"],
    ].flatMap(([name = "", type]) => [
      name,
      `given "${type}"`,
      "expected a type that Countersign declares, because the proof does not know others",
      "fix move the resource to a stack of its own",
    ]),
  ],
  [
    "secrets that are encrypted, and runs that did not end",
    state(
      [
        secret({ [SIGNATURE]: SECRET, ciphertext: "v1:x" }),
        resource("a:b:C", "old", {}, { delete: true }),
      ],
      { pending_operations: [{}] },
    ),
    [
      "secrets",
      'given "encrypted: web-id"',
      "expected plain text, because the proof reads the IDs that runs log in with",
      "fix export the stack with `pulumi stack export --show-secrets`",
      "old",
      'given "a replacement that was interrupted"',
      "expected a stack whose last `pulumi up` did not stop halfway",
      "fix run `pulumi up`, and prove the stack again",
      "pending_operations",
      "given 1",
      "expected no operation whose result is unknown",
      "fix run `pulumi refresh`, then run `pulumi up`, and prove the stack again",
    ],
  ],
  [
    "a repository that the world does not have",
    state([secret("id", { repositoryId: 9 })]),
    [
      "web-id (github:index/actionsSecret:ActionsSecret)",
      'given "web, with the ID 9"',
      "expected a repository of the world",
      "fix add the repository to the world",
    ],
  ],
  [
    "an environment that does not exist",
    state([
      resource(POLICY, "web-main", { repository: "web", environment: "release", tagPattern: "v*" }),
    ]),
    [
      `web-main (${POLICY})`,
      'given "release"',
      "expected an environment of web, in the state or in the world",
      AGAIN,
    ],
  ],
  [
    "an output that is missing, and a credential without its identity",
    state([
      resource("azure-native:managedidentity:UserAssignedIdentity", "other", {
        name: "other",
        location: "westeurope",
        clientId: "c",
      }),
      resource("azure-native:managedidentity:FederatedIdentityCredential", "main", {
        name: "main",
        issuer: "https://token.actions.githubusercontent.com",
        subject: "repo:Contoso@5/web@7:ref:refs/heads/main",
        audiences,
      }),
    ]),
    [
      "other (azure-native:managedidentity:UserAssignedIdentity)",
      "given nothing",
      "expected a usable value of `principalId` in the state",
      AGAIN,
      "main (azure-native:managedidentity:FederatedIdentityCredential)",
      `given "${IDENTITY}"`,
      "expected an identity or application that is in the state too",
      AGAIN,
    ],
  ],
  [
    "a condition that the proof cannot read",
    state([
      resource("azure-native:authorization:RoleAssignment", "writer", {
        scope: "/subscriptions/s",
        principalId: "p",
        roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/r",
        condition: "(true)",
      }),
    ]),
    [
      "writer (azure-native:authorization:RoleAssignment)",
      'given "(true)"',
      "expected a `condition` that the proof can read (nothing known stands at 1)",
      AGAIN,
    ],
  ],
])("%s is refused, with the way out", (_, deployment, expected) => {
  expect(refusal(deployment)).toEqual(expected);
});

test("providers, components, and types of other clouds are left out", () => {
  const types = [
    "countersign:index:LoginSettings",
    "pulumi:providers:github",
    "random:index/randomId:RandomId",
  ];
  const resources = types.map((type) => resource(type, "it", { any: 1 }));
  const inventory = (all: readonly object[]) => standingClouds(there, state(all)).inventory();
  expect(inventory(resources)).toEqual(inventory([]));
});

test("a secret in plain text counts, also where the repository has another name by now", () => {
  const wrapped = { [SIGNATURE]: SECRET, plaintext: '"real"' };
  const { github } = standingClouds(there, state([secret(wrapped, { repository: "former" })]));
  expect(github.repository("web").secrets.get("AZURE_CLIENT_ID")?.value).toBe("real");
});

test("an application that exists keeps the credentials that the world gives it", () => {
  const clientId = "aaaa0000-0000-4000-8000-00000000c0de";
  const theirs = { name: "theirs", subject: "repo:Contoso/other:ref:refs/heads/main" };
  const applications = [{ displayName: "x", clientId, credentials: [theirs] }];
  const ids = { clientId, principalId: "p" };
  const component = resource("countersign:index:PipelineIdentity", "web", ids);
  const type = "ApplicationFederatedIdentityCredential";
  const own = resource(
    `azuread:index/a${type.slice(1)}:${type}`,
    "own",
    { applicationId: "/applications/o", displayName: "own", issuer: "i", subject: "s", audiences },
    { parent: component.urn },
  );
  const inhabited = parseWorld({ ...world(), azure: { ...world().azure, applications } });
  const { azure } = standingClouds(inhabited, state([component, own]));
  expect(azure.credentialsOf("/applications/o").map(({ name }) => name)).toEqual(["theirs", "own"]);
});
