import { AZURE_CLOUDS, type AzureCloud } from "../trust/hosts";
import type { Step } from "./model";
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

/** What builds, pushes and signs any image: a registry, a signing account, a cloud to log in to. */
export interface BuildPlan {
  readonly registry: { readonly name: string; readonly loginServer: string };
  readonly signing: SigningPlan;
  /** Azure's cloud. Default: the public one. */
  readonly cloud?: AzureCloud;
}

/** Expressions that yield the three ids that a run logs in with. */
export interface LoginIds {
  readonly "client-id": string;
  readonly "tenant-id": string;
  readonly "subscription-id": string;
}

/** Builds and pushes one image, then signs the pushed digest. */
export function imageSteps(plan: BuildPlan, image: ReturnType<typeof row>, ids: LoginIds): Step[] {
  return [
    ...buildSteps(plan, image, ids),
    // The first login's assertion lives minutes; a long build outlives it (AADSTS700024).
    azureLogin(plan, ids, "Log in to Azure again, as a build may outlast the first login"),
    ...installAndSign(plan.signing),
  ];
}

/** The row of a matrix whose values the job reads, by the names of a row. */
export function matrixRow(): ReturnType<typeof row> {
  const any = row({ name: "", context: ".", dockerfile: "", platforms: [] });
  return Object.fromEntries(
    Object.keys(any).map((key) => [key, `\${{ matrix.${key} }}`]),
  ) as typeof any;
}

/** What differs between images; a type, so that a matrix row has string values only. */
export function row(image: ImagePlan) {
  return {
    image: image.name,
    context: image.context,
    // build-push-action takes the file's path from the workspace, ours is from the context.
    file: image.context === "." ? image.dockerfile : `${image.context}/${image.dockerfile}`,
    platforms: image.platforms.join(","),
  };
}

function buildSteps(plan: BuildPlan, image: ReturnType<typeof row>, ids: LoginIds): Step[] {
  const repository = `${plan.registry.loginServer}/${image.image}`;
  return [
    { name: "Check out", uses: ACTIONS.checkout, with: { "persist-credentials": "false" } },
    { name: "Set up Buildx", uses: ACTIONS.buildx },
    azureLogin(plan, ids, "Log in to Azure"),
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

function azureLogin({ cloud }: BuildPlan, ids: LoginIds, name: string): Step {
  const elsewhere = cloud && cloud.login !== AZURE_CLOUDS.public.login;
  return {
    name,
    uses: ACTIONS.azureLogin,
    with: {
      ...ids,
      // Both, as the action derives neither from the other (azure.md, 10).
      ...(elsewhere && { environment: cloud.login, audience: cloud.audience }),
    },
  };
}

/** A registry with a domain name label is `name-hash.azurecr.io`; az must be told (azure.md, 2.3). */
function hashedLabel(registry: BuildPlan["registry"]): { SUFFIX?: string } {
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
