import { AZURE_CLOUDS, type AzureCloud } from "../trust/hosts";
import {
  type AzureLogin,
  firstLogin,
  type LoginInputs,
  prepareStep,
  type Registry,
  registryLogin,
  secondLogin,
  tokenEnv,
} from "./azure-steps";
import type { Job, Permissions, Step } from "./model";
import { ACTIONS, IMAGES } from "./pins";
import { installAndSign, type SigningPlan } from "./signing-steps";
import { failureStep } from "./summaries";

/** One image of a pipeline. */
export interface ImagePlan {
  /** Name of the image's repository in the registry, in lowercase. */
  readonly name: string;
  /** Path of the folder that the image is built from, relative to the repository. */
  readonly context: string;
  /** Path of the Dockerfile, relative to the context. */
  readonly dockerfile: string;
  /** Platforms to build for, such as `linux/arm64`. Empty: only the platform of the runner. */
  readonly platforms: readonly string[];
}

/** What all images of a workflow have in common. */
export interface BuildPlan {
  /** The registry that images are pushed to. */
  readonly registry: Registry;
  readonly signing: SigningPlan;
  /** Azure cloud to log in to. Default: the public cloud. */
  readonly cloud?: AzureCloud;
  /** Label of the runner, or labels that it must have. The runner is Linux on x64. */
  readonly runner: string | readonly string[];
  readonly timeoutMinutes: number;
}

export const PERMISSIONS: Permissions = {
  contents: { access: "read", why: "to check out" },
  "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
};

/** The job that builds, pushes and signs. `images` can be an expression that returns their rows. */
export function signJob(
  plan: BuildPlan,
  images: readonly ImagePlan[] | string,
  inputs: LoginInputs,
  environment?: string,
  condition?: string,
): Job {
  const rows = typeof images === "string" ? images : images.map(row);
  if (rows.length === 0) throw new Error("a pipeline needs at least one image");
  const only = typeof rows !== "string" && rows.length === 1 ? rows[0] : undefined;
  const login = { inputs, cloud: plan.cloud ?? AZURE_CLOUDS.public };
  return {
    name: only ? "Build, push and sign" : "Build, push and sign ${{ matrix.image }}",
    ...(condition && { if: condition }),
    runsOn: plan.runner,
    timeoutMinutes: plan.timeoutMinutes,
    ...(environment && { environment }),
    permissions: PERMISSIONS,
    ...(!only && { matrix: rows }),
    steps: [
      prepareStep(plan.signing.timestampRoot),
      { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": "false" } },
      ...emulation(rows),
      ...buildSteps(plan, only ?? MATRIX_ROW, login),
      ...secondLogin(login),
      ...installAndSign(plan.signing, tokenEnv(login)),
      failureStep(),
    ],
  };
}

/** The row of a job with a matrix. GitHub replaces these expressions for each image. */
const MATRIX_ROW: ReturnType<typeof row> = {
  image: "${{ matrix.image }}",
  context: "${{ matrix.context }}",
  file: "${{ matrix.file }}",
  platforms: "${{ matrix.platforms }}",
};

/** The values that differ between images. All of them are strings, as a matrix requires. */
export function row(image: ImagePlan) {
  return {
    image: image.name,
    context: image.context,
    // The path is relative to the context here, but to the workspace in build-push-action.
    file: image.context === "." ? image.dockerfile : `${image.context}/${image.dockerfile}`,
    platforms: image.platforms.join(","),
  };
}

/** The platform of the runner, which needs no emulator. */
const NATIVE = "linux/amd64";

/** The step that installs emulators, where an image can need them. */
function emulation(rows: string | ReturnType<typeof row>[]): Step[] {
  const needed = (it: ReturnType<typeof row>) => it.platforms !== "" && it.platforms !== NATIVE;
  if (typeof rows !== "string" && !rows.some(needed)) return [];
  const isMatrix = typeof rows === "string" || rows.length > 1;
  return [
    {
      name: "Set up emulation of other platforms",
      ...(isMatrix && { if: `matrix.platforms != '' && matrix.platforms != '${NATIVE}'` }),
      uses: ACTIONS.qemu,
      // A cached copy of the image would not be compared with the digest.
      with: { image: IMAGES.binfmt, "cache-image": "false" },
    },
  ];
}

function buildSteps(plan: BuildPlan, image: ReturnType<typeof row>, login: AzureLogin): Step[] {
  const repository = `${plan.registry.loginServer}/${image.image}`;
  return [
    {
      name: "Set up Buildx",
      uses: ACTIONS.buildx,
      with: { "driver-opts": `image=${IMAGES.buildkit}` },
    },
    ...firstLogin(login),
    registryLogin(login, plan.registry, image.image),
    { name: "Name the image", id: "name", env: { REPOSITORY: repository }, run: NAME_THE_IMAGE },
    {
      name: "Build and push",
      id: "push",
      uses: ACTIONS.build,
      with: {
        context: image.context,
        file: image.file,
        ...(image.platforms && { platforms: image.platforms }),
        push: "true",
        tags: "${{ steps.name.outputs.tags }}",
      },
    },
    {
      name: "Take the digest",
      id: "image",
      env: { REPOSITORY: repository, DIGEST: "${{ steps.push.outputs.digest }}" },
      run: TAKE_THE_DIGEST,
    },
  ];
}

/**
 * Tags: the commit, and the Git tag, with hyphens for characters that image tags cannot have. An image
 * tag has at most 128 characters, and does not begin with `.` or `-`. The tags are not unique: a run
 * for a branch and a run for a Git tag of one commit push the same tag.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
const NAME_THE_IMAGE = `tag=\${GITHUB_REF_NAME//[^A-Za-z0-9_.-]/-}
while [[ "$tag" == [.-]* ]]; do tag=\${tag#?}; done
{
  echo "tags<<END"
  echo "$REPOSITORY:$GITHUB_SHA"
  if [ "$GITHUB_REF_TYPE" = tag ] && [ -n "$tag" ]; then echo "$REPOSITORY:\${tag:0:128}"; fi
  echo "END"
} >> "$GITHUB_OUTPUT"
`;

/** The digest is signed, because another run can move a tag between the push and the signature. */
const TAKE_THE_DIGEST = `if [[ ! "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "::error::the build reported no digest to sign, but '$DIGEST'"
  exit 1
fi
echo "reference=$REPOSITORY@$DIGEST" >> "$GITHUB_OUTPUT"
`;
