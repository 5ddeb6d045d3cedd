import { type Config, config } from "./config";

/** ID of an identity validation. */
export const VALIDATION = "11110000-0000-4000-8000-00000000c0de";

/** A registry that the stack creates. */
export const newRegistry = (create: object = {}, rest: object = {}): Config => ({
  "countersign:registry": {
    resourceGroup: "rg-images",
    create: { name: "contosoimages", ...create },
    ...rest,
  },
});

/** A certificate profile that the stack creates. */
export const newProfile = (create: object = {}) => ({
  create: { name: "container-images", identityValidationId: VALIDATION, ...create },
});

/** A signing account with its profile, which the stack creates. */
export const newSigning = (rest: object = {}): Config => ({
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: { create: { name: "contoso-signing" } },
    profile: newProfile(),
    ...rest,
  },
});

/** A stack that creates what it needs in Azure. */
export const created = (
  registry: object = {},
  pipelines: object = { web: {} },
  profile: object = {},
) =>
  config({
    ...newRegistry(registry),
    ...newSigning({ profile: newProfile(profile) }),
    "countersign:pipelines": pipelines,
  });
