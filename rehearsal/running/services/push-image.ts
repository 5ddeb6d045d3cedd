import { createHash } from "node:crypto";
import type { Pushed } from "./images";
import type { RegistryAccess } from "./registry";

const OCI = "application/vnd.oci.image";

/** Pushes an image that no workflow of Countersign built: an index with one platform. */
export async function pushImage(
  { loginServer, user, password }: RegistryAccess,
  repository: string,
  tag: string,
): Promise<Pushed> {
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const send = async (method: string, path: string, type: string, content: string) => {
    const response = await fetch(`http://${loginServer}/v2/${repository}/${path}`, {
      method,
      headers: { "Content-Type": type, Authorization: `Basic ${basic}` },
      body: content,
    });
    if (!response.ok) throw new Error(`the registry answered ${response.status} for ${path}`);
  };
  const blob = async (mediaType: string, content: string) => {
    const digest = digestOf(content);
    await send("POST", `blobs/uploads/?digest=${digest}`, "application/octet-stream", content);
    return { mediaType, digest, size: content.length };
  };
  const manifest = async (mediaType: string, value: object, name?: string) => {
    const content = JSON.stringify({ schemaVersion: 2, mediaType, ...value });
    const digest = digestOf(content);
    for (const each of name ? [digest, name] : [digest]) {
      await send("PUT", `manifests/${each}`, mediaType, content);
    }
    return { mediaType, digest, size: content.length };
  };
  const platform = { os: "linux", architecture: "amd64" };
  const image = await manifest(`${OCI}.manifest.v1+json`, {
    config: await blob(`${OCI}.config.v1+json`, JSON.stringify({ ...platform, created_by: tag })),
    layers: [await blob(`${OCI}.layer.v1.tar`, tag)],
  });
  const manifests = [{ ...image, platform }];
  const index = await manifest(`${OCI}.index.v1+json`, { manifests }, tag);
  return { repository, digest: index.digest, mediaType: index.mediaType, tags: [tag] };
}

function digestOf(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
