import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type PulumiFn,
  type Stack,
  StackNotFoundError,
} from "@pulumi/pulumi/automation";
import { stringify } from "yaml";
import type { Engine } from "../rehearsal/engine/find";
import { withoutLeftHandlers } from "../rehearsal/engine/left-handlers";
import { outputsOf } from "../rehearsal/engine/outputs";
import type { StackFile } from "../rehearsal/stack-file";
import type { Project } from "./project";

/** A stack of the user, in the user's backend and with the user's credentials. */
export interface OpenStack {
  /** Runs a program as a preview: nothing is written. It returns the errors of the engine. */
  preview(program: PulumiFn, onEvent?: (event: EngineEvent) => void): Promise<readonly string[]>;
  /** Compares the state with the clouds, and changes neither. It returns the errors of the engine. */
  refresh(onEvent: (event: EngineEvent) => void): Promise<readonly string[]>;
  /** The state of the stack, with its secrets in plain text. */
  export(): Promise<Deployment>;
  /** The outputs of the stack, by name. */
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  close(): void;
}

/** Opens a stack of a project. Undefined: the backend has no stack of this name. */
export async function openStack(
  { folder, name: projectName }: Project,
  stackName: string,
  engine: Engine,
): Promise<OpenStack | undefined> {
  try {
    const stack = await LocalWorkspace.selectStack(
      { stackName, projectName, program: async () => {} },
      { workDir: folder, pulumiCommand: engine.command },
    );
    return opened(stack, () => {});
  } catch (failure) {
    if (failure instanceof StackNotFoundError) return undefined;
    const said = saidBy(failure as Error);
    throw new Error(
      `--stack ${stackName} cannot be read: ${said}. Log in to the backend with \`pulumi login\`.`,
      { cause: failure },
    );
  }
}

/** A new stack with the configuration of a file and an empty state. It is gone when it is closed. */
export async function openEmptyStack(
  { name: projectName }: Project,
  { name, text }: StackFile,
  engine: Engine,
): Promise<OpenStack> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-"));
  const [state, workDir] = [join(folder, "state"), join(folder, "project")];
  for (const it of [state, workDir]) mkdirSync(it);
  writeFileSync(
    join(workDir, "Pulumi.yaml"),
    stringify({ name: projectName, runtime: { name: "nodejs" } }),
  );
  writeFileSync(join(workDir, `Pulumi.${name}.yaml`), text);
  const stack = await LocalWorkspace.createStack(
    { stackName: name, projectName, program: async () => {} },
    {
      workDir,
      pulumiCommand: engine.command,
      envVars: { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "" },
    },
  );
  return opened(stack, () => rmSync(folder, { recursive: true, force: true }));
}

function opened(stack: Stack, close: () => void): OpenStack {
  return {
    close,
    export: () => stack.exportStack(),
    outputs: () => outputsOf(stack),
    preview: (program, onEvent) =>
      errorsOf((options) => stack.preview({ ...options, program }), onEvent),
    refresh: (onEvent) => errorsOf((options) => stack.previewRefresh(options), onEvent),
  };
}

/** The errors of an operation. They say more than its exception, which only says that it failed. */
async function errorsOf(
  operation: (options: {
    readonly onOutput: () => void;
    readonly onEvent: (event: EngineEvent) => void;
  }) => Promise<unknown>,
  onEvent: (event: EngineEvent) => void = () => {},
): Promise<readonly string[]> {
  const errors: string[] = [];
  const options = {
    onOutput: () => {},
    onEvent: (event: EngineEvent) => {
      const { severity, message } = event.diagnosticEvent ?? {};
      if (severity === "error" && message) {
        errors.push(message.replace(/<\{%[^%]*%\}>/g, "").trim());
      }
      onEvent(event);
    },
  };
  await withoutLeftHandlers(() => operation(options)).catch((failure: Error) => {
    if (errors.length === 0) errors.push(saidBy(failure));
  });
  return [...new Set(errors)];
}

/** What the Pulumi CLI said, without the command and the streams that the SDK puts around it. */
export function saidBy({ message }: Error): string {
  return /^error: (.+)$/m.exec(message)?.[1] ?? message;
}
