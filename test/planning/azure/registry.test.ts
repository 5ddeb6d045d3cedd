import { describe, expect, test } from "vitest";
import type { PipelinePlan } from "../../../planning/stack-plan";
import type { Snapshot } from "../../../snapshot";
import { type Config, config } from "../../support/config";
import {
  forbidden,
  found,
  missing,
  planned,
  REGISTRY_ID,
  type SnapshotChanges,
  snapshot,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";

const [ABAC, RBAC] = ["AbacRepositoryPermissions", "LegacyRegistryPermissions"];
const REGISTRY = {
  id: REGISTRY_ID,
  name: "contosoimages",
  loginServer: "contosoimages.azurecr.io",
  roleAssignmentMode: ABAC,
};
const CHECK =
  "Check the resource group and the name. If it is in another subscription, set `subscription`. To create it, write `create: { name: … }` in place of `name`.";
const NO_REGISTRY =
  'countersign:registry | "rg-images/contosoimages" | an existing container registry';
const PORTAL = "The portal shows the mode in the registry's properties.";
const MODE = 'countersign:registry.permissions | "auto" | rbac or abac';

describe("a registry that does not fit", () => {
  const rows: ReadonlyArray<readonly [string, SnapshotChanges["azure"], string]> = [
    ["no such registry", { registry: missing }, `${NO_REGISTRY} | ${CHECK}`],
    [
      "no such registry, in Azure's words",
      { registry: { status: "missing", said: "ResourceNotFound: not found" } },
      `${NO_REGISTRY} | ${CHECK} Azure said: ResourceNotFound: not found`,
    ],
    [
      "a registry that cannot be read",
      { registry: forbidden },
      `countersign:registry | "rg-images/contosoimages" | a container registry that your login can read | Give your login the role Reader on the registry, or set \`permissions\` to rbac or abac. ${PORTAL} Azure said: 403: not yours`,
    ],
    [
      "a registry that does not report its mode",
      { registry: found({ ...REGISTRY, roleAssignmentMode: undefined }) },
      `${MODE}, because Azure does not report a mode for registry contosoimages | Set the mode. ${PORTAL}`,
    ],
    [
      "a registry with a mode that is not known",
      { registry: found({ ...REGISTRY, roleAssignmentMode: "Other" }) },
      `${MODE}, because Azure reports the mode Other for registry contosoimages | Set the mode. ${PORTAL}`,
    ],
    [
      "a plugin that sends its own API version",
      { registry: { status: "unsupported", said: "no API version '2024-03-01'" } },
      `${MODE}, because Azure did not report the mode | This version of the azure-native plugin ignores \`apiVersion\`. Use 3.19.0 or later, or set the mode. ${PORTAL} Azure said: no API version '2024-03-01'`,
    ],
    [
      "a cloud without the API version",
      { registry: { status: "unsupported", said: "no API version '2025-11-01'" } },
      `${MODE}, because Azure did not report the mode | This cloud does not have API version 2025-11-01 of container registries. Set the mode. ${PORTAL} Azure said: no API version '2025-11-01'`,
    ],
    [
      "a registry that GitHub's runners cannot reach",
      { registry: found({ ...REGISTRY, isPrivate: true }) },
      "countersign:registry | \"rg-images/contosoimages\" | a registry that GitHub's runners can reach, because of web: public network access is disabled, or denied by default | Set `runner` to the label of a runner inside the registry's network, or let all networks access the registry. ubuntu-24.04 is a runner of GitHub.",
    ],
  ];
  test.each(rows)("%s", (_, azure, expected) => {
    expect(refusedWeb({}, { azure })).toEqual([expected]);
  });
});

describe("a registry's mode", () => {
  const registry = (permissions: string): Config =>
    config({
      "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages", permissions },
    });
  const having = (roleAssignmentMode?: string): SnapshotChanges => ({
    azure: { registry: found({ ...REGISTRY, roleAssignmentMode }) },
  });

  test.each([
    [ABAC, "abac"],
    [RBAC, "rbac"],
  ])("%s is %s", (mode, permissions) => {
    for (const wanted of ["auto", permissions]) {
      expect(planned(registry(wanted), snapshot(having(mode))).pipelines[0]?.registries).toEqual([
        { id: REGISTRY_ID, name: "contosoimages", permissions, images: ["web"] },
      ]);
    }
  });

  test.each<readonly [string, Snapshot["azure"]["registry"]]>([
    ["a mode that Azure does not report", found({ ...REGISTRY, roleAssignmentMode: undefined })],
    ["a registry that cannot be read", forbidden],
  ])("is taken as stated for %s", (_, there) => {
    const plan = planned(registry("abac"), snapshot({ azure: { registry: there } }));
    const { registries, outputs } = plan.pipelines[0] as PipelinePlan;
    expect([registries.map(({ permissions }) => permissions), outputs.images]).toEqual([
      ["abac"],
      ["contosoimages.azurecr.io/web"],
    ]);
    expect(registries[0]?.id.replace("sub-1", "SUB")).toBe(REGISTRY_ID.replace("sub-1", "SUB"));
    const unchecked =
      "registry contosoimages cannot be read, so its mode, its network rules and its login server contosoimages.azurecr.io are not checked";
    expect(plan.warnings).toEqual(there === forbidden ? [unchecked] : []);
  });

  test("keeps the login server that an earlier run read", () => {
    const loginServer = "contosoimages-abc123.azurecr.io";
    const there = snapshot({ azure: { registry: found({ ...REGISTRY, loginServer }) } });
    const records = { web: (planned(config(), there).pipelines[0] as PipelinePlan).record };
    const later = snapshot({ azure: { registry: forbidden }, records });
    expect(planned(registry("abac"), later).pipelines[0]?.outputs.images).toEqual([
      `${loginServer}/web`,
    ]);
  });

  test.each([
    [ABAC, "abac", "rbac"],
    [RBAC, "rbac", "abac"],
  ])("%s is refused where the configuration says otherwise", (mode, permissions, said) => {
    expect(refused(registry(said), having(mode))).toEqual([
      `countersign:registry.permissions | "${said}" | auto, or ${permissions}, which is the mode of registry contosoimages | Correct the value or remove it. To change the mode, change it in the registry first.`,
    ]);
  });
});

