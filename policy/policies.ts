import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { exactSubjects, knownIssuers } from "./credential-rules";
import { plain } from "./plain";
import { pinnedReusableWorkflows } from "./reusable-workflows";
import { conditionedRoles, narrowRoles } from "./role-rules";
import type { ResourceRule, Settings, StackResource, StackRule } from "./rule";
import { signersWithoutPullRequests } from "./signers";
import { readableWorkflows } from "./workflow-file";
import { leastPermissions, noForeignCode, pinnedActions } from "./workflow-rules";

/** Further issuers: of a GitHub Enterprise Server, or of a cluster whose pods log in to Azure. */
const ISSUERS: PolicyConfigSchema = {
  properties: { issuers: { type: "array", items: { type: "string" }, default: [] } },
};

/** All policies of the pack. Each is mandatory, unless the configuration of the pack says otherwise. */
export const policies: Policies = [
  resourcePolicy(narrowRoles),
  resourcePolicy(conditionedRoles),
  stackPolicy(signersWithoutPullRequests),
  resourcePolicy(knownIssuers, ISSUERS),
  resourcePolicy(exactSubjects),
  resourcePolicy(readableWorkflows),
  resourcePolicy(pinnedActions),
  stackPolicy(pinnedReusableWorkflows),
  resourcePolicy(leastPermissions),
  resourcePolicy(noForeignCode),
];

function resourcePolicy(
  { name, description, isAbout, check }: ResourceRule,
  configSchema?: PolicyConfigSchema,
): ResourceValidationPolicy {
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    ...(configSchema && { configSchema }),
    validateResource: ({ type, props, getConfig }, report) => {
      if (!isAbout(type)) return;
      for (const it of check(plain(props), getConfig<Settings>())) report(it);
    },
  };
}

function stackPolicy({ name, description, check }: StackRule): StackValidationPolicy {
  return {
    name,
    description,
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, report) => {
      for (const { message, urn } of check(resources.map(stackResource))) report(message, urn);
    },
  };
}

function stackResource({ urn, type, props, propertyDependencies }: PolicyResource): StackResource {
  const dependencies = Object.entries(propertyDependencies).map(
    ([property, on]) => [property, on.map((it) => it.urn)] as const,
  );
  return { urn, type, properties: plain(props), dependencies: Object.fromEntries(dependencies) };
}
