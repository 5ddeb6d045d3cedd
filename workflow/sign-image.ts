import type { Job, Step, Workflow } from "./model";
import { ACTIONS } from "./pins";
import { installAndSign, type SigningPlan } from "./signing-steps";

/** One image of a pipeline: what to build, and the repository to push it to. */
export interface ImagePlan {
  /** Repository in the registry, lower case. */
  readonly name: string;
  readonly context: string;
  /** Path from the context. */
  readonly dockerfile: string;
  /** Empty: the runner's own. */
  readonly platforms: readonly string[];
}

/** The ids that a run logs in with are not secret; GitHub keeps them as one or the other. */
export type IdKind = "secrets" | "variables";

/** All that decides the text of a pipeline's workflow. */
export interface SignImagePlan {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment?: string;
  readonly images: readonly ImagePlan[];
  readonly ids: IdKind;
  readonly registry: { readonly name: string; readonly loginServer: string };
  readonly signing: SigningPlan;
}

const RUNNER = "ubuntu-24.04";
const TIMEOUT_MINUTES = 60;

/** Builds, pushes, then signs the pushed digest, for every declared push. */
export function signImageWorkflow(plan: SignImagePlan): Workflow {
  return {
    name: "Sign image",
    on: {
      push: {
        ...(plan.branches.length > 0 && { branches: plan.branches }),
        ...(plan.tags.length > 0 && { tags: plan.tags }),
      },
      workflowDispatch: true,
    },
    permissions: {},
    // By commit: GitHub keeps but one run waiting, and a third push to a branch would drop the second.
    concurrency: { group: "sign-image-${{ github.sha }}", cancelInProgress: false },
    jobs: { sign: signJob(plan) },
  };
}

function signJob(plan: SignImagePlan): Job {
  const [first, ...others] = plan.images;
  if (!first) throw new Error("a pipeline has at least one image");
  const matrix = others.length > 0 ? plan.images.map(row) : undefined;
  const image = matrix
    ? Object.fromEntries(Object.keys(row(first)).map((key) => [key, `\${{ matrix.${key} }}`]))
    : row(first);
  return {
    name: matrix ? "Build, push and sign ${{ matrix.image }}" : "Build, push and sign",
    runsOn: RUNNER,
    timeoutMinutes: TIMEOUT_MINUTES,
    ...(plan.environment && { environment: plan.environment }),
    permissions: {
      contents: { access: "read", why: "to check out" },
      "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
    },
    ...(matrix && { matrix }),
    steps: [
      ...build(plan, image as ReturnType<typeof row>),
      // The first login's assertion lives minutes; a long build outlives it (AADSTS700024).
      azureLogin(plan, "Log in to Azure again, as a build may outlast the first login"),
      ...installAndSign(plan.signing),
    ],
  };
}

/** What differs between images; a type, so that a matrix row has string values only. */
function row(image: ImagePlan) {
  return {
    image: image.name,
    context: image.context,
    // build-push-action takes the file's path from the workspace, ours is from the context.
    file: image.context === "." ? image.dockerfile : `${image.context}/${image.dockerfile}`,
    platforms: image.platforms.join(","),
  };
}

function build(plan: SignImagePlan, image: ReturnType<typeof row>): Step[] {
  const repository = `${plan.registry.loginServer}/${image.image}`;
  return [
    { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": "false" } },
    { name: "Set up Buildx", uses: ACTIONS.buildx },
    azureLogin(plan, "Log in to Azure"),
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

function azureLogin({ ids }: SignImagePlan, name: string): Step {
  const id = (key: string) => `\${{ ${ids === "secrets" ? "secrets" : "vars"}.AZURE_${key} }}`;
  return {
    name,
    uses: ACTIONS.azureLogin,
    with: {
      "client-id": id("CLIENT_ID"),
      "tenant-id": id("TENANT_ID"),
      "subscription-id": id("SUBSCRIPTION_ID"),
    },
  };
}

/** A registry with a domain name label is `name-hash.azurecr.io`; az must be told (azure.md, 2.3). */
function hashedLabel(registry: SignImagePlan["registry"]): { SUFFIX?: string } {
  const label = registry.loginServer.split(".")[0] ?? "";
  const prefix = `${registry.name.toLowerCase()}-`;
  return label.startsWith(prefix) ? { SUFFIX: label.slice(prefix.length) } : {};
}

/** Unique tags: the commit, and the git tag in an image tag's alphabet. */
const NAME_THE_IMAGE = `{
  echo "tags<<END"
  echo "$REPOSITORY:$GITHUB_SHA"
  if [ "$GITHUB_REF_TYPE" = tag ]; then echo "$REPOSITORY:\${GITHUB_REF_NAME//[^A-Za-z0-9_.-]/-}"; fi
  echo "END"
} >> "$GITHUB_OUTPUT"
`;

/** A tag can move between push and signature; a digest cannot. */
const TAKE_THE_DIGEST = `if [[ ! "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "::error::the build reported no digest to sign, but '$DIGEST'"
  exit 1
fi
echo "reference=$REPOSITORY@$DIGEST" >> "$GITHUB_OUTPUT"
`;
