import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type Read, setOutput } from "./action";
import { type Descriptor, digestOf, Repository } from "./push";
import { buildxMark, emulatorMark, isLate, world } from "./world";

const OCI = "application/vnd.oci.image";

/** Pushes what buildx pushes: an index with a manifest and an attestation for each platform. */
export async function buildAndPush(read: Read): Promise<void> {
  const { context, file } = { context: read("context"), file: read("file") };
  for (const path of [context, file]) {
    if (!existsSync(path)) throw new Error(`failed to read ${path}: no such file or directory`);
  }
  if (read("push") !== "true") throw new Error("nothing would be pushed: push is not 'true'");
  if (isLate("push")) throw new Error("denied: requested access to the resource is denied");
  const { host, name, tags } = parseTags(read("tags").split(/\r?\n/).filter(Boolean));
  const repository = new Repository(host, name);
  const options = optionsOf(read);
  const platforms = read("platforms").split(",").filter(Boolean);
  const native = world().platform;
  const wanted = platforms.length > 0 ? platforms : [native];
  if (wanted.some((each) => each !== native) && !existsSync(emulatorMark())) {
    throw new Error("exec /bin/sh: exec format error: no emulator is installed");
  }
  // The plain docker driver pushes a manifest without an index. It should not be signed.
  if (!existsSync(buildxMark())) {
    if (wanted.length > 1) throw new Error("Multi-platform build is not supported: no buildx");
    setOutput(
      "digest",
      (await pushImage(repository, file, wanted[0] as string, options, tags)).digest,
    );
    return;
  }
  const built: object[] = [];
  const attested: object[] = [];
  for (const each of wanted) {
    const image = await pushImage(repository, file, each, options);
    built.push({ ...image, platform: platform(each) });
    attested.push(await pushAttestation(repository, image));
  }
  const index = { mediaType: `${OCI}.index.v1+json`, manifests: [...built, ...attested] };
  setOutput("digest", (await repository.manifest(index, tags)).digest);
}

/** What a build leaves in the image's configuration. */
interface Options {
  readonly labels: Readonly<Record<string, string>>;
  readonly history: ReadonlyArray<{ readonly created_by: string }>;
}

/** Build arguments stay in the history of an image. Mounted secrets do not. */
function optionsOf(read: Read): Options {
  const linesOf = (name: string) => read(name).split(/\r?\n/).filter(Boolean);
  for (const each of linesOf("secret-envs")) {
    const [, id, variable = ""] = /^([\w.-]+)=(\w+)$/.exec(each) ?? [];
    if (!id || !process.env[variable]) throw new Error(`secret ${each}: not found`);
  }
  for (const name of ["cache-from", "cache-to"]) {
    const found = read(name);
    if (found && !/^type=(?:gha|registry),/.test(found)) throw new Error(`${name}: ${found}`);
  }
  const target = read("target");
  const args = [...(target ? [`target ${target}`] : []), ...linesOf("build-args")];
  return {
    labels: Object.fromEntries(linesOf("labels").map((it) => it.split(/(?<=^[^=]+)=/))),
    history: args.map((created_by) => ({ created_by })),
  };
}

function platform(name: string): { os?: string; architecture?: string; variant?: string } {
  const [os, architecture, variant] = name.split("/");
  return { os, architecture, variant };
}

function parseTags(references: string[]): { host: string; name: string; tags: string[] } {
  const parsed = references.map((reference) => {
    const [, host, name, tag] = /^([^/]+)\/([a-z0-9._/-]+):([\w.-]+)$/.exec(reference) ?? [];
    if (!host || !name || !tag) throw new Error(`invalid tag ${JSON.stringify(reference)}`);
    return { host, name, tag };
  });
  const [first] = parsed;
  if (!first) throw new Error("tag is needed when pushing to registry");
  if (parsed.some((each) => each.host !== first.host || each.name !== first.name)) {
    throw new Error("the stand-in pushes to one repository at a time");
  }
  return { host: first.host, name: first.name, tags: parsed.map((each) => each.tag) };
}

async function pushImage(
  repository: Repository,
  file: string,
  name: string,
  { labels, history }: Options,
  tags: readonly string[] = [],
): Promise<Descriptor> {
  const reproducible = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0"];
  const from = ["--directory", dirname(file), basename(file)];
  const layer = execFileSync("tar", ["--create", ...reproducible, ...from]);
  // The images of two commits differ. Two runs of one commit push the same image.
  const config = {
    ...platform(name),
    config: { Labels: labels },
    history,
    rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
  };
  const manifest = {
    mediaType: `${OCI}.manifest.v1+json`,
    config: await repository.blob(`${OCI}.config.v1+json`, json(config)),
    layers: [await repository.blob(`${OCI}.layer.v1.tar`, layer)],
  };
  return repository.manifest(manifest, tags);
}

async function pushAttestation(repository: Repository, image: Descriptor): Promise<object> {
  const statement = {
    _type: "https://in-toto.io/Statement/v0.1",
    predicateType: "https://slsa.dev/provenance/v0.2",
    subject: [{ name: "image", digest: { sha256: image.digest.replace("sha256:", "") } }],
    predicate: {},
  };
  const manifest = {
    mediaType: `${OCI}.manifest.v1+json`,
    config: await repository.blob(`${OCI}.config.v1+json`, json({ rootfs: { type: "layers" } })),
    layers: [await repository.blob("application/vnd.in-toto+json", json(statement))],
  };
  return {
    ...(await repository.manifest(manifest)),
    platform: { os: "unknown", architecture: "unknown" },
    annotations: {
      "vnd.docker.reference.type": "attestation-manifest",
      "vnd.docker.reference.digest": image.digest,
    },
  };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
