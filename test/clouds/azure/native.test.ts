import { describe, expect, test } from "vitest";
import { Refusal } from "../../../rehearsal/clouds/azure/arm/refusal";
import type { Client } from "../../../rehearsal/clouds/azure/native/client";
import { RESOURCES, type ResourceMetadata } from "../../../rehearsal/clouds/azure/native/metadata";
import { resourceType } from "../../../rehearsal/clouds/azure/native/resources";
import { UNKNOWN } from "../../../rehearsal/clouds/wire";
import type { WorldInput } from "../../../rehearsal/world/world";
import {
  armRefusal,
  azure,
  credentialId,
  credentialInputs,
  failureOf,
  IDENTITY,
  identityInputs,
  refusal,
} from "../support";

const VERSION = "2023-01-31";
const throttled = (count: number): { azure: Partial<WorldInput["azure"]> } => ({
  azure: { faults: { throttled: count } },
});

test("the preview of an update knows only the name and the region", async () => {
  const { identity } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  const news = { ...identityInputs, tags: { team: "web" } };
  expect(await identity.previewUpdate(id, news, outputs)).toEqual({
    name: "id-web",
    location: "westeurope",
    tags: { team: "web" },
    azureApiVersion: UNKNOWN,
    clientId: UNKNOWN,
    principalId: UNKNOWN,
    systemData: UNKNOWN,
    tenantId: UNKNOWN,
    type: UNKNOWN,
  });
});

test("a creation looks first, and reads afterwards, all in one version", async () => {
  const { identity, state } = azure();
  await identity.create(identityInputs);
  expect(state.requests).toEqual(
    ["GET", "PUT", "GET"].map((method) => `${method} ${IDENTITY}?api-version=${VERSION}`),
  );
});

test("an import gets its inputs from the id and from Azure", async () => {
  const { identity, credential } = azure();
  await identity.create({ ...identityInputs, tags: { team: "web" } });
  const tags = { team: "web" };
  expect(identity.read(IDENTITY, {})?.inputs).toEqual({ ...identityInputs, tags });
  const { id } = await credential.create(credentialInputs("main"));
  expect(credential.read(id, {})?.inputs).toEqual(credentialInputs("main"));
});

describe("what is gone", () => {
  test.each([
    ["the resource", IDENTITY, true],
    ["its group", IDENTITY.replace("rg-images", "nope"), true],
    ["its subscription", IDENTITY.replace("5ab5", "dead"), true],
    ["its identity", credentialId("main"), true],
    ["its type", IDENTITY.replace("userAssigned", "other"), false],
  ])("%s", async (_, id, isGone) => {
    const { identity } = azure();
    if (isGone) expect(identity.read(id, identityInputs)).toBeUndefined();
    else
      expect((await failureOf(() => identity.read(id, identityInputs))).message).toBe(
        `Status=404 Code="InvalidResourceType" Message="The resource type 'otherIdentities' could not be found in the namespace 'Microsoft.ManagedIdentity' for api version '2023-01-31'."`,
      );
    await identity.delete(id);
  });
});

describe("throttling", () => {
  const TOKEN = "azure-native:managedidentity:getUserAssignedIdentity";
  const { location: _, ...args } = identityInputs;
  const message =
    "Number of 'read' requests for subscription '5ab50000-0000-4000-8000-00000000c0de' actor '00000000-0000-0000-0000-000000000000' exceeded. Please try again after '1' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.";
  const code = "SubscriptionRequestsThrottled";

  test("is waited out three times", async () => {
    const { invoke, state } = azure({
      azure: {
        ...throttled(3).azure,
        identities: [{ resourceGroup: "rg-images", name: "id-web" }],
      },
    });
    expect(invoke(TOKEN, args).name).toBe("id-web");
    expect(state.requests.length).toBe(4);
  });

  test("ends in an error after that", async () => {
    const { invoke } = azure(throttled(4));
    expect(await refusal(() => invoke(TOKEN, args))).toEqual(
      armRefusal(429, code, message, `request failed ${IDENTITY}: `),
    );
  });

  test("ends a creation before it starts", async () => {
    const { identity, state } = azure(throttled(4));
    const failure = await failureOf(() => identity.create(identityInputs));
    expect(failure.message).toBe(
      `cannot check existence of resource '${IDENTITY}': status code 429, ${JSON.stringify({ error: { code, message } })}`,
    );
    expect(state.identities.size).toBe(0);
  });
});

test("what a creation reads afterwards may fail", async () => {
  const { state } = azure();
  const body = { id: IDENTITY, name: "id-web", location: "westeurope" };
  const answers = [new Refusal(404, "ResourceNotFound", ""), new Refusal(403, "Forbidden", "")];
  const client = {
    get: () => {
      throw answers.shift();
    },
    put: async () => body,
  } as unknown as Client;
  const instance = { azure: state, client, subscriptionId: "s", location: undefined };
  const [metadata] = RESOURCES as [ResourceMetadata];
  expect(await resourceType(metadata, instance).create(identityInputs)).toEqual({
    id: IDENTITY,
    outputs: { name: "id-web", location: "westeurope", azureApiVersion: VERSION },
  });
  expect(answers).toEqual([]);
});
