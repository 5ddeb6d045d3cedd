import { AZURE_CLOUDS, type GitHubHost, gitHubHost } from "../trust/hosts";
import { isRecord, record } from "./lenient";
import type { Problem } from "./problems";

type Settings = Readonly<Record<string, string | undefined>>;

/** What holds between the hosts of both clouds and what the pipelines ask of them. */
export function hostProblems(all: Settings, environment: Settings, pipelines: unknown): Problem[] {
  return [...gitHubProblems(all, environment, pipelines), ...azureProblems(all, environment)];
}

function gitHubProblems(all: Settings, environment: Settings, pipelines: unknown): Problem[] {
  const given = {
    "github:baseUrl": all["github:baseUrl"],
    GITHUB_BASE_URL: environment.GITHUB_BASE_URL,
  };
  const problems = Object.entries(given)
    .filter(([, value]) => !gitHubHost(value))
    .map(([path, value]) => ({
      path,
      given: value,
      allowed:
        "https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3 (or https://HOST) of a GitHub Enterprise Server",
      remedy: "give the base URL of GitHub's REST API",
    }));
  const host = gitHubHost(given["github:baseUrl"] ?? given.GITHUB_BASE_URL);
  if (!host || host.kind === "cloud" || !isRecord(pipelines)) return problems;
  return [
    ...problems,
    ...Object.entries(pipelines).flatMap(([name, it]) => elsewhere(name, record(it), host)),
  ];
}

/** What is only known of github.com (github.md, 1.2; azure.md, 4.3). */
function elsewhere(
  name: string,
  pipeline: Readonly<Record<string, unknown>>,
  host: GitHubHost,
): Problem[] {
  const at = `countersign:pipelines.${name}`;
  const { subjects, tags, environment } = pipeline;
  const problems: Problem[] = [];
  if (host.kind === "server" && (subjects === "immutable" || subjects === "both")) {
    const allowed = `auto or names, as ${host.name} issues subjects of names only`;
    problems.push({ path: `${at}.subjects`, given: subjects, allowed, remedy: "leave it out" });
  }
  const patterns = Array.isArray(tags) && tags.some((tag) => String(tag).includes("*"));
  const { application, existingApplication } = record(pipeline.identity);
  if (patterns && environment === undefined && (application ?? existingApplication) !== undefined) {
    const allowed = `exact tags, as Entra takes patterns for tokens of github.com only, not of ${host.name}`;
    problems.push({ path: `${at}.tags`, given: tags, allowed, remedy: "add an `environment`" });
  }
  return problems;
}

function azureProblems(all: Settings, environment: Settings): Problem[] {
  const given = {
    "azure-native:environment": all["azure-native:environment"],
    ARM_ENVIRONMENT: environment.ARM_ENVIRONMENT,
  };
  const signing = Object.entries(AZURE_CLOUDS).flatMap(([name, { signs }]) =>
    signs ? [name] : [],
  );
  return Object.entries(given).flatMap(([path, value]) => {
    if (!value || signing.includes(value)) return [];
    const named = Object.hasOwn(AZURE_CLOUDS, value)
      ? `${value} has none`
      : `\`${value}\` is no cloud of Azure`;
    const allowed = `${signing.join(", ")}: the cloud that has Artifact Signing; ${named}`;
    return [
      { path, given: value, allowed, remedy: "remove it: images are signed in the public cloud" },
    ];
  });
}
