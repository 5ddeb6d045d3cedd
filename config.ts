import * as pulumi from "@pulumi/pulumi";
import { hostProblems } from "./configuration/host-rules";
import { knownKeys } from "./configuration/known-keys";
import { isRecord } from "./configuration/lenient";
import { type Problem, refuse, schemaProblems, slipOf } from "./configuration/problems";
import { ruleProblems } from "./configuration/rules";
import { type Configuration, configurationSchema } from "./configuration/schema";

import { type GitHubHost, gitHubHost } from "./trust/hosts";

/** The stack's configuration, and what it takes from the providers' own. */
export type StackConfiguration = Configuration & {
  /** Owner of the repositories: `github:owner`. */
  readonly owner: string;
  /** Where GitHub runs: `github:baseUrl`. */
  readonly host: GitHubHost;
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
  if (isRecord(own.pipelines)) own.pipelines = withoutNulls(own.pipelines);
  const result = configurationSchema.safeParse(own);
  const path = (steps: readonly PropertyKey[]) => `${NAMESPACE}${steps.map(String).join(".")}`;
  const found = result.success ? [] : schemaProblems(result.error.issues, own, path, knownKeys);
  // A rule may find once more what has a wrong form.
  const known = new Set(found.map((it) => it.path));
  refuse("The configuration cannot be used", [
    ...found,
    ...ruleProblems(own.pipelines, `${NAMESPACE}pipelines`).filter((it) => !known.has(it.path)),
    ...providerProblems(all, environment, own),
    ...hostProblems(all, environment, own.pipelines),
  ]);

  const configuration = result.data as Configuration;
  const { identity, registry } = configuration;
  return {
    ...configuration,
    owner: all["github:owner"] as string,
    host: gitHubHost(all["github:baseUrl"] ?? environment.GITHUB_BASE_URL) as GitHubHost,
    identity: {
      resourceGroup: identity.resourceGroup ?? registry.resourceGroup,
      location: identity.location ?? (all["azure-native:location"] as string),
    },
  };
}

/** Keys of the providers that are read here too. */
const READ: Readonly<Record<string, readonly string[]>> = {
  "azure-native": ["environment", "location", "subscriptionId"],
  github: ["baseUrl", "organization", "owner"],
};

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
  if (!owner || !/^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/.test(owner)) {
    const allowed = "the login of the user or organisation that owns the repositories";
    report("github:owner", owner, allowed, "run `pulumi config set github:owner OWNER`");
  }
  // The provider prefers these, and fails with a 404 only during `up` (github.md, 3.2).
  const rivals = {
    GITHUB_OWNER: environment.GITHUB_OWNER,
    GITHUB_ORGANIZATION: environment.GITHUB_ORGANIZATION,
    "github:organization": all["github:organization"],
  };
  for (const [name, value] of Object.entries(rivals)) {
    if (!owner || !value || value.toLowerCase() === owner.toLowerCase()) continue;
    const allowed = `unset, or ${owner} like \`github:owner\``;
    report(name, value, allowed, "unset it: the provider prefers it");
  }
  for (const [key, value] of Object.entries(all)) {
    // The providers have many more keys, and ignore what is none.
    const [namespace = "", name = ""] = key.split(":");
    const known = READ[namespace] ?? [];
    const remedy = known.includes(name) ? undefined : slipOf(name, known);
    if (remedy) report(key, value, known.join(", "), remedy);
  }
  const identity = own.identity as { location?: unknown } | undefined;
  if (!identity?.location && !all["azure-native:location"]) {
    const remedy = "run `pulumi config set azure-native:location REGION`, or give it here";
    report("countersign:identity.location", undefined, "an Azure region", remedy);
  }
  return problems;
}

/** `web:` with nothing after it is how YAML writes nothing but defaults; `application:` too. */
function withoutNulls(pipelines: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(pipelines).map(([key, it]) => [key, filled(it)]));
}

function filled(pipeline: unknown): unknown {
  if (!isRecord(pipeline) || !isRecord(pipeline.identity)) return pipeline ?? {};
  const { identity } = pipeline;
  if (identity.application !== null) return pipeline;
  return { ...pipeline, identity: { ...identity, application: {} } };
}

/** Pulumi stores structured values as JSON and all others as they were typed. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
