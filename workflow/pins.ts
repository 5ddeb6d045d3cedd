import type { PinnedAction } from "./model";

/**
 * The actions of the generated workflows. Source: the tags of each action's repository. Unverified
 * for azure/login, docker/* and create-github-app-token: many public workflows have these pairs of commit and version.
 */
export const ACTIONS = {
  checkout: pin("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
  azureLogin: pin("azure/login", "a641126d1b8aa4d1fa005f4f92df94a3a4c4c906", "v3.1.0"),
  metadata: pin("docker/metadata-action", "dc802804100637a589fabce1cb79ff13a1411302", "v6.2.0"),
  qemu: pin("docker/setup-qemu-action", "99012661954931238ded8c8b007157a8430204e1", "v4.4.0"),
  buildx: pin("docker/setup-buildx-action", "f87e5991a6d7451dcb8d9637bfbc97413f497069", "v4.4.1"),
  build: pin("docker/build-push-action", "c3c9e263c25d99ce0380d002d59b67737d91b0dc", "v7.4.0"),
  setupNode: pin("actions/setup-node", "820762786026740c76f36085b0efc47a31fe5020", "v7.0.0"),
  appToken: pin(
    "actions/create-github-app-token",
    "bcd2ba49218906704ab6c1aa796996da409d3eb1",
    "v3.2.0",
  ),
  pulumi: pin("pulumi/actions", "8e5e406f4007fca908480587cb9893c07090f58d", "v7.0.0"),
  pulumiLogin: pin("pulumi/auth-actions", "141415910c3beb54e03b48e9057c204c97b956f2", "v2.1.0"),
  notationSetup: notation("setup"),
  notationSign: notation("sign"),
} as const;

/**
 * The images that the actions of Docker run, by the digests of their indexes. Unverified: the
 * digests are those that many public workflows have. By default, the actions run tags that move:
 * https://github.com/docker/setup-buildx-action and https://github.com/docker/setup-qemu-action
 */
export const IMAGES = {
  /** Builds images. Source: https://github.com/moby/buildkit/releases/tag/v0.33.0 */
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

/**
 * The newest stable release. notation-action knows only older versions, so it gets the URL:
 * https://github.com/notaryproject/notation-action/blob/main/src/lib/data/notation_releases.json
 */
export const NOTATION: Download = {
  url: "https://github.com/notaryproject/notation/releases/download/v1.3.2/notation_1.3.2_linux_amd64.tar.gz",
  sha256: "e1a0f060308086bf8020b2d31defb7c5348f133ca0dba6a1a7820ef3cbb6dfe5",
};

/** Name of the Artifact Signing plugin in Notation. */
export const PLUGIN_NAME = "azure-artifactsigning";

/** Unverified: the checksum comes from the project's README and not from the archive itself. */
export const PLUGIN: Download = {
  url: "https://github.com/Azure/artifact-signing-notation-plugin/releases/download/v1.1.1/notation-azure-artifactsigning_1.1.1_linux_amd64.tar.gz",
  sha256: "5ad180f8b88f5ac735db7b2ea937c3a57e41c4ae94f60f25227aa51a660cf0a3",
};

function pin(action: string, sha: string, version: string): PinnedAction {
  return { action, sha, version };
}

function notation(path: string): PinnedAction {
  const action = `notaryproject/notation-action/${path}`;
  return pin(action, "b6fee73110795d6793253c673bd723f12bcf9bbb", "v1.2.2");
}
