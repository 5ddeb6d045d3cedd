import { type GitHubHost, gitHubHost } from "../trust/hosts";
import { environmentRules } from "./environment-schema";
import { identityRules } from "./identity-schema";
import { pipelineRules } from "./pipeline-rules";
import { isRecord, type Problem, reporter, valueAt } from "./problems";
import { providerProblems, type Settings } from "./provider-rules";
import * as schema from "./schema";
import { schemaProblems } from "./schema-problems";
import { type NamedPipeline, sharingRules } from "./sharing-rules";

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
      .filter(([key]) => key.startsWith(NAMESPACE))
      .map(([key, value]) => [key.slice(NAMESPACE.length), parse(value)]),
  );
  const { data, error } = schema.stackSchema.safeParse(written);
  const problems = schemaProblems(schema.stackSchema, error?.issues ?? [], written, NAMESPACE);
  const host = gitHubHost(values["github:baseUrl"] ?? environment.GITHUB_BASE_URL);
  const pipelines = Object.entries(isRecord(written.pipelines) ? written.pipelines : {}).flatMap(
    // `web:` without a value is a pipeline with defaults.
    ([name, input]) => readPipeline(name, input ?? {}, host, problems) ?? [],
  );
  sharingRules(pipelines);
  const hasLocation = valueAt(written, ["identity", "location"]) !== undefined;
  problems.push(...providerProblems({ ...environment, ...values }, hasLocation));

  const owner = values["github:owner"];
  const location = data?.identity.location ?? values["azure-native:location"];
  if (problems.length > 0 || !data || !host || !owner || !location) return { problems };
  const { resourceGroup = data.registry.resourceGroup } = data.identity;
  const configuration = {
    ...data,
    owner,
    host,
    identity: { resourceGroup, location },
    pipelines: Object.fromEntries(pipelines.map(({ name, pipeline }) => [name, pipeline])),
  };
  return { configuration, problems };
}

/** Reads one pipeline and adds its problems. Undefined: its shape is wrong. */
function readPipeline(
  name: string,
  input: unknown,
  host: GitHubHost | undefined,
  problems: Problem[],
): NamedPipeline | undefined {
  const root = `${NAMESPACE}pipelines.${name}`;
  const { data, error } = schema.pipelineSchema.safeParse(input);
  problems.push(...schemaProblems(schema.pipelineSchema, error?.issues ?? [], input, root));
  if (!data) return undefined;
  const pipeline = schema.pipelineConfiguration(name, data);
  const report = reporter(problems, root, input);
  environmentRules(data.environment, report);
  identityRules(data.identity, report);
  pipelineRules(pipeline, host, report);
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
