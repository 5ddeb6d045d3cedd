import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../policy/plain";
import { conditionedRoles, narrowRoles } from "../../policy/role-rules";
import { ACCOUNT, CONDITION, GROUP, PROFILE, REGISTRY, ROLES, role } from "./declared";

const check = (properties: object) => narrowRoles.check(properties as never, {});
const others = (...names: (keyof typeof ROLES)[]) => names;

describe("narrow roles", () => {
  test.each([
    ...others("AcrPull", "AcrPush", "AcrDelete", "Reader", "Writer", "Contributor", "Lister").map(
      (it) => [it, REGISTRY] as const,
    ),
    ["Signer", PROFILE],
    ["Verifier", ACCOUNT],
    ["AcrPush", REGISTRY.toUpperCase()],
    // These roles are not of this kind there.
    ["Owner", GROUP],
    ["AzureContributor", GROUP],
    ["AzureReader", REGISTRY],
    ["AcrPush", UNKNOWN],
  ] as const)("%s can be assigned on %s", (name, scope) => {
    expect(check(role(name, scope))).toEqual([]);
  });

  test.each([
    ["AcrPull", GROUP, "The role AcrPull", "registry"],
    [
      "AcrPush",
      "/subscriptions/5ab50000-0000-4000-8000-00000000c0de",
      "The role AcrPush",
      "registry",
    ],
    [
      "AcrDelete",
      "/providers/Microsoft.Management/managementGroups/contoso",
      "The role AcrDelete",
      "registry",
    ],
    ["Writer", GROUP, "The role Container Registry Repository Writer", "registry"],
    ["Lister", GROUP, "The role Container Registry Repository Catalog Lister", "registry"],
    [
      "Signer",
      ACCOUNT,
      "The role Artifact Signing Certificate Profile Signer",
      "certificate profile",
    ],
    [
      "Signer",
      `${ACCOUNT}/certificateProfiles`,
      "The role Artifact Signing Certificate Profile Signer",
      "certificate profile",
    ],
    [
      "Signer",
      REGISTRY,
      "The role Artifact Signing Certificate Profile Signer",
      "certificate profile",
    ],
    ["Verifier", GROUP, "The role Artifact Signing Identity Verifier", "signing account"],
  ] as const)("%s is too wide on %s", (name, scope, who, place) => {
    expect(check(role(name, scope))).toEqual([
      `${who} is assigned on ${scope}, which is wider than one ${place}. ` +
        `Fix: use the resource ID of the ${place} as the scope.`,
    ]);
  });

  test.each([
    ["Owner", REGISTRY, "Owner"],
    ["AzureContributor", ACCOUNT, "Contributor"],
    ["AzureContributor", PROFILE, "Contributor"],
  ] as const)("%s is too much on %s", (name, scope, title) => {
    expect(check(role(name, scope))).toEqual([
      `The role ${title} on ${scope} also manages this resource. ` +
        "Fix: assign a role that only pushes, pulls, or signs.",
    ]);
  });

  test("the short form of a role's id is read, too, in any case", () => {
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${ROLES.AcrPush.toUpperCase()}`;
    expect(check({ roleDefinitionId, scope: GROUP })).toHaveLength(1);
  });
});

describe("conditioned roles", () => {
  const judged = (properties: object) => conditionedRoles.check(properties as never, {});
  const limited = { condition: CONDITION, conditionVersion: "2.0" };
  const Writer = "Container Registry Repository Writer";
  const fix =
    "Fix: add a condition on `Microsoft.ContainerRegistry/registries/repositories:name`, with the version 2.0.";

  test.each([
    ["Reader", limited],
    ["Writer", limited],
    ["Contributor", { ...limited, condition: CONDITION.toLowerCase() }],
    ["Writer", { condition: UNKNOWN, conditionVersion: UNKNOWN }],
    ["Writer", { ...limited, conditionVersion: UNKNOWN }],
    // A condition would not be possible with these.
    ["AcrPush", {}],
    ["Lister", {}],
  ] as const)("%s can have %j", (name, given) => {
    expect(judged(role(name, REGISTRY, given))).toEqual([]);
  });

  test.each([
    [{}, `The role ${Writer} has no condition. ${fix}`],
    [{ condition: "" }, `The role ${Writer} has no condition. ${fix}`],
    [
      { condition: "1 = 1", conditionVersion: "2.0" },
      `The condition of the role ${Writer} names no images: 1 = 1. ${fix}`,
    ],
    [
      { condition: CONDITION },
      `The condition of the role ${Writer} has no version. Fix: set the version 2.0.`,
    ],
    [
      { condition: CONDITION, conditionVersion: "1.0" },
      `The condition of the role ${Writer} has the version 1.0. Fix: set the version 2.0.`,
    ],
  ])("a repository role cannot have %j", (given, message) => {
    expect(judged(role("Writer", REGISTRY, given))).toEqual([message]);
  });
});
