import { readBootstrap } from "../../bootstrap/configuration";
import type { BootstrapSnapshot } from "../../bootstrap/discover";
import { planBootstrap } from "../../bootstrap/plan";
import { config } from "../support/config";
import { stored } from "../support/planning";

export const OF = { project: "countersign-bootstrap", stack: "prod" };

export const read = (values: Readonly<Record<string, string>>, stack = stored(config())) =>
  readBootstrap(values, () => stack);

export const VALUES = {
  "github:owner": "contoso",
  "bootstrap:stackFile": "../Pulumi.prod.yaml",
  "bootstrap:repository": "platform",
  "bootstrap:resourceGroup": "rg-ci",
};

export const found = (changes: Partial<NonNullable<BootstrapSnapshot["repository"]>> = {}) => ({
  azure: { tenantId: "tenant-1", subscriptionId: "sub-1" },
  repository: {
    id: 9,
    name: "platform",
    visibility: "private",
    owner: { login: "Contoso", id: 5 },
    subjects: { use_default: true, sub_claim_prefix: "repo:Contoso@5/platform@9" },
    ...changes,
  },
  users: { ada: 31 },
  teams: {},
});

export function plan(
  snapshot: BootstrapSnapshot,
  values: Readonly<Record<string, string>> = VALUES,
) {
  const { configuration, problems } = read(values);
  if (!configuration) throw new Error(JSON.stringify(problems));
  return planBootstrap(configuration, snapshot, OF);
}
