import { AZURE_CLOUDS, type AzureCloud } from "../trust/hosts";
import type { Job, Permissions, Step } from "./model";
import { ACTIONS } from "./pins";
import { installAndSign, type SigningPlan } from "./signing-steps";

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
  readonly registry: { readonly name: string; readonly loginServer: string };
  readonly signing: SigningPlan;
  /** Azure cloud to log in to. Default: the public cloud. */
  readonly cloud?: AzureCloud;
}

/** Inputs of azure/login. Each value is an expression that GitHub evaluates in a run. */
export type LoginInputs = Readonly<Record<"client-id" | "tenant-id" | "subscription-id", string>>;

export const PERMISSIONS: Permissions = {
  contents: { access: "read", why: "to check out" },
  "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
};

/** The job that builds, pushes and signs. `images` can be an expression that returns their rows. */
export function signJob(
  plan: BuildPlan,
  images: readonly ImagePlan[] | string,
  login: LoginInputs,
  environment?: string,
): Job {
  const rows = typeof images === "string" ? images : images.map(row);
  if (rows.length === 0) throw new Error("a pipeline needs at least one image");
  const only = typeof rows !== "string" && rows.length === 1 ? rows[0] : undefined;
  return {
    name: only ? "Build, push and sign" : "Build, push and sign ${{ matrix.image }}",
    runsOn: "ubuntu-24.04",
    timeoutMinutes: 60,
    ...(environment && { environment }),
    permissions: PERMISSIONS,
    ...(!only && { matrix: rows }),
    steps: [
      ...buildSteps(plan, only ?? MATRIX_ROW, login),
      // The token of the first login expires after minutes; a build can take longer (AADSTS700024).
      azureLogin(plan, login, "Log in to Azure again, as a build may outlast the first login"),
      ...installAndSign(plan.signing),
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

function buildSteps(plan: BuildPlan, image: ReturnType<typeof row>, login: LoginInputs): Step[] {
  const repository = `${plan.registry.loginServer}/${image.image}`;
  return [
    { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": "false" } },
    { name: "Set up Buildx", uses: ACTIONS.buildx },
    azureLogin(plan, login, "Log in to Azure"),
    {
      name: "Log in to the registry",
      env: { REGISTRY: plan.registry.name, ...hashedLabel(plan.registry) },
      run: hashedLabel(plan.registry).SUFFIX
        ? 'az acr login --name "$REGISTRY" --suffix "$SUFFIX"\n'
        : 'az acr login --name "$REGISTRY"\n',
    },
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

function azureLogin({ cloud }: BuildPlan, login: LoginInputs, name: string): Step {
  const isOtherCloud = cloud && cloud.login !== AZURE_CLOUDS.public.login;
  return {
    name,
    uses: ACTIONS.azureLogin,
    with: {
      ...login,
      // azure/login needs both inputs in other clouds: https://github.com/Azure/login
      ...(isOtherCloud && { environment: cloud.login, audience: cloud.audience }),
    },
  };
}

/**
 * With a domain name label, the login server is `NAME-HASH.azurecr.io`, and `az acr login` needs
 * `--suffix HASH`: https://github.com/Azure/azure-cli/issues/31605
 */
function hashedLabel(registry: BuildPlan["registry"]): { SUFFIX?: string } {
  const label = registry.loginServer.split(".")[0] ?? "";
  const prefix = `${registry.name.toLowerCase()}-`;
  return label.startsWith(prefix) ? { SUFFIX: label.slice(prefix.length) } : {};
}

/** Tags: the commit, and the Git tag, with hyphens for characters that image tags cannot have. */
const NAME_THE_IMAGE = `{
  echo "tags<<END"
  echo "$REPOSITORY:$GITHUB_SHA"
  if [ "$GITHUB_REF_TYPE" = tag ]; then echo "$REPOSITORY:\${GITHUB_REF_NAME//[^A-Za-z0-9_.-]/-}"; fi
  echo "END"
} >> "$GITHUB_OUTPUT"
`;

/** The digest is signed, because somebody could move a tag between the push and the signature. */
const TAKE_THE_DIGEST = `if [[ ! "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "::error::the build reported no digest to sign, but '$DIGEST'"
  exit 1
fi
echo "reference=$REPOSITORY@$DIGEST" >> "$GITHUB_OUTPUT"
`;
