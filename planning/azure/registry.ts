import { parse } from "yaml";
import { isHosted } from "../../configuration/rules/pipeline-rules";
import { DEFAULT_RUNNER, type StackConfiguration } from "../../configuration/schema";
import type { PipelineRecord, RegistryAnswer, Snapshot } from "../../snapshot";
import { PENDING_LOGIN_SERVER } from "../../trust/pending";
import { REGISTRY_NAME } from "../../trust/resource-names";
import type { RegistryPermissions } from "../../trust/roles";
import type { RegistryScope } from "../../trust/scopes";
import { answerValue, existing } from "../answers";
import { type Report, under } from "../report";
import { checkOwnership } from "./created";
import { registryId } from "./places";

/** An existing registry, and how it decides about access. */
export type Registry = Omit<RegistryScope, "images"> & {
  /** Host that images are pushed to. */
  readonly loginServer: string;
};

/** The registry, and what could not be checked of it. */
export interface PlannedRegistry {
  readonly registry: Registry | undefined;
  readonly warnings: readonly string[];
}

const PATH = "countersign:registry";
const KIND = "an existing container registry";
const PORTAL = "The portal shows the mode in the registry's properties.";

/** A mode that is stated needs no permission to read it. A mode is never guessed. */
export function planRegistry(
  { registry: wanted, pipelines, host }: StackConfiguration,
  { azure: { client, registry: answer }, state, github }: Snapshot,
  report: Report,
): PlannedRegistry {
  const { permissions, name, resourceGroup } = wanted;
  const given = `${resourceGroup}/${name}`;
  const at = under(report, PATH);
  const ownership = {
    resource: REGISTRY_NAME,
    kind: "container registry",
    name,
    given,
    creates: wanted.create !== undefined,
    adopt: `name: ${name}`,
  } as const;
  if (!checkOwnership(ownership, answer.status, state.resources, at)) return NOTHING;
  if (wanted.create && answer.status === "missing") {
    const { publicNetworkAccess, allowedIps } = wanted.create;
    const isPrivate = !publicNetworkAccess || allowedIps !== undefined;
    if (isPrivate && host.kind !== "server") {
      checkRunners(pipelines, github.reusableWorkflows, given, at);
    }
    return fresh(wanted, wanted.create, client.subscriptionId);
  }
  if (answer.status === "forbidden" && permissions !== "auto" && !wanted.create) {
    return assumed(wanted, client.subscriptionId, permissions, Object.values(state.pipelines));
  }
  if (answer.status === "forbidden") {
    const fix = `Give your login the role Reader on the registry, or set \`permissions\` to rbac or abac. ${PORTAL} Azure said: ${answer.said}`;
    at("", given, "a container registry that your login can read", fix);
    return NOTHING;
  }
  if (answer.status === "unsupported") {
    at(
      "permissions",
      permissions,
      "rbac or abac, because Azure did not report the mode",
      old(answer.said),
    );
    return NOTHING;
  }
  const found = existing(answer, ["", given, KIND], at, MISSING);
  if (!found) return NOTHING;

  // A GitHub Enterprise Server has no runners of GitHub.
  if (found.isPrivate && host.kind !== "server")
    checkRunners(pipelines, github.reusableWorkflows, given, at);
  const mode = wanted.create ? ownMode(permissions) : modeOf(found, permissions, at);
  if (!mode) return NOTHING;
  const { id, name: spelled, loginServer, roleAssignmentMode: reported = "" } = found;
  const isChanged = wanted.create && MODES[reported] && MODES[reported] !== mode;
  const warning = `registry ${name} is in mode ${MODES[reported]} now: \`pulumi up --refresh\` sets it back to ${mode}`;
  return {
    registry: { id, name: spelled, loginServer, permissions: mode },
    warnings: isChanged ? [warning] : [],
  };
}

const MISSING =
  "Check the resource group and the name. If it is in another subscription, set `subscription`. To create it, write `create: { name: … }` in place of `name`.";

