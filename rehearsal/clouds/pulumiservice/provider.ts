import { BRIDGED } from "../operations";
import type { ProviderTable, ResourceType } from "../table";
import type { Properties } from "../wire";

/** What exists on the embedded Pulumi Cloud, by the ids of the provider. */
export type PulumiService = Map<string, Properties>;

const STACK = ["organization", "project", "stack"];

/**
 * The embedded pulumiservice. Behavior: https://github.com/pulumi/pulumi-pulumiservice,
 * provider/pkg/resources@dc76a018, as far as Countersign uses it. Inputs: npm @pulumi/pulumiservice 1.3.0.
 */
export function pulumiServiceProvider(service: PulumiService): ProviderTable {
  return {
    name: "pulumiservice",
    version: "1.3.0",
    echoes: true,
    resources: [
      settings(service),
      oidcIssuer(service),
      schedule(service, "DriftSchedule", "drift", "scheduleCron", ["autoRemediate"], []),
      {
        // A TTL happens once, so another time is another schedule.
        ...schedule(
          service,
          "TtlSchedule",
          "ttl",
          "timestamp",
          ["deleteAfterDestroy"],
          ["timestamp"],
        ),
        check: ({ timestamp }) =>
          RFC_3339.test(String(timestamp))
            ? {}
            : { fault: `timestamp must be in RFC 3339 format: ${timestamp}` },
      },
    ],
    functions: [],
    rules: {
      ...BRIDGED,
      // Only the settings are deleted first (deployment_settings.go, Diff). All others have one of these.
      deletesFirst: (before) => !["scheduleCron", "timestamp", "url"].some((key) => key in before),
    },
  };
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An id that nothing has: a replacement exists for a while beside what it replaces. */
function freeId(service: PulumiService, idOf: (number: number) => string): number {
  let number = service.size;
  while (service.has(idOf(number))) number += 1;
  return number;
}

const placeOf = (inputs: Properties) => STACK.map((key) => inputs[key]).join("/");

function settings(service: PulumiService): ResourceType {
  return {
    ...stored(service),
    token: "pulumiservice:index:DeploymentSettings",
    required: STACK,
    optional: [
      ...["agentPoolId", "cacheOptions", "executorContext", "github"],
      ...["operationContext", "sourceContext", "vcs"],
    ],
    computed: [],
    replaceOn: STACK,
    create(inputs) {
      const id = placeOf(inputs);
      service.set(id, inputs);
      return { id, outputs: {} };
    },
    read(id) {
      const found = service.get(id);
      return found && { id, inputs: seen(found), outputs: {} };
    },
  };
}

/** A read leaves out empty paths (deployment_settings.go, ToPropertyMap). */
function seen(inputs: Properties): Properties {
  const { paths, ...vcs } = (inputs.vcs ?? {}) as Properties;
  const isEmpty = Array.isArray(paths) && paths.length === 0;
  return isEmpty ? { ...inputs, vcs } : inputs;
}

function oidcIssuer(service: PulumiService): ResourceType {
  return {
    ...stored(service),
    token: "pulumiservice:index:OidcIssuer",
    required: ["organization", "name", "url"],
    optional: ["policies", "thumbprints", "maxExpirationSeconds"],
    computed: [],
    replaceOn: ["organization", "url"],
    create(inputs) {
      const idOf = (number: number) => `${inputs.organization}/oidc-issuer-${number}`;
      const id = idOf(freeId(service, idOf));
      // One issuer has one registration in an organization.
      const isTaken = [...service].some(
        ([other, it]) => other.includes("/oidc-issuer-") && it.url === inputs.url,
      );
      if (isTaken) throw new Error("409 API error: issuer is already registered");
      service.set(id, inputs);
      return { id, outputs: {} };
    },
  };
}

function schedule(
  service: PulumiService,
  type: string,
  kind: "drift" | "ttl",
  when: string,
  optional: readonly string[],
  replaceOn: readonly string[],
): ResourceType {
  return {
    ...stored(service),
    token: `pulumiservice:index:${type}`,
    required: [...STACK, when],
    optional,
    computed: ["scheduleId"],
    replaceOn: [...STACK, ...replaceOn],
    create(inputs) {
      // Pulumi Cloud has schedules only for stacks with settings.
      if (!service.has(placeOf(inputs)))
        throw new Error("404 API error: deployment settings not found");
      const idOf = (number: number) => `${placeOf(inputs)}/${kind}/schedule-${number}`;
      const number = freeId(service, idOf);
      const [id, scheduleId] = [idOf(number), `schedule-${number}`];
      service.set(id, inputs);
      return { id, outputs: { scheduleId } };
    },
    update(id, inputs, before) {
      service.set(id, inputs);
      return { id, outputs: { scheduleId: before.scheduleId } };
    },
  };
}

function stored(service: PulumiService): Pick<ResourceType, "read" | "update" | "delete"> {
  return {
    read(id, _, { scheduleId }) {
      const inputs = service.get(id);
      return inputs && { id, inputs, outputs: scheduleId === undefined ? {} : { scheduleId } };
    },
    update(id, inputs) {
      service.set(id, inputs);
      return { id, outputs: {} };
    },
    delete(id) {
      service.delete(id);
    },
  };
}
