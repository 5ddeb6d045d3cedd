import { type Row, secretVariable } from "../images";
import type { Step } from "../model";
import { ACTIONS, IMAGES } from "../pins";

/** Name of the step that builds and pushes an image. */
export const BUILD_STEP = "Build and push";

/** What is checked out, and which tags its images get. The values can be expressions. */
export interface SourcePlan {
  /** `true`, `recursive`, or empty: submodules are not checked out. */
  readonly submodules: string;
  /** `true`, or empty: files of Git LFS are not checked out. */
  readonly lfs: string;
  /** The rules of docker/metadata-action, one on each line. */
  readonly imageTags: string;
}

/** Checks the repository out. Its token does not stay in the folder. */
export function checkoutStep({ submodules, lfs }: Omit<SourcePlan, "imageTags">): Step {
  const with_ = {
    "persist-credentials": "false",
    ...(submodules && { submodules }),
    ...(lfs && { lfs }),
  };
  return { name: "Check out", uses: ACTIONS.checkout, with: with_ };
}

/**
 * The step that installs emulators, where an image can need them.
 *
 * @param rows of a matrix; empty: they are not known.
 */
export function emulation(rows: readonly Partial<Row>[], isMatrix: boolean, native: string) {
  const needed = ({ platforms = "" }: Partial<Row>) => platforms !== "" && platforms !== native;
  if (rows.length > 0 && !rows.some(needed)) return [];
  const step: Step = {
    name: "Set up emulation of other platforms",
    ...(isMatrix && { if: `matrix.platforms != '' && matrix.platforms != '${native}'` }),
    uses: ACTIONS.qemu,
    // A cached copy of the image would not be compared with the digest.
    with: { image: IMAGES.binfmt, "cache-image": "false" },
  };
  return [step];
}

export function builderStep(): Step {
  const options = { "driver-opts": `image=${IMAGES.buildkit}` };
  return { name: "Set up Buildx", uses: ACTIONS.buildx, with: options };
}

/**
 * Builds and pushes one image, and takes its digest.
 *
 * @param secrets names of the GitHub secrets of all images. Each build mounts only its own.
 */
export function buildSteps(
  image: Row,
  loginServer: string,
  { imageTags }: Pick<SourcePlan, "imageTags">,
  secrets: readonly string[],
): Step[] {
  const repository = `${loginServer}/${image.image}`;
  const values = secrets.map((name) => [secretVariable(name), `\${{ secrets.${name} }}`] as const);
  return [
    {
      name: "Name the image",
      id: "name",
      uses: ACTIONS.metadata,
      with: {
        images: repository,
        // Otherwise, a Git tag also moves `latest`.
        flavor: "latest=false",
        tags: imageTags,
        ...(image.labels && { labels: image.labels }),
      },
    },
    {
      name: BUILD_STEP,
      id: "push",
      uses: ACTIONS.build,
      ...(values.length > 0 && { env: Object.fromEntries(values) }),
      with: {
        context: image.context,
        file: image.file,
        ...(image.platforms && { platforms: image.platforms }),
        ...(image.target && { target: image.target }),
        ...(image.args && { "build-args": image.args }),
        ...(image.secrets && { "secret-envs": image.secrets }),
        ...(image["cache-from"] && { "cache-from": image["cache-from"] }),
        ...(image["cache-to"] && { "cache-to": image["cache-to"] }),
        push: "true",
        tags: "${{ steps.name.outputs.tags }}",
        labels: "${{ steps.name.outputs.labels }}",
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

/** The digest is signed, because another run can move a tag between the push and the signature. */
const TAKE_THE_DIGEST = `if [[ ! "$DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "::error::the build reported no digest to sign, but '$DIGEST'"
  exit 1
fi
echo "reference=$REPOSITORY@$DIGEST" >> "$GITHUB_OUTPUT"
`;
