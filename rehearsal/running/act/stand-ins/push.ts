import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dockerConfig } from "./world";

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A repository of a registry on this machine, with credentials from Docker's configuration. */
export class Repository {
  constructor(
    private readonly host: string,
    private readonly name: string,
  ) {}

  async blob(mediaType: string, content: Buffer): Promise<Descriptor> {
    const digest = digestOf(content);
    await this.send("POST", `blobs/uploads/?digest=${digest}`, "application/octet-stream", content);
    return { mediaType, digest, size: content.length };
  }

  /** Pushes under the digest and under each tag. */
  async manifest(value: { mediaType: string }, tags: readonly string[] = []): Promise<Descriptor> {
    const content = Buffer.from(JSON.stringify({ schemaVersion: 2, ...value }));
    const digest = digestOf(content);
    for (const reference of [digest, ...tags]) {
      await this.send("PUT", `manifests/${reference}`, value.mediaType, content);
    }
    return { mediaType: value.mediaType, digest, size: content.length };
  }

  private async send(method: string, path: string, type: string, content: Buffer): Promise<void> {
    const response = await fetch(`http://${this.host}/v2/${this.name}/${path}`, {
      method,
      headers: { "Content-Type": type, ...authorization(this.host) },
      body: new Uint8Array(content),
    });
    const said = await response.text();
    if (!response.ok) {
      throw new Error(
        `failed to push ${this.host}/${this.name}: ${response.status} ${said.trim()}`,
      );
    }
  }
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

function authorization(host: string): { Authorization?: string } {
  const file = dockerConfig();
  const config = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const auth = config.auths?.[host]?.auth;
  return auth ? { Authorization: `Basic ${auth}` } : {};
}
