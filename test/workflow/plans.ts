import { AZURE_CLOUDS } from "../../trust/hosts";
import type { VerifierTrust } from "../../trust/verification";
import { microsoftRoot } from "../../workflow/certificate";
import { DEFAULT_IMAGE_TAGS } from "../../workflow/images";
import type { SignImagePlan } from "../../workflow/sign-image";
import type { VerifyImagePlan } from "../../workflow/verify-image";
import { BUILD } from "../support/build-plan";

const TAGS = DEFAULT_IMAGE_TAGS.join("\n");

/** A plan that a configuration can lead to. */
export function plan(
  changes: Partial<SignImagePlan> = {},
  signWith: "action" | "cli" = "cli",
): SignImagePlan {
  return {
    workflow: ".github/workflows/sign-image.yml",
    repositoryId: 821093847,
    branches: ["main"],
    tags: [],
    push: true,
    source: { submodules: "", lfs: "", imageTags: TAGS },
    settings: { kind: "secrets", suffix: "" },
    images: [{ name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] }],
    ...BUILD,
    signing: { ...BUILD.signing, signWith, metadata: signWith === "cli" },
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
  "action-one-image": plan({ trust: trustOf("web") }, "action"),
  "action-two-images-environment": plan({ images: two, ...release }, "action"),
  "cli-one-image": plan({ trust: trustOf("web") }),
  "without-verification": plan(),
  "cli-two-images-environment": plan({
    images: two,
    ...release,
    trust: trustOf("web", "team/worker"),
  }),
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

const image = { context: ".", dockerfile: "Dockerfile", platforms: [] };

/** What verifiers of these images trust. */
export function trustOf(...images: readonly string[]): VerifierTrust {
  const scopes = images.map((name) => `contosoimages.azurecr.io/${name}`);
  const statements = [{ name: "countersign/prod/web", scopes }];
  const roots = { signingRoot: microsoftRoot(), timestampRoot: microsoftRoot() };
  return { subject: "C=US, ST=Washington, O=Contoso\\, Inc.", ...roots, statements };
}

/** What signs digests that something else pushed. */
const digests = plan({
  build: false,
  images: [
    { name: "web", ...image },
    { name: "team/worker", ...image },
  ],
});
/** The workflow with other builds, and without builds. */
export const builds = {
  "sign-only": digests,
  "sign-only-keeps-signatures": {
    ...digests,
    ...release,
    trust: trustOf("web", "team/worker"),
    settings: { kind: "secrets", suffix: "", environment: "release" },
    signing: { ...digests.signing, metadata: false, platforms: true, referrers: true },
  },
  monorepo: plan({
    branches: ["main"],
    tags: ["first-app@*", "second-app/v*"],
    environment: "release",
    images: [
      {
        ...image,
        name: "suite/first-app",
        context: "apps/first",
        paths: ["apps/first/**", "libraries/**"],
        tags: ["first-app@*"],
      },
      { ...image, name: "suite/second-app", paths: ["apps/second/**"], tags: ["second-app/v*"] },
      { ...image, name: "suite/tools", tags: ["first-app@*", "second-app/v*"] },
    ],
  }),
  "build-options": plan({
    push: false,
    schedule: "17 4 * * 1",
    source: { submodules: "recursive", lfs: "true", imageTags: "type=sha\ntype=raw,value=latest" },
    images: [
      {
        ...image,
        name: "web",
        args: { VERSION: "1.2", NAME: "a = b" },
        target: "release",
        secrets: { npm: "NPM_TOKEN", github: "GITHUB_TOKEN" },
        cache: "gha",
        labels: { "org.opencontainers.image.title": "The web" },
      },
    ],
  }),
  "build-options-two-images": plan({
    images: [
      { ...image, name: "web", secrets: { npm: "NPM_TOKEN" }, cache: "registry" },
      { ...image, name: "api", args: { A: "1" }, target: "api" },
    ],
  }),
  "self-hosted-arm": plan({
    runner: "ubuntu-24.04-arm",
    images: [{ ...image, name: "web", platforms: ["linux/arm64", "linux/amd64"] }],
  }),
} as const satisfies Record<string, SignImagePlan>;

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
  "calls-reusable-workflow-sign-only": { ...digests, ...calling },
  "calls-reusable-workflow-monorepo": { ...builds.monorepo, ...calling },
};

/** A workflow that verifies. */
export const verifying: VerifyImagePlan = {
  registry: BUILD.registry,
  repositoryId: 821093847,
  images: ["web", "team/worker"],
  trust: trustOf("web", "team/worker"),
  settings: { kind: "variables", suffix: "_WEB_VERIFIER" },
  schedule: "23 5 * * *",
  notation: BUILD.signing.downloads.notation,
  runner: BUILD.runner,
};

/** Workflows that verify. */
export const verifiers = {
  "verify-image": verifying,
  "verify-image-environment": { ...verifying, environment: "verify", schedule: undefined },
} as const satisfies Record<string, VerifyImagePlan>;
