import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Grants } from "../../rehearsal/running/act/grants";
import { type RunOptions, type RunResult, runWorkflow } from "../../rehearsal/running/act/run";
import { type Services, startServices } from "../../rehearsal/running/services/services";
import type { Trust } from "../../rehearsal/running/verify";
import { MissingTools, tools } from "../../rehearsal/tools/tools";
import { RUN_TOOLS } from "../../rehearsal/tools/versions";
import { ENDPOINT, IMAGES, REPOSITORY_ID, SUBJECT, WORKFLOW } from "./generated";

export const SECRETS = {
  AZURE_CLIENT_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a01",
  AZURE_TENANT_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a02",
  AZURE_SUBSCRIPTION_ID: "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a03",
};

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
