import type { Manifest, Pushed } from "../../rehearsal/running/services/images";
import type { RegistryAccess } from "../../rehearsal/running/services/registry";

/** Copies an image, without its signatures, to a tag; the index may be changed on the way. */
export async function copyImage(
  registry: RegistryAccess,
  from: Pushed,
  to: { readonly repository: string; readonly tag: string },
  change?: (index: Manifest) => Manifest,
): Promise<{ digest: string }> {
  const index = await request(registry, `${from.repository}/manifests/${from.digest}`);
  for (const { digest } of (JSON.parse(index.text) as Manifest).manifests ?? []) {
    const child = await request(registry, `${from.repository}/manifests/${digest}`);
    await request(registry, `${to.repository}/manifests/${digest}`, child);
  }
  const text = change ? JSON.stringify(change(JSON.parse(index.text))) : index.text;
  const path = `${to.repository}/manifests/${to.tag}`;
  await request(registry, path, { ...index, text });
  return { digest: (await request(registry, path)).digest };
}

interface Content {
  readonly text: string;
  readonly type: string;
  readonly digest: string;
}

async function request(
  { loginServer, user, password }: RegistryAccess,
  path: string,
  content?: Content,
): Promise<Content> {
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const response = await fetch(`http://${loginServer}/v2/${path}`, {
    method: content ? "PUT" : "GET",
    body: content?.text,
    headers: {
      Authorization: `Basic ${basic}`,
      ...(content && { "Content-Type": content.type }),
    },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return {
    text: await response.text(),
    type: response.headers.get("content-type") ?? "",
    digest: response.headers.get("docker-content-digest") ?? "",
  };
}
