import type { RegistryAccess } from "./registry";

/** An image in the registry after a run. */
export interface Pushed {
  readonly repository: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
}

export interface Manifest {
  readonly mediaType: string;
  readonly artifactType?: string;
  readonly config?: { readonly mediaType: string };
  readonly layers?: ReadonlyArray<{ readonly mediaType: string }>;
  readonly manifests?: ReadonlyArray<{ readonly mediaType: string; readonly digest: string }>;
  readonly subject?: { readonly digest: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The images of these repositories, one for each tagged digest, without tags of signatures. */
export async function pushedImages(
  registry: RegistryAccess,
  repositories: readonly string[],
): Promise<Pushed[]> {
  const images = new Map<string, Pushed>();
  for (const repository of repositories) {
    const answer = await get(registry, `${repository}/tags/list`);
    const { tags = [] } = answer ? ((await answer.json()) as { tags?: string[] }) : {};
    for (const tag of tags.filter((each) => !SIGNATURE_TAG.test(each))) {
      const manifest = await get(registry, `${repository}/manifests/${tag}`);
      const digest = manifest?.headers.get("docker-content-digest") ?? "";
      const mediaType = manifest?.headers.get("content-type") ?? "";
      const known = images.get(`${repository}@${digest}`)?.tags ?? [];
      images.set(`${repository}@${digest}`, {
        repository,
        digest,
        mediaType,
        tags: [...known, tag],
      });
    }
  }
  return [...images.values()];
}

/** The manifests that refer to a digest: from the referrers API, else from the tag for it. */
export async function signaturesOf(
  registry: RegistryAccess,
  repository: string,
  digest: string,
): Promise<Manifest[]> {
  const index =
    (await get(registry, `${repository}/referrers/${digest}`)) ??
    (await get(registry, `${repository}/manifests/${digest.replace(":", "-")}`));
  if (!index) return [];
  const { manifests = [] } = (await index.json()) as Manifest;
  return Promise.all(manifests.map((each) => manifestOf(registry, repository, each.digest)));
}

/** A manifest by digest or tag. */
export async function manifestOf(
  registry: RegistryAccess,
  repository: string,
  reference: string,
): Promise<Manifest> {
  const answer = await get(registry, `${repository}/manifests/${reference}`);
  if (!answer) throw new Error(`${repository} has no manifest ${reference}`);
  return (await answer.json()) as Manifest;
}

const SIGNATURE_TAG = /^sha256-[0-9a-f]{64}$/;

async function get(registry: RegistryAccess, path: string): Promise<Response | undefined> {
  const { loginServer, user, password } = registry;
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const response = await fetch(`http://${loginServer}/v2/${path}`, {
    headers: { Authorization: `Basic ${basic}` },
  });
  if (response.ok) return response;
  if (response.status === 404) return undefined;
  throw new Error(`the registry answered ${response.status} for ${path}`);
}
