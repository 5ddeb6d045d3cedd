import type { PinnedAction } from "./model";

// Renovate reads this file with the expressions of renovate.json, and `npm run pins` compares it with
// what was released. Both need the version and the digest of a pin next to each other.

/**
 * The actions of the generated workflows. Source: the tags of each action's repository. Unverified for
 * azure/login, docker/* (but not metadata-action) and create-github-app-token: many public workflows
 * have these pairs of commit and version.
 */
export const ACTIONS = {
  checkout: pin("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
  azureLogin: pin("azure/login", "a641126d1b8aa4d1fa005f4f92df94a3a4c4c906", "v3.1.0"),
  qemu: pin("docker/setup-qemu-action", "99012661954931238ded8c8b007157a8430204e1", "v4.4.0"),
  buildx: pin("docker/setup-buildx-action", "f87e5991a6d7451dcb8d9637bfbc97413f497069", "v4.4.1"),
  metadata: pin("docker/metadata-action", "dc802804100637a589fabce1cb79ff13a1411302", "v6.2.0"),
  build: pin("docker/build-push-action", "c3c9e263c25d99ce0380d002d59b67737d91b0dc", "v7.4.0"),
  setupNode: pin("actions/setup-node", "820762786026740c76f36085b0efc47a31fe5020", "v7.0.0"),
  appToken: pin(
    "actions/create-github-app-token",
    "bcd2ba49218906704ab6c1aa796996da409d3eb1",
    "v3.2.0",
  ),
  pulumi: pin("pulumi/actions", "8e5e406f4007fca908480587cb9893c07090f58d", "v7.0.0"),
  pulumiLogin: pin("pulumi/auth-actions", "141415910c3beb54e03b48e9057c204c97b956f2", "v2.1.0"),
  notationSetup: pin(
    "notaryproject/notation-action/setup",
    "b6fee73110795d6793253c673bd723f12bcf9bbb",
    "v1.2.2",
  ),
  notationSign: pin(
    "notaryproject/notation-action/sign",
    "b6fee73110795d6793253c673bd723f12bcf9bbb",
    "v1.2.2",
  ),
} as const;

/**
 * The images that the actions of Docker run, by the digests of their indexes. Unverified: the
 * digests are those that many public workflows have. By default, the actions run tags that move:
 * https://github.com/docker/setup-buildx-action and https://github.com/docker/setup-qemu-action
 */
export const IMAGES = {
  /** Builds images. Source: https://github.com/moby/buildkit/releases */
  buildkit:
    "moby/buildkit:v0.33.0@sha256:6c2fa84a6b61ccd72899dde4239f8d5717f05f9a8ca6f3cad185fb1a95a94de3",
  /** Installs emulators. Source: https://github.com/tonistiigi/binfmt/releases */
  binfmt:
    "tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0",
} as const;

/** An archive that a workflow downloads. */
export interface Download {
  readonly url: string;
  /** SHA-256 of the archive, in lowercase hexadecimal digits. */
  readonly sha256: string;
}

/** The archives of a tool: for amd64, and for arm64. */
export interface Archives extends Download {
  readonly arm64: Download;
}

/** A tool for Linux that a workflow downloads from the releases of a repository on GitHub. */
export interface Tool {
  /** `owner/repository`. */
  readonly repository: string;
  /** The version without `v`, such as `1.3.2`. */
  readonly version: string;
  /** URL of the file with the checksums of the release. */
  readonly checksums: string;
  readonly amd64: Download;
  readonly arm64: Download;
}

/**
 * The newest stable release. notation-action knows only older versions, so it gets the URL:
 * https://github.com/notaryproject/notation-action/blob/main/src/lib/data/notation_releases.json
 */
export const NOTATION = tool("notation", {
  amd64: archive(
    "notaryproject/notation",
    "e1a0f060308086bf8020b2d31defb7c5348f133ca0dba6a1a7820ef3cbb6dfe5",
    "v1.3.2",
  ),
  arm64: archive(
    "notaryproject/notation",
    "34143c7b816a50104824278080a5cf12bbf855488e003f62e6acf27ed25c423c",
    "v1.3.2",
  ),
});

/** Name of the Artifact Signing plugin in Notation. */
export const PLUGIN_NAME = "azure-artifactsigning";

/** Unverified: the checksums come from the project's README and not from the archives themselves. */
export const PLUGIN = tool(`notation-${PLUGIN_NAME}`, {
  amd64: archive(
    "Azure/artifact-signing-notation-plugin",
    "5ad180f8b88f5ac735db7b2ea937c3a57e41c4ae94f60f25227aa51a660cf0a3",
    "v1.1.1",
  ),
  arm64: archive(
    "Azure/artifact-signing-notation-plugin",
    "029402c02c1d4ce85998f29539701e775785325bcd91c01c76e4f6beda90417c",
    "v1.1.1",
  ),
});

/** The archives of a tool, as a configuration can replace them. */
export function archivesOf({ amd64, arm64 }: Tool): Archives {
  return { ...amd64, arm64 };
}

function pin(action: string, sha: string, version: string): PinnedAction {
  return { action, sha, version };
}

interface Archive {
  readonly repository: string;
  readonly sha256: string;
  readonly version: string;
}

function archive(repository: string, sha256: string, tag: string): Archive {
  return { repository, sha256, version: tag.replace(/^v/, "") };
}

/** The archives of one release. Both projects name them alike. */
function tool(name: string, archives: Readonly<Record<"amd64" | "arm64", Archive>>): Tool {
  const file = ({ repository, version }: Archive, suffix: string) =>
    `https://github.com/${repository}/releases/download/v${version}/${name}_${version}_${suffix}`;
  const download = (architecture: "amd64" | "arm64"): Download => ({
    url: file(archives[architecture], `linux_${architecture}.tar.gz`),
    sha256: archives[architecture].sha256,
  });
  const { repository, version } = archives.amd64;
  return {
    repository,
    version,
    checksums: file(archives.amd64, "checksums.txt"),
    amd64: download("amd64"),
    arm64: download("arm64"),
  };
}
