import * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse, schemaProblems } from "./configuration/problems";
import { ruleProblems } from "./configuration/rules";
import { type Configuration, configurationSchema, knownKeys } from "./configuration/schema";

/** The stack's configuration, and what it takes from the providers' own. */
export type StackConfiguration = Configuration & {
  /** Owner of the repositories: `github:owner`. */
  readonly owner: string;
  readonly identity: { readonly resourceGroup: string; readonly location: string };
};

const NAMESPACE = "countersign:";

/** Reads and checks the whole configuration; throws one error that names everything wrong. */
export function readConfiguration(): StackConfiguration {
  return checkConfiguration(pulumi.runtime.allConfig(), process.env);
}

/** The same over plain data: full keys, values as Pulumi stores them. */
export function checkConfiguration(
  all: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
): StackConfiguration {
  const own = Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(NAMESPACE))
      .map(([key, value]) => [key.slice(NAMESPACE.length), parsed(value)]),
  );
  const result = configurationSchema.safeParse(own);
  const path = (steps: readonly PropertyKey[]) => `${NAMESPACE}${steps.map(String).join(".")}`;
  const found = result.success ? [] : schemaProblems(result.error.issues, own, path, knownKeys);
  refuse("The configuration cannot be used", [
    ...found,
    ...ruleProblems(own.pipelines, `${NAMESPACE}pipelines`),
    ...providerProblems(all, environment, own),
  ]);

  const configuration = result.data as Configuration;
  const { identity, registry } = configuration;
  return {
    ...configuration,
    owner: all["github:owner"] as string,
    identity: {
      resourceGroup: identity.resourceGroup ?? registry.resourceGroup,
      location: identity.location ?? (all["azure-native:location"] as string),
    },
  };
}

/** What of the providers' configuration decides whether ours is right. */
function providerProblems(
  all: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, unknown>>,
): Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, given: unknown, allowed: string, remedy: string) =>
    problems.push({ path, given, allowed, remedy });

  const owner = all["github:owner"];
  if (!owner) {
    const remedy = "run `pulumi config set github:owner OWNER`";
    report(
      "github:owner",
      undefined,
      "the user or organisation that owns the repositories",
      remedy,
    );
  }
  // The provider prefers the variable, and fails with a 404 only during `up` (github.md, 3.2).
  const variable = environment.GITHUB_OWNER;
  if (owner && variable && variable.toLowerCase() !== owner.toLowerCase()) {
    const allowed = `unset, or ${owner} like \`github:owner\``;
    report("GITHUB_OWNER", variable, allowed, "unset it: the provider prefers the variable");
  }
  if (all["github:baseUrl"]) {
    const allowed = "unset: github.com only, as other hosts issue tokens with another issuer";
    report("github:baseUrl", all["github:baseUrl"], allowed, "remove it");
  }
  const cloud = all["azure-native:environment"];
  if (cloud && cloud !== "public") {
    const allowed = "public: Artifact Signing is in no other Azure cloud";
    report("azure-native:environment", cloud, allowed, "remove it");
  }
  const identity = own.identity as { location?: unknown } | undefined;
  if (!identity?.location && !all["azure-native:location"]) {
    const remedy = "run `pulumi config set azure-native:location REGION`, or give it here";
    report("countersign:identity.location", undefined, "an Azure region", remedy);
  }
  return problems;
}

/** Pulumi stores structured values as JSON and all others as they were typed. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
