import type { Inputs } from "./stand-ins/action";

/** The stand-in of an action: an exported function of a module in stand-ins/. */
export interface StandIn {
  readonly module: string;
  readonly run: string;
  readonly inputs: Inputs;
}

/**
 * The actions that a run knows, by `uses:` without its commit. Each has the inputs that its
 * stand-in obeys. Every other input is refused.
 */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  "azure/login": {
    module: "azure-login",
    run: "azureLogin",
    inputs: {
      required: ["client-id", "tenant-id", "subscription-id"],
      optional: ["environment", "audience"],
    },
  },
  "docker/metadata-action": {
    module: "metadata",
    run: "nameImage",
    inputs: { required: ["images", "tags"], optional: ["flavor", "labels"] },
  },
  "docker/setup-buildx-action": {
    module: "docker-setup",
    run: "setupBuildx",
    inputs: { required: [], optional: ["driver-opts"] },
  },
  "docker/setup-qemu-action": {
    module: "docker-setup",
    run: "setupQemu",
    inputs: { required: [], optional: ["image", "cache-image"] },
  },
  "docker/build-push-action": {
    module: "build-push",
    run: "buildAndPush",
    inputs: {
      required: ["context", "file", "push", "tags"],
      optional: [
        ...["platforms", "target", "build-args", "secret-envs", "cache-from", "cache-to"],
        "labels",
      ],
    },
  },
  "notaryproject/notation-action/setup": {
    module: "notation-setup",
    run: "notationSetup",
    inputs: { required: ["url", "checksum"], optional: [] },
  },
  "notaryproject/notation-action/sign": {
    module: "notation-sign",
    run: "notationSign",
    inputs: {
      required: [
        "plugin_name",
        "plugin_url",
        "plugin_checksum",
        "key_id",
        "target_artifact_reference",
      ],
      optional: [
        "plugin_config",
        "signature_format",
        "timestamp_url",
        "timestamp_root_cert",
        "force_referrers_tag",
      ],
    },
  },
};

/** act itself copies the repository for this action. */
export const CHECKOUT = {
  action: "actions/checkout",
  inputs: ["persist-credentials", "fetch-depth", "filter", "submodules", "lfs"],
} as const;
