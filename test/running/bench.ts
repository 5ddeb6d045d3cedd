import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Grants } from "../../rehearsal/running/grants";
import { type RunOptions, type RunResult, runWorkflow } from "../../rehearsal/running/run";
import { type Services, startServices } from "../../rehearsal/running/services";
import type { Trust } from "../../rehearsal/running/verify";
import { MissingTools, tools } from "../../rehearsal/tools/tools";
import { RUN_TOOLS } from "../../rehearsal/tools/versions";
import type { VerifierTrust } from "../../trust/verification";
import { microsoftRoot } from "../../workflow/certificate";
import { DEFAULT_IMAGE_TAGS } from "../../workflow/images";
import { renderWorkflow } from "../../workflow/render";
import { type SignImagePlan, signImageWorkflow } from "../../workflow/sign-image";
import type { SigningPlan } from "../../workflow/steps/sign";
import { type VerifyImagePlan, verifyImageWorkflow } from "../../workflow/verify-image";

export const WORKFLOW = ".github/workflows/sign-image.yml";
const REPOSITORY_ID = 821093847;
export const SUBJECT = "C=US, ST=Washington, L=Redmond, O=Contoso\\, Inc., CN=Contoso Images";
/** What verifiers compare. */
export const TRUSTED = "C=US, ST=Washington, O=Contoso\\, Inc.";
const ENDPOINT = "https://weu.codesigning.azure.net/";

export const SECRETS = {
  AZURE_CLIENT_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a01",
  AZURE_TENANT_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a02",
  AZURE_SUBSCRIPTION_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a03",
};

const IMAGES = [
  { name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] },
  {
    name: "team/worker",
    context: "worker",
    dockerfile: "Dockerfile",
    platforms: ["linux/amd64", "linux/arm64"],
  },
];

export interface Wanted {
  readonly signWith?: SigningPlan["signWith"];
  readonly images?: 1 | 2;
  readonly environment?: string;
  readonly runner?: SignImagePlan["runner"];
  /** What is signed in addition. */
  readonly sign?: Partial<Pick<SigningPlan, "metadata" | "platforms" | "referrers">>;
  readonly plan?: Partial<SignImagePlan>;
}

/** What a test changes of a run that would succeed. */
export interface Changes {
  readonly ref?: string;
  readonly repositoryId?: number;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly grants?: Partial<Grants>;
  readonly leafSeconds?: number;
  readonly signal?: AbortSignal;
  readonly isolate?: boolean;
  /** Inputs of a start by hand. Default: a push starts the run. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Whether a schedule starts the run. */
  readonly scheduled?: boolean;
  /** Files that the pushed commit changes. */
  readonly changed?: readonly string[];
  /** Other files of the repository, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Path of the workflow that is started. */
  readonly start?: string;
  readonly onStep?: RunOptions["onStep"];
  readonly leftBehind?: RunOptions["leftBehind"];
}

/** What verifiers trust on this machine. */
export function trustOf(services: Services, names: readonly string[]): VerifierTrust {
  return {
    subject: TRUSTED,
    signingRoot: services.signingRootPem,
    timestampRoot: services.timestampRootPem,
    statements: names.map((name) => ({
      name: `countersign/dev/${name}`,
      scopes: [`${services.loginServer}/${name}`],
    })),
  };
}

/** A workflow as Countersign generates it; addresses are those of real services, if any. */
export function generated(wanted: Wanted, services?: Services): string {
  const mirror = { url: "https://mirror.example/file.tar.gz", sha256: "0".repeat(64) };
  const { notation = mirror, plugin = mirror } = services?.downloads ?? {};
  const plan: SignImagePlan = {
    workflow: WORKFLOW,
    repositoryId: REPOSITORY_ID,
    runner: wanted.runner ?? "ubuntu-24.04",
    timeoutMinutes: 60,
    branches: ["main"],
    tags: ["v*"],
    environment: wanted.environment,
    build: true,
    push: true,
    source: { submodules: "", lfs: "", imageTags: DEFAULT_IMAGE_TAGS.join("\n") },
    settings: { kind: "secrets", suffix: "" },
    images: IMAGES.slice(0, wanted.images ?? 1),
    registry: { name: "contoso", loginServer: services?.loginServer ?? "contoso.azurecr.io" },
    signing: {
      account: "contoso-signing",
      profile: "container-images",
      endpoint: ENDPOINT,
      timestampUrl: services?.timestampUrl ?? "http://timestamp.acs.microsoft.com/",
      timestampRoot: services?.timestampRootPem ?? microsoftRoot(),
      signWith: wanted.signWith ?? "cli",
      metadata: wanted.signWith !== "action",
      platforms: false,
      referrers: false,
      verify: true,
      ...wanted.sign,
      // All machines get the archives of this one.
      downloads: {
        notation: { ...notation, arm64: notation },
        plugin: { ...plugin, arm64: plugin },
      },
    },
    ...(services && {
      trust: trustOf(
        services,
        IMAGES.map(({ name }) => name),
      ),
    }),
    ...wanted.plan,
  };
  return renderWorkflow(signImageWorkflow(plan), ["Generated by Countersign."]);
}