test.each([["private"], [["self-hosted", "linux"]], ["ubuntu-24.04-16core"]])(
  "a registry that GitHub's runners cannot reach fits the runner %j",
  (runner) => {
    const there = { azure: { registry: found({ ...REGISTRY, isPrivate: true }) } };
    expect(refusedWeb({ runner }, there)).toEqual([]);
  },
);

describe("a registry that GitHub's runners cannot reach, and a reusable workflow", () => {
  const CALLED = "contoso/shared/.github/workflows/sign.yml@refs/heads/main";
  const trust = { workflow: CALLED, manageSubjectTemplate: true };
  const inputs = ["images", "environment", "client-id", "tenant-id", "subscription-id"];
  const on = { workflow_call: { inputs: Object.fromEntries(inputs.map((it) => [it, {}])) } };
  const calling = (label: unknown) => {
    const content = JSON.stringify({ on, jobs: { sign: { "runs-on": label, steps: [] } } });
    return refusedWeb(
      { ids: "variables", trust },
      {
        azure: { registry: found({ ...REGISTRY, isPrivate: true }) },
        github: {
          reusableWorkflows: { [CALLED]: found({ content, repository: "contoso/shared" }) },
        },
      },
    ).map((it) => it.split(" | ")[0]);
  };

  test.each([
    ["ubuntu-24.04", ["countersign:registry"]],
    [["self-hosted", "linux"], []],
    [undefined, []],
  ])("whose job runs on %j", (label, expected) => {
    expect(calling(label)).toEqual(expected);
  });
});