/** A registry that this run creates. Only without a label is its login server known before. */
function fresh(
  registry: StackConfiguration["registry"],
  { name, domainNameLabel }: NonNullable<StackConfiguration["registry"]["create"]>,
  own: string,
): PlannedRegistry {
  const isKnown = domainNameLabel === "Unsecure";
  const loginServer = isKnown ? `${name.toLowerCase()}.azurecr.io` : PENDING_LOGIN_SERVER;
  const permissions = ownMode(registry.permissions);
  return {
    registry: { id: registryId(registry, own), name, loginServer, permissions },
    warnings: [],
  };
}

/** The mode of a registry that the stack creates. */
function ownMode(stated: "auto" | RegistryPermissions): RegistryPermissions {
  return stated === "rbac" ? "rbac" : "abac";
}

const NOTHING: PlannedRegistry = { registry: undefined, warnings: [] };

/** An older azure-native ignores `apiVersion` and sends its own default. */
function old(said: string): string {
  const way = said.includes("'2025-11-01'")
    ? "This cloud does not have API version 2025-11-01 of container registries. Set the mode."
    : "This version of the azure-native plugin ignores `apiVersion`. Use 3.19.0 or later, or set the mode.";
  return `${way} ${PORTAL} Azure said: ${said}`;
}

const MODES: Readonly<Record<string, RegistryPermissions>> = {
  AbacRepositoryPermissions: "abac",
  LegacyRegistryPermissions: "rbac",
};

function modeOf(
  { name, roleAssignmentMode: reported }: RegistryAnswer,
  stated: "auto" | RegistryPermissions,
  report: Report,
): RegistryPermissions | undefined {
  const mode = MODES[reported ?? ""];
  if (stated === "auto") {
    if (mode) return mode;
    const said = reported === undefined ? "does not report a mode" : `reports the mode ${reported}`;
    const expected = `rbac or abac, because Azure ${said} for registry ${name}`;
    report("permissions", stated, expected, `Set the mode. ${PORTAL}`);
    return undefined;
  }
  if (mode && mode !== stated) {
    const expected = `auto, or ${mode}, which is the mode of registry ${name}`;
    const fix =
      "Correct the value or remove it. To change the mode, change it in the registry first.";
    report("permissions", stated, expected, fix);
  }
  return stated;
}

/** What follows from the configuration, and from what an earlier run read. */
function assumed(
  registry: StackConfiguration["registry"],
  own: string,
  permissions: RegistryPermissions,
  records: readonly PipelineRecord[],
): PlannedRegistry {
  const { name } = registry;
  const id = registryId(registry, own);
  const known = records
    .flatMap(({ plans }) => plans)
    .find(({ registry }) => registry.id.toLowerCase() === id.toLowerCase());
  const loginServer = known?.registry.loginServer ?? `${name.toLowerCase()}.azurecr.io`;
  const warning = `registry ${name} cannot be read, so its mode, its network rules and its login server ${loginServer} are not checked`;
  return { registry: { id, name, loginServer, permissions }, warnings: [warning] };
}

/** Runners of GitHub have changing public addresses. */
function checkRunners(
  pipelines: StackConfiguration["pipelines"],
  called: Snapshot["github"]["reusableWorkflows"],
  given: string,
  report: Report,
): void {
  const hosted = Object.entries(pipelines).flatMap(([name, { runner, trust }]) => {
    const answer = trust ? called[trust.workflow] : undefined;
    const runners = answer ? runnersOf(answerValue(answer)?.content ?? "") : [runner].flat();
    return runners.some(isHosted) ? [name] : [];
  });
  if (hosted.length === 0) return;
  const expected = `a registry that GitHub's runners can reach, because of ${hosted.join(", ")}: public network access is disabled, or denied by default`;
  const fix = `Set \`runner\` to the label of a runner inside the registry's network, or let all networks access the registry. ${DEFAULT_RUNNER} is a runner of GitHub.`;
  report("", given, expected, fix);
}

/** The labels of the jobs of a workflow. Its file can have any form. */
function runnersOf(text: string): string[] {
  try {
    const jobs = Object.values<Record<string, unknown> | null>(parse(text)?.jobs ?? {});
    return jobs.flatMap((job) => [job?.["runs-on"] ?? []].flat()).map(String);
  } catch {
    return [];
  }
}