/** A workflow that verifies, as Countersign generates it. */
export function verifying(services: Services, trust: VerifierTrust): string {
  const { notation } = services.downloads;
  const plan: VerifyImagePlan = {
    registry: { name: "contoso", loginServer: services.loginServer },
    repositoryId: REPOSITORY_ID,
    images: IMAGES.map(({ name }) => name),
    trust,
    settings: { kind: "variables", suffix: "_WEB_VERIFIER" },
    notation: { ...notation, arm64: notation },
    runner: "ubuntu-24.04",
    schedule: "23 5 * * *",
  };
  return renderWorkflow(verifyImageWorkflow(plan), ["Generated by Countersign."]);
}

export class Bench {
  constructor(
    readonly services: Services,
    readonly tools: Record<(typeof RUN_TOOLS)[number], string>,
  ) {}

  /** What a verifier trusts that trusts these signatures. */
  get trust(): Trust & { notation: string; registry: Services } {
    return {
      notation: this.tools.notation,
      registry: this.services,
      subject: SUBJECT,
      caRootPem: this.services.signingRootPem,
      tsaRootPem: this.services.timestampRootPem,
    };
  }

  /** Commits the workflow to an empty repository, pushes, and lets it run. */
  async run(workflow: string, changes: Changes = {}): Promise<RunResult> {
    const repository = mkdtempSync(join(tmpdir(), "countersign-committed-"));
    const { services, tools: paths } = this;
    try {
      mkdirSync(dirname(join(repository, WORKFLOW)), { recursive: true });
      writeFileSync(join(repository, WORKFLOW), workflow);
      for (const [path, text] of Object.entries(changes.files ?? {})) {
        mkdirSync(dirname(join(repository, path)), { recursive: true });
        writeFileSync(join(repository, path), text);
      }
      return await runWorkflow({
        repository,
        workflow: changes.start ?? WORKFLOW,
        event: {
          inputs: changes.inputs,
          scheduled: changes.scheduled,
          changed: changes.changed,
          ref: changes.ref ?? "refs/heads/main",
          repositoryId: changes.repositoryId ?? REPOSITORY_ID,
        },
        secrets: changes.secrets ?? SECRETS,
        variables: changes.variables,
        grants: { ...this.grants(), ...changes.grants },
        services,
        tools: paths,
        leafSeconds: changes.leafSeconds,
        onStep: changes.onStep,
        leftBehind: changes.leftBehind,
        signal: changes.signal,
        isolate: changes.isolate,
      });
    } finally {
      rmSync(repository, { recursive: true, force: true });
    }
  }

  private grants(): Grants {
    const { loginServer, user, password } = this.services;
    return {
      clientId: SECRETS.AZURE_CLIENT_ID,
      tenantId: SECRETS.AZURE_TENANT_ID,
      subscriptionId: SECRETS.AZURE_SUBSCRIPTION_ID,
      exchange: "ok",
      audience: "api://AzureADTokenExchange",
      registry: { name: "contoso", loginServer, user, password },
      push: IMAGES.map(({ name }) => name),
      sign: { account: "contoso-signing", profile: "container-images", endpoint: ENDPOINT },
      subject: SUBJECT,
    };
  }
}

/**
 * Services for the tests of a file. Where this machine lacks a tool, they are skipped and it is
 * said which; in CI they fail.
 */
export function useBench(options: { readonly referrers?: boolean } = {}): () => Bench {
  let bench: Bench | undefined;
  let lacking = "";
  beforeAll(async () => {
    try {
      const paths = await tools(RUN_TOOLS, { onProgress: console.log });
      bench = new Bench(await startServices({ tools: paths, ...options }), paths);
    } catch (error) {
      if (!(error instanceof MissingTools) || process.env.CI === "true") throw error;
      lacking = error.message;
      console.warn(`NO WORKFLOW IS RUN: ${lacking}`);
    }
  });
  beforeEach((context) => {
    if (!bench) context.skip(lacking);
  });
  afterAll(() => bench?.services.stop());
  return () => bench as Bench;
}
