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

describe("a profile", () => {
  const created = {
    id: PROFILE,
    name: "new-images",
    type: "Microsoft.CodeSigning/codeSigningAccounts/certificateProfiles",
    properties: {
      profileType: "PublicTrust",
      identityValidationId: VALIDATION,
      includeCity: false,
      includeCountry: false,
      includePostalCode: true,
      includeState: false,
      includeStreetAddress: false,
      certificates: [],
      provisioningState: "Succeeded",
      status: "Active",
    },
  };

  test("is created, accepts the same again, and is deleted", async () => {
    const { arm } = await open();
    const body = profile({ includePostalCode: true });
    await arm.put(PROFILE, VERSION, body);
    expect(arm.get(PROFILE, VERSION)).toEqual(created);
    expect(await arm.put(PROFILE.toUpperCase(), VERSION, body)).toEqual(created);
    await arm.delete(PROFILE, VERSION);
    expect((await refusalOfArm(() => arm.get(PROFILE, VERSION))).code).toBe("ResourceNotFound");
    await arm.put(PROFILE, VERSION, profile());
  });

  test.each([
    { includePostalCode: true },
    { profileType: "PrivateTrust" },
    { identityValidationId: VALIDATION.replace("1234", "4321") },
  ])("does not change to %j", async (changes) => {
    const { arm } = await open();
    await arm.put(PROFILE, VERSION, profile());
    const put = () => arm.put(PROFILE, VERSION, profile(changes));
    expect((await refusalOfArm(put)).code).toBe("CertificateProfileUpdateNotSupported");
  });

  test.each([
    [{ profileType: "Public" }, "InvalidProfileType"],
    [{ profileType: undefined }, "InvalidProfileType"],
    [{ identityValidationId: undefined }, "InvalidIdentityValidationId"],
    [{ identityValidationId: "contoso" }, "InvalidIdentityValidationId"],
    [{ includeCity: true }, "InvalidProperty"],
    [{ profileType: "VBSEnclave", includeState: true }, "InvalidProperty"],
  ])("with %j", async (changes, code) => {
    expect(await refusal(PROFILE, profile(changes))).toEqual([400, code]);
  });

  test("of private trust chooses its subject", async () => {
    const { arm } = await open();
    const changes = { profileType: "PrivateTrust", includeCity: true };
    const { properties } = await arm.put(PROFILE, VERSION, profile(changes));
    expect(properties).toMatchObject(changes);
  });

  test.each(["abcd", "1images", "images-", "a.images", "a".repeat(101)])(
    "is not named %s",
    async (name) => {
      const path = PROFILE.replace("new-images", name);
      expect(await refusal(path, profile())).toEqual([400, "ProfileNameInvalid"]);
    },
  );

  test("needs an account, and properties that are known", async () => {
    const { arm } = await open();
    const path = PROFILE.replace("new-signing", "nope");
    expect(await refusal(path, profile())).toEqual([404, "ParentResourceNotFound"]);
    await expect(arm.put(PROFILE, VERSION, profile({ quota: 1 }))).rejects.toThrow(
      "the embedded ARM does not know quota of Microsoft.CodeSigning",
    );
  });

  test.each([
    ["Basic", 1],
    ["Premium", 10],
  ])("in %s is one of %i of its type", async (sku, most) => {
    const { arm } = await open(sku);
    const put = (count: number, profileType = "PublicTrust") =>
      arm.put(`${PROFILE}-${count}`, VERSION, profile({ profileType }));
    for (let count = 1; count <= most; count += 1) await put(count);
    expect((await refusalOfArm(() => put(most + 1))).code).toBe("QuotaExceeded");
    await put(most + 1, "PublicTrustTest");
  });

  test("keeps an account at its tier", async () => {
    const { arm } = await open("Premium");
    for (const count of [1, 2]) await arm.put(`${PROFILE}-${count}`, VERSION, profile());
    const down = { properties: { sku: { name: "Basic" } } };
    expect((await refusalOfArm(() => arm.patch(NEW, VERSION, down))).code).toBe("QuotaExceeded");
    expect((await refusalOfArm(() => arm.put(NEW, VERSION, account()))).code).toBe("QuotaExceeded");
  });
});
