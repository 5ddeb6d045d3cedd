import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { parse, stringify } from "yaml";
import type { Clouds } from "../clouds/clouds";
import type { Engine } from "./find";
import { keyService } from "./key-service";
import { withoutLeftHandlers } from "./left-handlers";

/**
 * gRPC shares connections by address. A new engine can listen on the port of an earlier engine. Its
 * dead connection must not be reused.
 */
Object.assign((settings as unknown as { grpcClientOptions: object }).grpcClientOptions, {
  "grpc.use_local_subchannel_pool": 1,
});

/** One operation of the engine, with the number of resources for each kind of change. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly unchanged: number;
}

export type Operation = "preview" | "up" | "refresh" | "destroy";

/** An engine and a stack in a temporary folder, attached to embedded clouds. */
export interface Session {
  run(operation: Operation, name: string, options?: RunOptions): Promise<Phase>;
  outputs(): Promise<OutputMap>;
  readonly stack: Stack;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly onEvent?: (event: EngineEvent) => void;
  readonly replace?: string[];
  /** Whether `destroy` leaves what is protected. Default: it fails there. */
  readonly excludeProtected?: boolean;
  readonly signal?: AbortSignal;
}

export interface SessionSettings {
  readonly engine: Engine;
  readonly clouds: Clouds;
  readonly program: PulumiFn;
  /** Text of the project file and the stack file. */
  readonly project: string;
  readonly stack: { readonly name: string; readonly text: string };
}

/** A failed operation, with the errors that the engine reported. */
export class OperationError extends Error {
  constructor(
    readonly operation: string,
    readonly reason: string,
  ) {
    super(`${operation} failed: ${reason}`);
    this.name = "OperationError";
  }
}

export async function openSession(settings: SessionSettings): Promise<Session> {
  const { engine, clouds, program } = settings;
  const folder = mkdtempSync(join(tmpdir(), "countersign-"));
  const [state, workDir] = [join(folder, "state"), join(folder, "project")];
  for (const it of [state, workDir]) mkdirSync(it);
  // The program is not in this folder, so the project must not say where it is.
  const { main: _, ...project } = parse(settings.project);
  writeFileSync(join(workDir, "Pulumi.yaml"), stringify(project));
  writeFileSync(join(workDir, `Pulumi.${settings.stack.name}.yaml`), settings.stack.text);
  const providers = await clouds.open();
  const keys = await keyService();
  const closeAll = () => {
    for (const it of [...providers, keys]) it.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const stack = await LocalWorkspace.createStack(
      { stackName: settings.stack.name, projectName: project.name, program },
      {
        workDir,
        pulumiCommand: engine.command,
        pulumiHome: join(folder, "home"),
        secretsProvider: keys.provider,
        envVars: {
          ...keys.environment,
          PULUMI_BACKEND_URL: `file://${state}`,
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
          // The engine runs for a second. Garbage collection would take a fifth of that time.
          GOGC: "400",
          PULUMI_DEBUG_PROVIDERS: providers.map(({ name, port }) => `${name}:${port}`).join(","),
        },
      },
    );
    const outputs = stack.outputs.bind(stack);
    // After each `up`, the Automation API runs the CLI three more times to read these. That takes
    // half of the time of `up`, and nobody uses the result.
    stack.outputs = async () => ({});
    stack.info = async () => undefined;
    return {
      stack,
      run: (operation, name, options = {}) =>
        withoutLeftHandlers(() => runPhase(stack, operation, name, options)),
      outputs,
      close: async () => closeAll(),
    };
  } catch (failure) {
    closeAll();
    throw failure;
  }
}

/** Each error once. The engine also says that an operation failed, which gives no reason. */
export function reasonOf(errors: readonly string[]): string {
  return [...new Set(errors)].filter((it) => !/^\w+ failed$/.test(it)).join("\n");
}

async function runPhase(
  stack: Stack,
  operation: Operation,
  name: string,
  { onEvent, replace, excludeProtected, signal }: RunOptions,
): Promise<Phase> {
  const counts: Record<string, number> = {};
  const errors: string[] = [];
  const started = performance.now();
  const options = {
    signal,
    onOutput: () => {},
    onEvent: (event: EngineEvent) => {
      Object.assign(counts, event.summaryEvent?.resourceChanges);
      const { severity, message } = event.diagnosticEvent ?? {};
      if (severity === "error" && message)
        errors.push(message.replace(/<\{%[^%]*%\}>/g, "").trim());
      onEvent?.(event);
    },
  };
  try {
    signal?.throwIfAborted();
    if (operation === "preview") await stack.preview({ ...options, replace });
    else if (operation === "up") await stack.up({ ...options, replace });
    else if (operation === "refresh") await stack.refresh(options);
    else await stack.destroy({ ...options, excludeProtected });
    // A signal that arrives between two commands interrupts neither of them.
    signal?.throwIfAborted();
  } catch (failure) {
    signal?.throwIfAborted();
    throw new OperationError(name, reasonOf(errors) || (failure as Error).message);
  }
  const count = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  return {
    name,
    seconds: (performance.now() - started) / 1000,
    created: count("create"),
    updated: count("update"),
    replaced: count("replace"),
    deleted: count("delete"),
    unchanged: count("same"),
  };
}
