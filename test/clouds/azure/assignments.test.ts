import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import {
  ACCOUNT,
  armRefusal,
  azure,
  failureOf,
  GROUP,
  identityInputs,
  notFound,
  REGISTRY,
  refusal,
  SUBSCRIPTION,
  TENANT,
} from "../support";

const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";
const WRITER = "2a1e307c-b015-4ebd-883e-5b7698a07328";
const CONDITION = "ActionMatches{'x'}";

const role = (guid: string, subscription = SUBSCRIPTION) =>
  `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const idOf = (name: string, scope = REGISTRY) =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

let cloud: ReturnType<typeof azure>;
let principalId: string;
beforeEach(async () => {
  cloud = azure();
  principalId = (await cloud.identity.create(identityInputs)).outputs.principalId as string;
});

const inputs = (changes: Properties = {}): Properties => ({
  scope: REGISTRY,
  principalId,
  principalType: "ServicePrincipal",
  roleDefinitionId: role(WRITER),
  roleAssignmentName: ONE,
  ...changes,
});
/** What Azure answers: the name is its last part, and no input. */
const answer = (changes: Properties = {}): Properties => {
  const { roleAssignmentName: name, ...rest } = inputs(changes);
  const type = "Microsoft.Authorization/roleAssignments";
  return { ...rest, name, type, azureApiVersion: "2022-04-01" };
};
const creation = (changes: Properties) => refusal(() => cloud.assignment.create(inputs(changes)));

test("an assignment is made below its scope", async () => {
  const { id, outputs } = await cloud.assignment.create(inputs());
  expect(id).toBe(idOf(ONE));
  expect(outputs).toEqual(answer());
});

describe("scope", () => {
  test.each([
    SUBSCRIPTION,
    GROUP,
    REGISTRY,
    ACCOUNT,
    `${ACCOUNT}/certificateProfiles/container-images`,
  ])("%s", async (scope) => {
    const { id } = await cloud.assignment.create(inputs({ scope: scope.toUpperCase() }));
    expect(id).toBe(idOf(ONE, scope));
  });

  test.each([
    `${REGISTRY}x`,
    `${REGISTRY}/repositories/web`,
    `${ACCOUNT}/certificateProfiles/nope`,
  ])("%j is not there", async (scope) => {
    expect(await creation({ scope })).toEqual(notFound(scope));
  });

  test.each(["/", ""])("%j is not for the account that deploys", async (scope) => {
    const nobody = "00000000-0000-0000-0000-000000000000";
    const message = `The client '${nobody}' with object id '${nobody}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${idOf(ONE, "")}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    expect(await creation({ scope })).toEqual(armRefusal(403, "AuthorizationFailed", message));
  });
});

test.each(["one", ONE.slice(1), `${ONE}0`])("%j is not a GUID", async (name) => {
  const message = `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`;
  expect(await creation({ roleAssignmentName: name })).toEqual(
    armRefusal(400, "InvalidRoleAssignmentId", message),
  );
});

test.each([
  role("Container Registry Repository Writer"),
  role(ONE),
  role(WRITER, "/subscriptions/another"),
  WRITER,
])("the role %s does not exist", async (roleDefinitionId) => {
  const guid = roleDefinitionId.split("/").at(-1)?.toLowerCase();
  const message = `The specified role definition with ID '${guid}' does not exist.`;
  expect(await creation({ roleDefinitionId })).toEqual(
    armRefusal(400, "RoleDefinitionDoesNotExist", message),
  );
});

describe("principal", () => {
  test.each([
    ["that nobody knows", { principalId: TWO }, TWO],
    ["whose type is not said", { principalType: undefined }, undefined],
    ["of the type User", { principalType: "User" }, undefined],
  ])("%s", async (_, changes, principal) => {
    const who = (principal ?? principalId).replaceAll("-", "");
    const message = `Principal ${who} does not exist in the directory ${TENANT}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`;
    expect(await creation(changes)).toEqual(armRefusal(400, "PrincipalNotFound", message));
  });

  test("that has long been there is found, unless its type is wrong", async () => {
    const identities = [{ resourceGroup: "rg-images", name: "old" }];
    cloud = azure({ azure: { identities } });
    const [old] = cloud.state.identities.values();
    principalId = old?.principalId ?? "";
    expect((await creation({ principalType: "User" })).code).toBe("UnmatchedPrincipalType");
    const { id } = await cloud.assignment.create(inputs({ principalType: undefined }));
    expect(id).toBe(idOf(ONE));
  });
});

test("the same grant under another name and condition is refused", async () => {
  await cloud.assignment.create(inputs());
  const other = { roleAssignmentName: TWO, condition: CONDITION, conditionVersion: "2.0" };
  const refused = armRefusal(409, "RoleAssignmentExists", "The role assignment already exists.");
  expect(await creation(other)).toEqual(refused);
  expect(await creation({ ...other, scope: REGISTRY.toUpperCase() })).toEqual(refused);
  await cloud.assignment.create(inputs({ ...other, scope: GROUP }));
});

test("a name that another scope has is refused as a change", async () => {
  await cloud.assignment.create(inputs());
  expect(await creation({ scope: GROUP })).toEqual(
    armRefusal(
      400,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    ),
  );
});

test("a second assignment of the name on the scope is refused", async () => {
  await cloud.assignment.create(inputs());
  const failure = await failureOf(() => cloud.assignment.create(inputs()));
  expect(failure.message).toBe(`cannot create already existing resource '${idOf(ONE)}'`);
});

describe("condition", () => {
  const set = (condition: string, conditionVersion?: string) => ({ condition, conditionVersion });
  const invalid = (message: string) => armRefusal(400, "InvalidCondition", message);
  test.each([undefined, "1.0", "2"])("of version %j", async (version) => {
    const refused = invalid(`condition version '${version}' is not 2.0.`);
    expect(await creation(set(CONDITION, version))).toEqual(refused);
  });

  test("of more than 8 KB", async () => {
    const text = `ActionMatches{'${"x".repeat(8192 - 17)}'}`;
    expect(text.length).toBe(8192);
    expect(await creation(set(`${text} `, "2.0"))).toEqual(invalid("longer than 8192 characters."));
    const { outputs } = await cloud.assignment.create(inputs(set(text, "2.0")));
    expect(outputs.condition).toBe(text);
  });

  test("that cannot be read", async () => {
    const refused = invalid("expected more but found the end in: ActionMatches{'x'} AND");
    expect(await creation(set(`${CONDITION} AND`, "2.0"))).toEqual(refused);
    expect(await creation(set("", "2.0"))).toEqual(invalid("expected more but found the end in: "));
  });

  test.each([
    ["AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"],
    ["AcrPush", "8311e382-0749-4cb8-b61a-304f252e45ec"],
    ["Artifact Signing Certificate Profile Signer", "2837e146-70d7-4cfd-ad55-7efa6464f958"],
  ])("on %s", async (_, guid) => {
    const roleDefinitionId = role(guid);
    const refused = await creation({ roleDefinitionId, ...set(CONDITION, "2.0") });
    expect(refused).toEqual(invalid(`role ${guid} accepts no conditions.`));
    expect((await cloud.assignment.create(inputs({ roleDefinitionId }))).id).toBe(idOf(ONE));
  });

  test.each([
    ["Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac"],
    ["Writer", WRITER],
  ])("on Container Registry Repository %s is accepted", async (_, guid) => {
    const changes = { roleDefinitionId: role(guid), ...set(CONDITION, "2.0") };
    const { outputs } = await cloud.assignment.create(inputs(changes));
    expect(outputs).toEqual(answer(changes));
  });
});
