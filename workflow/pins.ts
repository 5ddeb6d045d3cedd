import type { PinnedAction } from "./model";

/** The one table of what a generated workflow downloads. Sources: notation.md, 2, 3 and 5. */
export const ACTIONS = {
  checkout: pin("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
  azureLogin: pin("azure/login", "f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca", "v3.0.1"),
  buildx: pin("docker/setup-buildx-action", "37fe631027851001ddb9b187196cc803df7f5f0e", "v4.3.0"),
  build: pin("docker/build-push-action", "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a", "v7.3.0"),
  notationSetup: notation("setup"),
  notationSign: notation("sign"),
} as const;

/** An archive by URL, with its SHA-256. */
export interface Download {
  readonly url: string;
  readonly sha256: string;
}

/** Notation 1.3.2, the newest stable release. notation-action does not know it by version. */
export const NOTATION: Download = {
  url: "https://github.com/notaryproject/notation/releases/download/v1.3.2/notation_1.3.2_linux_amd64.tar.gz",
  sha256: "e1a0f060308086bf8020b2d31defb7c5348f133ca0dba6a1a7820ef3cbb6dfe5",
};

/** What Notation calls the plugin; its executable is `notation-` and this. */
export const PLUGIN_NAME = "azure-artifactsigning";

/**
 * The Artifact Signing plugin 1.1.1. The checksum is the one its project publishes; it was not
 * recomputed from the archive (notation.md, 5).
 */
export const PLUGIN: Download = {
  url: "https://github.com/Azure/artifact-signing-notation-plugin/releases/download/v1.1.1/notation-azure-artifactsigning_1.1.1_linux_amd64.tar.gz",
  sha256: "5ad180f8b88f5ac735db7b2ea937c3a57e41c4ae94f60f25227aa51a660cf0a3",
};

function pin(action: string, sha: string, version: string): PinnedAction {
  return { action, sha, version };
}

function notation(path: string): PinnedAction {
  return pin(
    `notaryproject/notation-action/${path}`,
    "b6fee73110795d6793253c673bd723f12bcf9bbb",
    "v1.2.2",
  );
}
