import { type GitHubHost, gitHubHost } from "../trust/hosts";
import { withMisplacedKeys } from "./misplaced-keys";
import { isRecord, type Problem, reporter, valueAt } from "./problems";
import { buildRules } from "./rules/build-rules";
import { pipelineRules } from "./rules/pipeline-rules";
import { providerProblems, type Settings } from "./rules/provider-rules";
import { type NamedPipeline, sharingRules } from "./rules/sharing-rules";
import * as schema from "./schema";
import { schemaProblems } from "./schema-problems";
import { creationRules, eitherRule } from "./schemas/creation-schema";
import { environmentRules } from "./schemas/environment-schema";
import { logicalName } from "./schemas/fields";
import { identityRules } from "./schemas/identity-schema";

const NAMESPACE = "countersign:";

/**
 * Reads and checks the configuration of a stack: its values by full key, as Pulumi stores them, and
 * the environment variables that the providers read. Either there are problems, or a configuration.
 */
export function readConfiguration(
  values: Readonly<Record<string, string>>,
  environment: Settings = {},
): { readonly configuration?: schema.StackConfiguration; readonly problems: readonly Problem[] } {
  const written = Object.fromEntries(
    Object.entries(values)
      // `Pulumi.yaml` must give every key a default. These values mean that the user wrote nothing.
      .filter(([key, value]) => key.startsWith(NAMESPACE) && value !== "")
      .filter(([key, value]) => key !== `${NAMESPACE}cluster` || value !== "{}")
      .map(([key, value]) => [key.slice(NAMESPACE.length), parse(value)]),
  );
  // `pipelines:` without a value has no pipeline.
  if (written.pipelines === null) written.pipelines = {};
  const { data, error } = schema.stackSchema.safeParse(written);
  const problems = schemaProblems(schema.stackSchema, error?.issues ?? [], written, NAMESPACE);
  const host = gitHubHost(values["github:baseUrl"] ?? environment.GITHUB_BASE_URL);
  const pipelines = Object.entries(isRecord(written.pipelines) ? written.pipelines : {}).flatMap(
    // `web:` without a value is a pipeline with defaults.
    ([name, input]) => readPipeline(name, input ?? {}, host, data?.issuer, problems) ?? [],
  );
  sharingRules(pipelines);
  const region = values["azure-native:location"] ?? "";
  const report = reporter(problems, NAMESPACE, written);
  eitherRule(written.registry, report);
  if (data) creationRules(data, region, report);
  const issuer = data?.issuer;
  if (issuer && host && !`${issuer}/`.startsWith(`${host.issuer}/`)) {
    const expected = `${host.issuer}, or ${host.issuer}/ENTERPRISE`;
    const fix = "Copy the value of `iss` from the log of azure/login.";
    problems.push({ path: `${NAMESPACE}issuer`, given: issuer, expected, fix });
  }
  const hasLocation = valueAt(written, ["identity", "location"]) !== undefined;
  problems.push(...providerProblems({ ...environment, ...values }, hasLocation));
  const known = Object.keys(schema.stackSchema.shape);
  const all = withMisplacedKeys(values, known, problems);

  const owner = values["github:owner"];
  const location = data?.identity.location ?? values["azure-native:location"];
  if (all.length > 0 || !data || !host || !owner || !location) return { problems: all };
  // Without a group of its own, the identity is created beside the registry.
  const { resourceGroup, subscription } = data.identity;
  const beside = resourceGroup === undefined ? data.registry : undefined;
  const configuration = {
    ...data,
    ...schema.named(data),
    owner,
    host,
    issuer: data.issuer ?? host.issuer,
    identity: {
      resourceGroup: resourceGroup ?? data.registry.resourceGroup,
      subscription: subscription ?? beside?.subscription,
      location: shortRegion(location),
    },
    pipelines: Object.fromEntries(pipelines.map(({ name, pipeline }) => [name, pipeline])),
  };
  return { configuration, problems: all };
}

/** Whether the key of a problem is one of the stack, and stands in a pipeline. */
function isOfStack(path: string, root: string): boolean {
  const key = path.slice(root.length + 1);
  return key in schema.stackSchema.shape && !(key in schema.pipelineSchema.shape);
}

function ofStack(problem: Problem): Problem {
  const key = problem.path.split(".").at(-1);
  const fix = `Write \`${NAMESPACE}${key}\`. The key applies to all pipelines of the stack.`;
  return { ...problem, expected: "no such key in a pipeline", fix };
}

/** `West Europe` and `westeurope` are one region. */
export function shortRegion(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

/** Reads one pipeline and adds its problems. Undefined: its shape is wrong. */
function readPipeline(
  name: string,
  input: unknown,
  host: GitHubHost | undefined,
  issuer: string | undefined,
  problems: Problem[],
): NamedPipeline | undefined {
  const root = `${NAMESPACE}pipelines.${name}`;
  const { data, error } = schema.pipelineSchema.safeParse(input);
  const found = schemaProblems(schema.pipelineSchema, error?.issues ?? [], input, root);
  problems.push(...found.map((it) => (isOfStack(it.path, root) ? ofStack(it) : it)));
  if (!data) return undefined;
  // A key that cannot be the name of a repository is reported once, and not as an image's name too.
  const isKey = logicalName.safeParse(name).success;
  const repository = isKey ? name : name.replace(/[^A-Za-z0-9]/g, "") || "repository";
  const pipeline = schema.pipelineConfiguration(repository, data);
  const report = reporter(problems, root, input);
  environmentRules(data.environment, report);
  identityRules(data.identity, report);
  buildRules(data, report);
  pipelineRules(pipeline, data.tags, host, issuer, report);
  return { name, pipeline, report };
}

/** Pulumi stores structured values as JSON, and all others as text. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
