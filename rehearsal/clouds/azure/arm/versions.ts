import type { Properties } from "../../wire";

/** The first versions that have a property. Preview versions are a line of their own. */
export interface Since {
  readonly stable: string;
  readonly preview: string;
}

/** Properties that not all versions of a type have. */
export type Introduced = Readonly<Record<string, Since>>;

/**
 * API versions of container registries. ARM has at least those that the provider can be generated
 * for: @pulumi/azure-native 3.28.0, containerregistry.
 */
export const REGISTRY_VERSIONS: readonly string[] = [
  "2019-12-01-preview",
  "2020-11-01-preview",
  "2021-06-01-preview",
  "2021-08-01-preview",
  "2021-09-01",
  "2021-12-01-preview",
  "2022-02-01-preview",
  "2022-12-01",
  "2023-01-01-preview",
  "2023-06-01-preview",
  "2023-07-01",
  "2023-08-01-preview",
  "2023-11-01-preview",
  "2024-11-01-preview",
  "2025-03-01-preview",
  "2025-04-01",
  "2025-05-01-preview",
  "2025-06-01-preview",
  "2025-11-01",
  "2026-01-01-preview",
  "2026-03-01-preview",
];

/**
 * The stable version is that of npm @azure/arm-containerregistry 12.0.0. The preview is from
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/29599
 */
export const REGISTRY_PROPERTIES: Introduced = {
  roleAssignmentMode: { stable: "2025-11-01", preview: "2025-03-01-preview" },
};

/** API versions of both types of managedidentity in @pulumi/azure-native 3.28.0. */
export const IDENTITY_VERSIONS: readonly string[] = [
  "2022-01-31-preview",
  "2023-01-31",
  "2023-07-31-preview",
  "2024-11-30",
  "2025-01-31-preview",
  "2025-05-31-preview",
];

/** API versions of both types of codesigning in @pulumi/azure-native 3.28.0. */
export const SIGNING_VERSIONS: readonly string[] = [
  "2024-02-05-preview",
  "2024-09-30-preview",
  "2025-10-13",
  "2026-05-15-preview",
];

/** API versions of role assignments in @pulumi/azure-native 3.28.0. */
export const ASSIGNMENT_VERSIONS: readonly string[] = [
  "2020-08-01-preview",
  "2020-10-01-preview",
  "2022-04-01",
];

/** API versions of resource groups in @pulumi/azure-native 3.28.0. */
export const GROUP_VERSIONS: readonly string[] = [
  "2020-10-01",
  "2021-01-01",
  "2021-04-01",
  "2022-09-01",
  "2023-07-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-03-01",
  "2025-04-01",
];

/** The properties that a version has. An answer lacks the others, and a PUT ignores them. */
export function atVersion(
  properties: Properties,
  introduced: Introduced,
  version: string,
): Properties {
  const line = version.endsWith("-preview") ? "preview" : "stable";
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => {
      const since = introduced[name]?.[line];
      return since === undefined || version >= since;
    }),
  );
}
