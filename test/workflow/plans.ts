import { AZURE_CLOUDS } from "../../trust/hosts";
import type { SignImagePlan } from "../../workflow/sign-image";
import { BUILD } from "../support/build-plan";

/** A plan that a configuration can lead to. */
export function plan(
  changes: Partial<SignImagePlan> = {},
  signWith: "action" | "cli" = "action",
): SignImagePlan {
  return {
    workflow: ".github/workflows/sign-image.yml",
    repositoryId: 821093847,
    branches: ["main"],
    tags: [],
    settings: { kind: "secrets", suffix: "" },
    images: [{ name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] }],
    ...BUILD,
    signing: { ...BUILD.signing, signWith },
    ...changes,
  };
}

export const two = [
  { name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] },
  {
    name: "team/worker",
    context: "worker",
    dockerfile: "build/Dockerfile",
    platforms: ["linux/amd64", "linux/arm64"],
  },
];

export const release = { environment: "release", tags: ["v*"] };

/** Every form of the workflow that a configuration can lead to. */
export const variants = {
  "action-one-image": plan(),
  "action-two-images-environment": plan({ images: two, ...release }),
  "cli-one-image": plan({}, "cli"),
  "cli-two-images-environment": plan({ images: two, ...release }, "cli"),
  variables: plan({ settings: { kind: "variables", suffix: "" } }),
  "tags-only": plan({ ...release, branches: [] }),
  "hashed-login-server": plan({
    registry: { name: "contosoimages", loginServer: "contosoimages-a1b2c3.azurecr.io" },
  }),
  "organization-secrets": plan({ settings: { kind: "secrets", suffix: "_WEB" } }),
  "organization-variables": plan({ settings: { kind: "variables", suffix: "_TEAM_WEB" } }),
  "us-government": plan({ cloud: AZURE_CLOUDS.usgovernment }),
  "self-hosted-emulated": plan({
    runner: ["self-hosted", "linux", "x64", "images"],
    timeoutMinutes: 120,
    images: [{ name: "web", context: ".", dockerfile: "Dockerfile", platforms: ["linux/arm64"] }],
    branches: ["c\\+\\+17", "\\!x", "feature/*"],
    workflow: ".github/workflows/sign.web.yaml",
  }),
};

export const CALLED = "octo-org/shared/.github/workflows/sign.yml";
export const calling = {
  settings: { kind: "variables", suffix: "" },
  reusableWorkflow: `${CALLED}@refs/heads/main`,
} as const;

/** Workflows that call a reusable workflow. */
export const callers = {
  "calls-reusable-workflow-one-image": plan(calling),
  "calls-reusable-workflow-two-images-environment": plan({
    ...calling,
    images: two,
    ...release,
    settings: { kind: "variables", suffix: "_WEB" },
  }),
};
