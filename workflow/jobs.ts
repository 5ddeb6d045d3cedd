import { AZURE_CLOUDS, type AzureCloud } from "../trust/hosts";
import type { VerifierTrust } from "../trust/verification";
import { type ImagePlan, matrixRows, placeholders, row } from "./images";
import type { Job, Permissions, Step } from "./model";
import { rowOutputs, SIGNED } from "./outputs";
import { actionSteps } from "./steps/action";
import {
  type AzureLogin,
  firstLogin,
  type LoginInputs,
  prepareStep,
  type Registry,
  registryLogin,
  secondLogin,
} from "./steps/azure";
import { builderStep, buildSteps, checkoutStep, emulation, type SourcePlan } from "./steps/build";
import { referencesStep } from "./steps/references";
import { cliSteps, type SigningPlan } from "./steps/sign";
import { summaryStep, withFailure } from "./steps/summaries";
import { trustStep, verifyStep } from "./steps/verify";

/** What all images of a workflow have in common. */
export interface JobPlan {
  /** Whether the workflow builds and pushes images. Otherwise it signs digests that it is given. */
  readonly build: boolean;
  /** The registry of the images. */
  readonly registry: Registry;
  readonly signing: SigningPlan;
  /** What verifiers trust. Default: it is not known yet. */
  readonly trust?: VerifierTrust;
  /** Azure cloud to log in to. Default: the public cloud. */
  readonly cloud?: AzureCloud;
  /** Label of the runner, or labels that it must have. The runner is Linux. */
  readonly runner: string | readonly string[];
  readonly timeoutMinutes: number;
}

/** Where a job runs, and whom it logs in as. The values can be expressions. */
export interface JobPlace {
  readonly login: LoginInputs;
  /** Default: the job has no environment. */
  readonly environment?: string;
  /** Condition of the job. Default: the job always runs. */
  readonly condition?: string;
  readonly needs?: readonly string[];
}

const LOGIN: Permissions = {
  "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
};

/** What the job that signs may do. */
export function permissionsOf({ build }: Pick<JobPlan, "build">): Permissions {
  return build ? { contents: { access: "read", why: "to check out" }, ...LOGIN } : LOGIN;
}

/** The rows of a matrix that only a run knows, and the most rows that there can be. */
export interface GivenRows {
  readonly expression: string;
  readonly most: number;
}

/**
 * The job that builds, pushes and signs. It has a matrix, unless it always builds one image.
 *
 * @param images all images that it can build; empty: only a run knows them.
 */
export function buildJob(
  plan: JobPlan,
  images: readonly ImagePlan[],
  source: SourcePlan,
  place: JobPlace,
  given?: GivenRows,
): Job {
  const { loginServer } = plan.registry;
  if (!given && images.length === 0) throw new Error("a pipeline needs at least one image");
  const all = images.map((it) => row(it, loginServer));
  const only = given || all.length > 1 ? undefined : all[0];
  const rows = matrixRows(all);
  // A called workflow has no secrets of its callers.
  const known = placeholders(rows);
  const image = only ?? (images.length > 0 ? known : { ...known, secrets: "" });
  const secrets = images.flatMap((it) => Object.values(it.secrets ?? {}));
  const most = given?.most ?? all.length;
  return {
    name: only ? "Build, push and sign" : "Build, push and sign ${{ matrix.image }}",
    ...frame(plan, place),
    ...(!only && { matrix: given?.expression ?? rows }),
    outputs: only ? SIGNED : rowOutputs(most),
    steps: withFailure([
      prepareStep(plan.signing.timestampRoot),
      checkoutStep(source),
      ...emulation(rows, !only, nativePlatform(plan)),
      builderStep(),
      ...firstLogin(loginOf(plan, place)),
      registryLogin(loginOf(plan, place), plan.registry, image.image),
      ...buildSteps(image, loginServer, source, [...new Set(secrets)]),
      ...secondLogin(loginOf(plan, place)),
      ...signSteps(plan, "${{ steps.image.outputs.reference }}", place, !only),
    ]),
  };
}

/** The job that signs digests. Everything that it signs is checked before. */
export function digestsJob(
  plan: JobPlan,
  given: { readonly references: string; readonly again: string; readonly images: string },
  place: JobPlace,
): Job {
  const output = (name: string) => `\${{ steps.references.outputs.${name} }}`;
  const login = loginOf(plan, place);
  const references = output("references");
  return {
    name: "Sign",
    ...frame(plan, place),
    outputs: SIGNED,
    steps: withFailure([
      referencesStep(given.references, plan.registry.loginServer, given.images),
      prepareStep(plan.signing.timestampRoot),
      ...firstLogin(login),
      registryLogin(login, plan.registry, output("image")),
      ...(plan.trust ? [trustStep(plan.trust)] : []),
      ...cliSteps(plan.signing, login, plan.registry, {
        references,
        ...(plan.trust && { again: given.again }),
        isBuilt: false,
      }),
      ...(verified(plan) ? [verifyStep()] : []),
      summaryStep(references, plan.signing, "kept"),
    ]),
  };
}

function frame(plan: JobPlan, { environment, condition, needs }: JobPlace) {
  return {
    ...(needs && { needs }),
    ...(condition && { if: condition }),
    runsOn: plan.runner,
    timeoutMinutes: plan.timeoutMinutes,
    ...(environment && { environment }),
    permissions: permissionsOf(plan),
  };
}

function loginOf({ cloud = AZURE_CLOUDS.public }: JobPlan, { login }: JobPlace): AzureLogin {
  return { inputs: login, cloud };
}

function signSteps(plan: JobPlan, references: string, place: JobPlace, isRow: boolean): Step[] {
  const { signing, registry } = plan;
  const login = loginOf(plan, place);
  const isAction = signing.signWith === "action";
  const trust = verified(plan);
  return [
    ...(trust ? [trustStep(trust)] : []),
    ...(isAction
      ? actionSteps(signing, login, references)
      : cliSteps(signing, login, registry, { references, isBuilt: true })),
    ...(trust ? [verifyStep(isAction ? references : undefined)] : []),
    summaryStep(references, signing, isRow ? "row" : undefined),
  ];
}

/** What a run verifies each new signature with. Undefined: it does not. */
function verified({ trust, signing }: JobPlan): VerifierTrust | undefined {
  return signing.verify ? trust : undefined;
}

/** The platform of the runner, which needs no emulator. */
function nativePlatform({ runner }: JobPlan): string {
  return [runner].flat().some(isArm) ? "linux/arm64" : "linux/amd64";
}

/** Whether a label says that the runner has an ARM processor. */
export function isArm(label: string): boolean {
  return /(?:^|-)arm(?:64)?(?:-|$)/i.test(label);
}
