import { type Clouds, embeddedClouds } from "../../rehearsal/clouds/clouds";
import type { Intent } from "../../rehearsal/intent";
import { type ProofRow, prove } from "../../rehearsal/proof/prove";
import { runsOf } from "../../rehearsal/proof/runs";
import { strayTrust } from "../../rehearsal/proof/stray";
import { type Minted, mint } from "../../rehearsal/proof/token";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { config, world } from "../support/engine";
import { meant } from "../support/meant";

export const WORKFLOW = ".github/workflows/sign-image.yml";
export const SHARED = "octo/central/.github/workflows/sign.yml";
const READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
const WRITER = "2a1e307c-b015-4ebd-883e-5b7698a07328";
const SIGNER = "2837e146-70d7-4cfd-ad55-7efa6464f958";
const NAME = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

/** A workflow that signs, with the job as given. */
export function signing(job: string, on = "branches: [main]"): string {
  return `name: Sign image\non: { push: { ${on} } }\njobs:\n  sign:\n${job.replace(/^/gm, "    ")}\n`;
}

const login = (context: string) => `
    with:
      client-id: \${{ ${context}${context === "inputs." ? "client-id" : "AZURE_CLIENT_ID"} }}
      tenant-id: \${{ ${context}${context === "inputs." ? "tenant-id" : "AZURE_TENANT_ID"} }}
      subscription-id: \${{ ${context}${context === "inputs." ? "subscription-id" : "AZURE_SUBSCRIPTION_ID"} }}`;

/** A job that logs in with variables. */
export function ownJob(environment?: string): string {
  const line = environment ? `\nenvironment: ${environment}` : "";
  return `permissions: { id-token: write }${line}\nsteps:\n  - uses: azure/login@abc${login("vars.")}`;
}

/** A job that calls a reusable workflow. */
export function callingJob(uses: string, environment = ""): string {
  return `permissions: { id-token: write }\nuses: ${uses}${login("vars.").replace(/^ {4}/gm, "")}\n  environment: "${environment}"`;
}

/** A reusable workflow that signs. */
export const CALLABLE = `on:
  workflow_call:
    inputs: { images: {}, environment: {}, client-id: {}, tenant-id: {}, subscription-id: {} }
permissions: {}
jobs:
  sign:
    environment: \${{ inputs.environment }}
    permissions: { contents: read, id-token: write }
    steps:
      - uses: azure/login@abc${login("inputs.").replace(/^/gm, "    ")}
`;

export interface Building {
  readonly pipelines: Readonly<Record<string, object>>;
  readonly github?: Partial<WorldInput["github"]>;
  readonly azure?: Partial<WorldInput["azure"]>;
  /** Text of the committed workflows. */
  readonly workflow?: string;
  /** Subjects that are trusted, or expressions. */
  readonly trusted: readonly string[];
}

/** A stack as if it stood: one identity that all pipelines log in as, made without the program. */
export function built(it: Building): { clouds: Clouds; intents: Intent[] } {
  const base = world({
    repositories: Object.keys(it.pipelines).map((name, index) => ({ name, id: 7 + index })),
  });
  const given: WorldInput = {
    azure: { ...base.azure, ...it.azure },
    github: { ...base.github, ...it.github },
  };
  const stack = config({ "countersign:pipelines": it.pipelines });
  const clouds = embeddedClouds(parseWorld(given));
  const intents = meant(stack, given);
  const { azure, github } = clouds;
  const application = azure.addApplication("app");
  const principalId = azure.addServicePrincipal(application).objectId;
  for (const { repository: name } of intents) {
    const { settings, branches, variables } = github.repository(name);
    branches.get(settings.defaultBranch)?.set(WORKFLOW, it.workflow ?? signing(ownJob()));
    const stored = {
      AZURE_CLIENT_ID: application.clientId,
      AZURE_TENANT_ID: azure.world.tenantId,
      AZURE_SUBSCRIPTION_ID: azure.world.subscriptionId,
    };
    for (const [key, value] of Object.entries(stored)) {
      variables.set(key, { value, createdAt: "", updatedAt: "" });
    }
  }
  for (const [index, text] of it.trusted.entries()) {
    const flexible = text.startsWith("claims[");
    azure.credentials.set(`c${index}`, {
      id: `c${index}`,
      identityId: application.id,
      name: `c${index}`,
      issuer:
        github.host === "github.com"
          ? "https://token.actions.githubusercontent.com"
          : `https://${github.host}/_services/token`,
      audience: azure.audience,
      subject: flexible ? "" : text,
      ...(flexible && { expression: text }),
    });
  }
  const [registry] = azure.world.registries;
  const [account] = azure.world.signingAccounts;
  const images = intents.flatMap((intent) => intent.images);
  const condition = images.map((image) => `${NAME} StringEquals '${image}'`).join(" OR ");
  const grant = (roleGuid: string, scope: string, confined?: string) =>
    azure.assignments.set(roleGuid, {
      id: roleGuid,
      scope,
      principalId,
      roleGuid,
      condition: confined,
    });
  grant(READER, azure.registryId(registry!), condition);
  grant(WRITER, azure.registryId(registry!), condition);
  grant(SIGNER, azure.profileId(account!, "container-images"));
  return { clouds, intents };
}

/** A world's GitHub with the one repository `web`. */
export function repository(changes: object) {
  return { repositories: [{ name: "web", id: 7, ...changes }] };
}

/** What pushes to web's main branch present. */
export const MAIN = "repo:Contoso@5/web@7:ref:refs/heads/main";

/** One pipeline `web` that trusts its main branch. */
export function web(changes: Partial<Building> = {}): Building {
  return { pipelines: { web: {} }, trusted: [MAIN], ...changes };
}

/** The token of one run of `web`. */
export function minted(changes: Partial<Building> = {}, run = "push to branch main"): Minted {
  const { clouds, intents } = built(web(changes));
  const [intent] = intents;
  const found = intent && runsOf(intent).find(({ name }) => name === run);
  if (!found) throw new Error(`there is no run ${run}`);
  return mint(clouds.github, intent, found);
}

/** The row of one run of a pipeline. */
export function rowOf(it: Building, run: string): ProofRow {
  const { clouds, intents } = built(it);
  const row = prove(clouds, intents).find((found) => found.run === run);
  if (!row) throw new Error(`there is no run ${run}`);
  return row;
}

/** What a run comes to: Entra's answer, reaches and violations. */
export function outcome(it: Building, run: string) {
  const { exchange, reaches, violations } = rowOf(it, run);
  return { exchange, reaches, violations };
}

/** Logged in, and excused; turned away, or logged in as meant; logged in though it must not. */
export const reached = (reach: string) => ({ exchange: "token", reaches: [reach], violations: [] });
export const refused = (exchange: string) => ({ exchange, reaches: [], violations: [] });
export const violated = (run: string) => ({
  exchange: "token",
  reaches: [],
  violations: [`web, ${run}: logs in with federated credential c0`],
});

export function straysOf(it: Building): string[] {
  const { clouds, intents } = built(it);
  return strayTrust(clouds, intents);
}
