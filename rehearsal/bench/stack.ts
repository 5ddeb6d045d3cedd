import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { configurationOf } from "../configuration";
import { derivedWorld } from "../derived-world";
import type { World } from "../world/world";

export const PROJECT = readFileSync(join(__dirname, "..", "..", "Pulumi.yaml"), "utf8");

/** A stack of pipelines with nothing but defaults, and a world in which it fits. */
export function stackOf(pipelines: number): {
  readonly stack: { readonly name: string; readonly text: string };
  readonly clouds: World;
} {
  const names = Array.from({ length: pipelines }, (_, index) => `p${index + 1}`);
  const config = {
    "azure-native:location": "westeurope",
    "github:owner": "contoso",
    "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages" },
    "countersign:signing": {
      resourceGroup: "rg-signing",
      account: "contoso-signing",
      profile: "container-images",
    },
    "countersign:pipelines": Object.fromEntries(names.map((name) => [name, {}])),
  };
  const stored = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const configuration = configurationOf(Object.fromEntries(stored), {});
  return {
    stack: { name: "bench", text: stringify({ config }) },
    clouds: derivedWorld(configuration),
  };
}
