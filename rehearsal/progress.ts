import type { EngineEvent } from "@pulumi/pulumi/automation";
import { colorsFor } from "./colors";
import type { Phase } from "./engine/session";

const pc = colorsFor(process.stderr);

/** Shows on stderr what a rehearsal does: each phase, and on a terminal the current resource. */
export class Progress {
  private touched = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  say(line: string): void {
    this.wipe();
    this.stream.write(`${line}\n`);
  }

  phase(name: string, done?: Phase): void {
    this.touched = 0;
    if (done) this.say(`${pc.green("✓")} ${name.padEnd(9)} ${summary(done)}`);
    else this.transient(`${name} …`);
  }

  event({ resourcePreEvent }: EngineEvent): void {
    const urn = resourcePreEvent?.metadata.urn;
    if (!urn) return;
    this.touched += 1;
    this.transient(`  ${this.touched} ${urn.split("::").at(-1)}`);
  }

  wipe(): void {
    if (this.stream.isTTY) this.stream.write("\r\u001b[K");
  }

  private transient(text: string): void {
    if (!this.stream.isTTY) return;
    this.wipe();
    this.stream.write(pc.dim(text.slice(0, (this.stream.columns || 100) - 1)));
  }
}

/** What a phase did, for example `36 created, 2.1 s`. */
export function summary(phase: Phase): string {
  const kinds = ["created", "updated", "replaced", "deleted", "unchanged"] as const;
  const did = kinds.filter((kind) => phase[kind] > 0).map((kind) => `${phase[kind]} ${kind}`);
  return `${did.join(", ") || "no changes"}, ${phase.seconds.toFixed(1)} s`;
}
