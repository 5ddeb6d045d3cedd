import { describe, expect, test } from "vitest";
import { Arm } from "../../../rehearsal/clouds/azure/arm/arm";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { ACCOUNT, azure, refusalOfArm } from "../support";

const VERSION = "2024-09-30-preview";
const NEW = ACCOUNT.replace("contoso-signing", "new-signing");
const PROFILE = `${NEW}/certificateProfiles/new-images`;
const VALIDATION = "00000000-1234-5678-3333-444444444444";

const account = (changes: Properties = {}): Properties => ({
  location: "West Europe",
  properties: { sku: { name: "Basic" } },
  ...changes,
});
const profile = (changes: Properties = {}): Properties => ({
  properties: { profileType: "PublicTrust", identityValidationId: VALIDATION, ...changes },
});
const open = async (sku = "Basic") => {
  const { state } = azure();
  const arm = new Arm(state);
  await arm.put(NEW, VERSION, account({ properties: { sku: { name: sku } } }));
  return { arm, state };
};
const refusal = async (path: string, body: Properties) => {
  const { arm } = await open();
  const { status, code } = await refusalOfArm(() => arm.put(path, VERSION, body));
  return [status, code];
};

describe("an account", () => {
  const created = {
    id: NEW,
    name: "new-signing",
    type: "Microsoft.CodeSigning/codeSigningAccounts",
    location: "westeurope",
    properties: {
      accountUri: "https://weu.codesigning.azure.net/",
      provisioningState: "Succeeded",
      sku: { name: "Basic" },
    },
  };

  test("is created, patched, and deleted with its profiles", async () => {
    const { arm, state } = await open();
    expect(arm.get(NEW, VERSION)).toEqual(created);
    const tags = { team: "web" };
    arm.patch(NEW, VERSION, { tags });
    expect(arm.get(NEW, VERSION)).toEqual({ ...created, tags });
    arm.patch(NEW, VERSION, { properties: { sku: { name: "Premium" } } });
    const { properties } = arm.get(NEW, VERSION);
    expect(arm.get(NEW, VERSION)).toMatchObject({ tags, properties: { sku: { name: "Premium" } } });
    expect(properties).toMatchObject({ provisioningState: "Succeeded" });
    await arm.put(PROFILE, VERSION, profile());
    expect(state.inventory()).toEqual([`resource ${NEW}`, `resource ${PROFILE}`]);
    expect(state.scopes()).toEqual(expect.arrayContaining([NEW, PROFILE]));
    await arm.delete(NEW, VERSION);
    expect(state.inventory()).toEqual([]);
    expect(state.scopes()).not.toContain(PROFILE);
    expect((await refusalOfArm(() => arm.get(PROFILE, VERSION))).code).toBe(
      "ParentResourceNotFound",
    );
  });

  test("that is not there is not patched", async () => {
    const { arm } = await open();
    const patch = () => arm.patch(NEW.replace("new", "no"), VERSION, {});
    expect((await refusalOfArm(patch)).code).toBe("ResourceNotFound");
  });

  test.each([
    ["brazilsouth", "brs"],
    ["North Europe", "neu"],
    ["westus3", "wus3"],
  ])("in %s is at %s", async (location, code) => {
    const { arm } = await open();
    const { properties } = await arm.put(`${ACCOUNT}2`, VERSION, account({ location }));
    expect(properties).toMatchObject({ accountUri: `https://${code}.codesigning.azure.net/` });
  });

  test("in a region that has no Artifact Signing", async () => {
    const { arm } = await open();
    const put = () => arm.put(`${ACCOUNT}2`, VERSION, account({ location: "uksouth" }));
    expect(await refusalOfArm(put)).toEqual({
      status: 400,
      code: "LocationNotAvailableForResourceType",
      message:
        "The provided location 'uksouth' is not available for resource type 'Microsoft.CodeSigning/codeSigningAccounts'. List of available regions for the resource type is 'brazilsouth,centralus,eastus,japaneast,koreacentral,northcentralus,northeurope,polandcentral,southcentralus,switzerlandnorth,westcentralus,westeurope,westus,westus2,westus3'.",
    });
  });

  test.each(["ab", "a--b", "1abc", "abc-", "a.bc", "a".repeat(25), "one-signing"])(
    "is not named %s",
    async (name) => {
      const path = ACCOUNT.replace("contoso-signing", name);
      expect(await refusal(path, account())).toEqual([400, "AccountNameInvalid"]);
    },
  );

  const elsewhere = NEW.replace("rg-signing", "rg-other").replace("new", "NEW");
  test.each([
    [elsewhere, account(), 409, "AlreadyExists"],
    [NEW, account({ location: "westus" }), 409, "InvalidResourceLocation"],
    [NEW, account({ location: undefined }), 400, "LocationRequired"],
    [NEW, account({ properties: {} }), 400, "InvalidSku"],
    [NEW, account({ properties: { sku: { name: "Free" } } }), 400, "InvalidSku"],
  ])("at %s with %j", async (path, body, status, code) => {
    expect(await refusal(path, body)).toEqual([status, code]);
  });
});
