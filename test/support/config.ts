export type Config = Readonly<Record<string, unknown>>;

/** A stack's configuration: one pipeline `web` with nothing but defaults. */
export function config(changes: Config = {}): Config {
  return {
    "azure-native:location": "westeurope",
    "github:owner": "contoso",
    "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages" },
    "countersign:signing": {
      resourceGroup: "rg-signing",
      account: "contoso-signing",
      profile: "container-images",
    },
    "countersign:pipelines": { web: {} },
    ...changes,
  };
}
