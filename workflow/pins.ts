import type { PinnedAction } from "./model";

/** The actions of the generated workflows. Source: the tags of each action's repository. */
export const ACTIONS = {
  checkout: pin("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
  azureLogin: pin("azure/login", "f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca", "v3.0.1"),
  buildx: pin("docker/setup-buildx-action", "37fe631027851001ddb9b187196cc803df7f5f0e", "v4.3.0"),
  build: pin("docker/build-push-action", "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a", "v7.3.0"),
  notationSetup: notation("setup"),
  notationSign: notation("sign"),
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
