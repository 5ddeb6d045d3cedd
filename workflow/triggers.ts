import type { ImagePlan } from "./images";
import type { Call, Triggers } from "./model";
import { workflowOutputs } from "./outputs";
import type { SignImagePlan } from "./plan";
import { DIGEST_INPUTS } from "./reusable-workflow";
import { selects } from "./steps/select";

/** The names of the login settings, by the inputs of azure/login. */
export const IDS = {
  "client-id": "AZURE_CLIENT_ID",
  "tenant-id": "AZURE_TENANT_ID",
  "subscription-id": "AZURE_SUBSCRIPTION_ID",
} as const;

/** Every workflow can be called, so that a job of the caller can use what is signed. */
export function triggersOf(plan: SignImagePlan): Triggers {
  const { build, push, branches, tags, schedule } = plan;
  const isList = build && !plan.reusableWorkflow && isMatrix(plan.images);
  const secrets = secretsOf(plan);
  const call: Call = {
    ...(!build && { inputs: DIGEST_INPUTS }),
    ...(secrets && { secrets }),
    outputs: workflowOutputs(isList ? "list" : "sign"),
  };
  const filters = {
    ...(branches.length > 0 && { branches }),
    ...(tags.length > 0 && { tags }),
  };
  return {
    ...(build && push && { push: filters }),
    ...(schedule && { schedule }),
    workflowDispatch: build ? {} : DIGEST_INPUTS,
    workflowCall: call,
  };
}

/**
 * The secrets that a caller passes: `true` for those that it must have. An environment can have them
 * instead: https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
 */
function secretsOf(plan: SignImagePlan): Call["secrets"] {
  const { settings, images, environment } = plan;
  const ids =
    settings.kind === "secrets" ? Object.values(IDS).map((it) => it + settings.suffix) : [];
  const mounted = images.flatMap((it) => Object.values(it.secrets ?? {}));
  const all = [
    ...ids.map((name) => [name, settings.environment === undefined] as const),
    // Each job has this one.
    ...mounted.filter((it) => it !== "GITHUB_TOKEN").map((it) => [it, !environment] as const),
  ];
  // GitHub ignores the case of these names.
  const unique = new Map(all.map(([name, isRequired]) => [name.toUpperCase(), isRequired]));
  return unique.size > 0 ? Object.fromEntries(unique) : undefined;
}

/** Whether one job builds several images, or as many as a push concerns. */
export function isMatrix(images: readonly ImagePlan[]): boolean {
  return images.length > 1 || selects(images);
}
