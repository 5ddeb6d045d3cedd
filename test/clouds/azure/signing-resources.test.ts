import { describe, expect, test } from "vitest";
import { type Properties, UNKNOWN } from "../../../rehearsal/clouds/wire";
import { ACCOUNT, armRefusal, azure, failureOf } from "../support";

const VERSION = "2024-09-30-preview";
const ID = ACCOUNT.replace("contoso-signing", "new-signing");
const PROFILE = `${ID}/certificateProfiles/new-images`;

const account = (changes: Properties = {}): Properties => ({
  resourceGroupName: "rg-signing",
  accountName: "new-signing",
  location: "westeurope",
  sku: { name: "Basic" },
  ...changes,
});
/** As the SDK completes them. */
const profile = (changes: Properties = {}): Properties => ({
  resourceGroupName: "rg-signing",
  accountName: "new-signing",
  profileName: "new-images",
  profileType: "PublicTrust",
  identityValidationId: "00000000-1234-5678-3333-444444444444",
  includeCity: false,
  includeCountry: false,
  includePostalCode: false,
  includeState: false,
  includeStreetAddress: false,
  ...changes,
});
const created = async () => {
  const cloud = azure();
  const made = await cloud.account.create(account());
  return { ...cloud, made };
};

test("an account is created, and an import finds its inputs", async () => {
  const { made, state, account: type } = await created();
  expect(made).toEqual({
    id: ID,
    outputs: {
      azureApiVersion: VERSION,
      name: "new-signing",
      type: "Microsoft.CodeSigning/codeSigningAccounts",
      location: "westeurope",
      accountUri: "https://weu.codesigning.azure.net/",
      provisioningState: "Succeeded",
      sku: { name: "Basic" },
    },
  });
  expect(state.requests).toEqual(
    ["GET", "PUT", "GET"].map((method) => `${method} ${ID}?api-version=${VERSION}`),
  );
  expect(type.read(ID, {})?.inputs).toEqual(account());
});

test("a profile is created, and an import finds its inputs", async () => {
  const { profile: type, invoke } = await created();
  const { id, outputs } = await type.create(profile());
  const { resourceGroupName, accountName, profileName, ...rest } = profile();
  expect(id).toBe(PROFILE);
  expect(outputs).toEqual({
    azureApiVersion: VERSION,
    name: "new-images",
    type: "Microsoft.CodeSigning/codeSigningAccounts/certificateProfiles",
    ...rest,
    certificates: [],
    provisioningState: "Succeeded",
    status: "Active",
  });
  expect(type.read(id, {})?.inputs).toEqual(profile());
  const args = { resourceGroupName, accountName, profileName };
  expect(invoke("azure-native:codesigning:getCertificateProfile", args)).toEqual({
    id,
    ...outputs,
  });
});

describe("check", () => {
  const { account: accounts, profile: profiles } = azure();

  test("names an account at random, and a profile as the program does", () => {
    const { accountName: _, ...rest } = account();
    expect(accounts.completed(rest)).toMatchObject({
      accountName: expect.stringMatching(/^it[0-9a-f]{8}$/),
      azureApiVersion: VERSION,
      __createBeforeDelete: true,
    });
    const { profileName: __, ...others } = profile();
    const found = profiles.completed(others);
    expect(found).toEqual({ ...profile(), profileName: "it", azureApiVersion: VERSION });
  });

  test("does not look at names, whose patterns Go cannot compile", async () => {
    expect(accounts.check(account({ accountName: "a" }))).toEqual([]);
    expect(profiles.check(profile({ profileName: "a" }))).toEqual([]);
    const { profile: type } = await created();
    const failure = await failureOf(() => type.create(profile({ profileName: "a" })));
    const message = "'a' is not a name of a profile.";
    expect(failure.message).toBe(armRefusal(400, "ProfileNameInvalid", message).message);
  });

  test("names what is missing", () => {
    expect(profiles.check({}).map(({ reason }) => reason)).toEqual(
      ["accountName", "identityValidationId", "profileType", "resourceGroupName"].map(
        (it) => `missing required property '${it}'`,
      ),
    );
  });
});

describe("diff", () => {
  const { account: accounts, profile: profiles } = azure();
  const replaces = (name: string) => ({
    changed: [name],
    replaces: [name],
    deleteBeforeReplace: true,
  });

  test.each([
    ["accountName", "x", true],
    ["location", "westus", true],
    ["resourceGroupName", "x", true],
    ["sku", { name: "Premium" }, false],
    ["tags", { team: "web" }, false],
  ])("an account with another %s", (name, value, isNew) => {
    const found = accounts.diff(account(), account({ [name]: value }));
    expect(found).toEqual(isNew ? replaces(name) : { changed: [name], replaces: [] });
  });

  test.each([
    ["accountName", UNKNOWN, true],
    ["profileName", "x", true],
    ["profileType", "PrivateTrust", false],
    ["identityValidationId", "x", false],
    ["includePostalCode", true, false],
  ])("a profile with another %s", (name, value, isNew) => {
    const found = profiles.diff(profile(), profile({ [name]: value }));
    expect(found).toEqual(isNew ? replaces(name) : { changed: [name], replaces: [] });
  });
});

test("an update puts the whole account", async () => {
  const { account: type, made } = await created();
  const news = account({ sku: { name: "Premium" }, tags: { team: "web" } });
  const outputs = await type.update(ID, news, made.outputs);
  expect(outputs).toMatchObject({ sku: { name: "Premium" }, tags: { team: "web" } });
  await type.delete(ID);
  expect(type.read(ID, news, outputs)).toBeUndefined();
});
