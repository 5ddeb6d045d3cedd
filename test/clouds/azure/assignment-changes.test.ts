import { beforeEach, describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import {
  armRefusal,
  azure,
  GROUP,
  IDENTITY,
  identityInputs,
  REGISTRY,
  refusal,
  SUBSCRIPTION,
} from "../support";

const NAME = "11111111-1111-4111-8111-111111111111";
const ROLES = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;
const WRITER = `${ROLES}/2a1e307c-b015-4ebd-883e-5b7698a07328`;
const READER = `${ROLES}/b93aa761-3e63-49ed-ac28-beffa264f7ac`;
const condition = "ActionMatches{'x'}";
const conditionVersion = "2.0";

let cloud: ReturnType<typeof azure>;
let inputs: Properties;
let id: string;
beforeEach(async () => {
  cloud = azure();
  const { principalId } = (await cloud.identity.create(identityInputs)).outputs;
  inputs = {
    scope: REGISTRY,
    principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: WRITER,
    roleAssignmentName: NAME,
  };
  id = (await cloud.assignment.create(inputs)).id;
});

describe("diff", () => {
  test.each([
    ["scope", ["scope"]],
    ["principalId", ["principalId"]],
    ["roleAssignmentName", ["roleAssignmentName"]],
    ["roleDefinitionId", []],
    ["principalType", []],
    ["condition", []],
    ["conditionVersion", []],
    ["description", []],
  ])("a new %s", (property, replaces) => {
    const news = { ...inputs, [property]: "another" };
    const first = replaces.length > 0 && { deleteBeforeReplace: true };
    const expected = { changed: [property], replaces, ...first };
    expect(cloud.assignment.diff(inputs, news)).toEqual(expected);
  });
});

describe("update", () => {
  test("sets and clears a condition", async () => {
    const { roleAssignmentName: name, ...rest } = inputs;
    const type = "Microsoft.Authorization/roleAssignments";
    const answered = { ...rest, type, azureApiVersion: "2022-04-01" };
    const set = { condition, conditionVersion };
    expect(await cloud.assignment.update(id, { ...inputs, ...set })).toEqual({
      ...answered,
      ...set,
      name,
    });
    expect(cloud.state.assignments.get(id.toLowerCase())?.condition).toBe(condition);
    expect(await cloud.assignment.update(id, inputs)).toEqual({ ...answered, name });
    expect(cloud.state.assignments.get(id.toLowerCase())?.condition).toBeUndefined();
  });

  test("checks the condition as a creation does", async () => {
    expect(await refusal(() => cloud.assignment.update(id, { ...inputs, condition }))).toEqual(
      armRefusal(400, "InvalidCondition", "condition version 'undefined' is not 2.0."),
    );
  });

  test.each([
    ["role", () => ({ roleDefinitionId: READER })],
    ["principal", () => ({ principalId: NAME })],
    ["scope", () => ({ scope: GROUP })],
  ])("cannot change the %s", async (_, changes) => {
    const refused = await refusal(() => cloud.assignment.update(id, { ...inputs, ...changes() }));
    const message =
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.";
    expect(refused).toEqual(armRefusal(400, "RoleAssignmentUpdateNotPermitted", message));
  });

  test("of an assignment that is gone makes it again", async () => {
    cloud.state.assignments.clear();
    await cloud.assignment.update(id, inputs);
    expect([...cloud.state.assignments.keys()]).toEqual([id.toLowerCase()]);
  });

  test("keeps a description", async () => {
    const news = { ...inputs, description: "signs" };
    expect((await cloud.assignment.update(id, news)).description).toBe("signs");
  });
});

describe("refresh", () => {
  test("sees a condition that was removed, and one that was changed", async () => {
    const given = { ...inputs, condition, conditionVersion };
    const before = await cloud.assignment.update(id, given);
    const it = cloud.state.assignments.get(id.toLowerCase());
    const seen = () => cloud.assignment.read(id.toUpperCase(), given, before)?.inputs.condition;
    expect(seen()).toBe(condition);
    Object.assign(it ?? {}, { condition: "ActionMatches{'*'}" });
    expect(seen()).toBe("ActionMatches{'*'}");
    Object.assign(it ?? {}, { condition: undefined });
    expect(seen()).toBeUndefined();
  });

  test("sees that an assignment is gone", () => {
    cloud.state.assignments.clear();
    expect(cloud.assignment.read(id, inputs)).toBeUndefined();
  });
});

test("the deletion of what is gone succeeds", async () => {
  await cloud.assignment.delete(id.toUpperCase());
  await cloud.assignment.delete(id);
  expect(cloud.state.assignments.size).toBe(0);
});

test("an assignment outlives its principal; the next identity of the name has none", async () => {
  await cloud.identity.delete(IDENTITY);
  const { principalId } = (await cloud.identity.create(identityInputs)).outputs;
  expect([...cloud.state.assignments.values()].map((it) => it.principalId)).toEqual([
    inputs.principalId,
  ]);
  const roleAssignmentName = "22222222-2222-4222-8222-222222222222";
  await cloud.assignment.create({ ...inputs, principalId, roleAssignmentName });
  expect(cloud.state.assignments.size).toBe(2);
});
