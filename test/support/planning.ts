import type { Problem } from "../../configuration/problems";
import { readConfiguration } from "../../configuration/read";
import type { StackConfiguration } from "../../configuration/schema";
import { planStack } from "../../planning/plan-stack";
import type { PipelinePlan, StackPlan } from "../../planning/stack-plan";
import type {
  Answer,
  EnvironmentAnswer,
  PipelineRecord,
  RepositorySnapshot,
  Snapshot,
  StateResource,
} from "../../snapshot";
import { type Config, config } from "./config";

export const WORKFLOW = ".github/workflows/sign-image.yml";
export const REGISTRY_ID =
  "/subscriptions/sub-1/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages";
export const PROFILE_ID =
  "/subscriptions/sub-1/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images";

export const found = <T>(value: T): Answer<T> => ({ status: "found", value });
export const missing = { status: "missing" } as const;
export const forbidden = { status: "forbidden", said: "403: not yours" } as const;

type Changes<T> = { readonly [K in keyof T]?: T[K] };

/** What GitHub says of a repository of Contoso with one commit, and nothing else. */
export function repository(changes: Changes<RepositorySnapshot> = {}): RepositorySnapshot {
  const { name = "web", id = 7 } = changes;
  return {
    id,
    name,
    owner: { login: "Contoso", id: 5, type: "Organization" },
    private: false,
    visibility: "public",
    archived: false,
    defaultBranch: "main",
    url: `https://github.com/Contoso/${name}`,
    empty: false,
    subjects: found({ use_default: true, sub_claim_prefix: `repo:Contoso@5/${name}@${id}` }),
    rules: { rules: found([]), rulesets: {} },
    files: {},
    environments: {},
    settings: found([]),
    ...changes,
  };
}

/** An environment on GitHub that lets in some refs: `branch main`, `tag v*`. */
export function environment(
  name: string,
  policies?: readonly string[],
): Record<string, Answer<EnvironmentAnswer>> {
  const selective = policies !== undefined;
  return { [name]: found({ name, selective, policies: [...(policies ?? [])].sort() }) };
}

export interface SnapshotChanges {
  readonly azure?: Changes<Snapshot["azure"]>;
  readonly github?: Changes<Snapshot["github"]>;
  /** By pipeline. Default: one repository `web`. */
  readonly repositories?: Readonly<Record<string, RepositorySnapshot | Answer<RepositorySnapshot>>>;
  readonly resources?: readonly StateResource[];
  readonly records?: Readonly<Record<string, PipelineRecord>>;
  readonly timestampRoot?: Snapshot["timestampRoot"];
  readonly signingRoot?: Snapshot["signingRoot"];
}

/** A snapshot that fits `config()`, with the changes a test is about. */
export function snapshot(changes: SnapshotChanges = {}): Snapshot {
  const repositories = Object.entries(changes.repositories ?? { web: repository() });
  return {
    stack: { project: "countersign", name: "test" },
    ...(changes.timestampRoot && { timestampRoot: changes.timestampRoot }),
    ...(changes.signingRoot && { signingRoot: changes.signingRoot }),
    azure: {
      client: { tenantId: "tenant-1", subscriptionId: "sub-1" },
      registry: found({
        id: REGISTRY_ID,
        name: "contosoimages",
        loginServer: "contosoimages.azurecr.io",
        roleAssignmentMode: "AbacRepositoryPermissions",
      }),
      account: found({ name: "contoso-signing", endpoint: "https://weu.codesigning.azure.net/" }),
      profile: found({
        id: PROFILE_ID,
        name: "container-images",
        status: "Active",
        type: "PublicTrust",
        subject: "CN=Contoso, O=Contoso, L=Redmond, ST=Washington, C=US",
      }),
      identities: {},
      applications: {},
      ...changes.azure,
    },
    github: {
      users: {},
      teams: {},
      reusableWorkflows: {},
      ...changes.github,
      repositories: Object.fromEntries(
        repositories.map(([name, it]) => [name, "status" in it ? it : found(it)]),
      ),
    },
    state: { resources: changes.resources ?? [], pipelines: changes.records ?? {} },
  };
}

/** A configuration as Pulumi stores it. */
export function stored(given: Config): Record<string, string> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

export function configurationOf(given: Config): StackConfiguration {
  const { configuration, problems } = readConfiguration(stored(given));
  if (!configuration) throw new Error(`not a configuration: ${JSON.stringify(problems)}`);
  return configuration;
}

/** One pipeline `web`, with the changes a test is about. */
export const web = (pipeline: object = {}, rest: Config = {}): Config =>
  config({ "countersign:pipelines": { web: pipeline }, ...rest });

/** The plan of a stack; throws where there is a problem. */
export function planned(given: Config = config(), there: Snapshot = snapshot()): StackPlan {
  const { plan, problems } = planStack(configurationOf(given), there);
  if (!plan) throw new Error(JSON.stringify(problems, undefined, 2));
  return plan;
}

/** The plan of its pipeline `web`. */
export function plannedWeb(pipeline: object = {}, changes: SnapshotChanges = {}): PipelinePlan {
  return planned(web(pipeline), snapshot(changes)).pipelines[0] as PipelinePlan;
}

/** What keeps a stack from being declared. */
export function problemsOf(
  given: Config = config(),
  there: Snapshot = snapshot(),
): readonly Problem[] {
  return planStack(configurationOf(given), there).problems;
}

/** A run of the program: what it wants, then what it wrote and recorded, for the next run. */
export interface Ran {
  readonly plan: PipelinePlan;
  readonly record: PipelineRecord;
}
