import { MAX_CONDITION } from "../../trust/conditions";
import { MAX_CREDENTIALS } from "../../trust/credentials";
import type { GitHubHost } from "../../trust/hosts";
import { registryGrants } from "../../trust/roles";
import { isArm } from "../../workflow/jobs";
import type { Report } from "../problems";
import type { PipelineConfiguration } from "../schema";
import { duplicate, imageName } from "../schemas/fields";
import { isApplication } from "../schemas/identity-schema";

/** Rules between the keys of one pipeline. @param ownTags `tags`, without those of the images. */
export function pipelineRules(
  pipeline: PipelineConfiguration,
  ownTags: readonly string[],
  host: GitHubHost | undefined,
  issuer: string | undefined,
  report: Report,
): void {
  if (!pipeline.environment) exactSubjects(pipeline, ownTags, report);
  if (pipeline.branches?.length === 0 && pipeline.tags.length === 0) {
    report("branches", "at least one branch or tag", "Add a branch, or remove this key.");
  } else if (pipeline.branches?.length === 0) {
    const expected = "at least one tag, because the pipeline has no branch";
    for (const [index, { tags }] of pipeline.images.entries()) {
      if (tags?.length !== 0) continue;
      const fix = "Add a tag for this image, or a branch to `branches`.";
      report(`images.${index}.tags`, expected, fix);
    }
  }
  settingsRules(pipeline, report);
  imageRules(pipeline, report);
  runnerRule(pipeline, report);
  verifyRules(pipeline, report);
  if (host) hostRules(pipeline, host, issuer, report);
}

/** Without an environment, each branch and each tag needs its own federated credential. */
function exactSubjects(
  pipeline: PipelineConfiguration,
  ownTags: readonly string[],
  report: Report,
): void {
  const { branches, tags, identity, subjects, images } = pipeline;
  const ofImage = images.findIndex((it) => it.tags?.length);
  const tagsKey = ownTags.length > 0 ? "tags" : `images.${ofImage}.tags`;
  const trustedTags = isApplication(identity) ? tags : [];
  if (tags.length > trustedTags.length) {
    const fix =
      "Add an `environment`, or set `identity: { application: {} }`. Both accept patterns.";
    report(tagsKey, "tags only together with an `environment` or an application", fix);
  }
  for (const [index, branch] of (branches ?? []).entries()) {
    if (!branch.includes("*")) continue;
    const fix = "List the branches by name, or add an `environment`, which accepts patterns.";
    report(`branches.${index}`, "the exact name of a branch", fix);
  }
  const refs = (branches?.length ?? 1) + trustedTags.length;
  const most = subjects === "both" ? MAX_CREDENTIALS / 2 : MAX_CREDENTIALS;
  if (refs > most) {
    const two = subjects === "both" ? ", two for each with `subjects: both`" : "";
    const expected = `at most ${most} branches and tags, because an identity can have only ${MAX_CREDENTIALS} federated credentials${two}`;
    const also = branches ? "" : ", including the default branch";
    const fix = `There are ${refs}${also}. Remove some, or add an \`environment\`, which covers all of them.`;
    report(trustedTags.length > (branches?.length ?? 0) ? tagsKey : "branches", expected, fix);
  }
}

/** Where GitHub can store the three IDs. */
function settingsRules(pipeline: PipelineConfiguration, report: Report): void {
  const { ids, level, trust, environment } = pipeline;
  if (trust && ids !== "variables") {
    const fix = "Set `ids: variables`. The reusable workflow gets the IDs as inputs.";
    report("ids", "`variables`, because the pipeline sets `trust.workflow`", fix);
  }
  if (level === "environment" && (trust || !environment)) {
    const why = trust ? "sets `trust.workflow`" : "has no `environment`";
    const fix = trust ? "Remove `level`." : "Add an `environment`, or change `level`.";
    report("level", `\`repository\` or \`organization\`, because the pipeline ${why}`, fix);
  }
}

function imageRules({ repository, ...pipeline }: PipelineConfiguration, report: Report): void {
  const images = pipeline.images.map((image) => image.name);
  // Only the default name can be one that no image can have.
  if (!images.every(isImageName)) {
    const expected = "images with names, because the repository's name cannot be an image's name";
    report("images", expected, "Add `images: [{ name: NAME }]`.", repository);
    return;
  }
  const twice = duplicate(images);
  if (twice) report("images", twice.expected, twice.fix, images);
  const length = conditionLength(images);
  if (length > MAX_CONDITION) {
    const fix = `They need ${length} characters. Use fewer images, or shorter names.`;
    report("images", FITTING_IMAGES, fix, images);
  }
}

function verifyRules(pipeline: PipelineConfiguration, report: Report): void {
  const { verify, workflow, trust } = pipeline;
  if (!verify) return;
  if (verify.workflow === workflow) {
    const fix = "Choose another path for one of the two.";
    report("verify.workflow", "another file than `workflow`", fix, verify.workflow);
  }
  if (trust) {
    const fix = "Remove `verify`. To verify images elsewhere, use `verify.sh` (docs/verify.md).";
    const expected = "no `verify`, because only jobs of `trust.workflow` can log in";
    report("verify", expected, fix);
  }
}

/** The pinned archives of Notation and of its plugin are for Linux. */
function runnerRule({ runner, timeout, signWith }: PipelineConfiguration, report: Report): void {
  if ([runner].flat().some(isHosted) && timeout > MAX_HOSTED) {
    const expected = `at most ${MAX_HOSTED}, because GitHub's runners end a job after six hours`;
    report("timeout", expected, "Use a smaller number, or a runner of your own.");
  }
  if ([runner].flat().some((label) => OTHER_RUNNERS.test(label))) {
    const expected = "a runner with Linux and Docker, for which the signing tools are pinned";
    report("runner", expected, "Choose another runner. `platforms` builds images for others.");
  }
  if (signWith === "action" && [runner].flat().some(isArm)) {
    const fix = "Remove `signWith`. Notation's CLI also signs on ARM.";
    report("signWith", "`cli`, because the runner has an ARM processor", fix);
  }
}

/** `ubuntu-slim` has no Docker. */
const OTHER_RUNNERS = /^(?:windows|macos|ubuntu-slim$)/i;

// https://docs.github.com/actions/reference/limits
const MAX_HOSTED = 360;

/**
 * Whether a label is one of GitHub's own runners with Docker.
 * Source: https://docs.github.com/actions/reference/runners/github-hosted-runners
 */
export function isHosted(label: string): boolean {
  return /^ubuntu-(?:latest|\d\d\.04)(?:-arm)?$/.test(label);
}

export const FITTING_IMAGES = `image names that fit into one role condition of ${MAX_CONDITION} characters`;

/** Length of the longest role condition that allows these images, on an ABAC registry. */
export function conditionLength(images: readonly string[]): number {
  const valid = images.filter(isImageName);
  const grants = valid.length > 0 ? registryGrants("abac", valid) : [];
  return Math.max(0, ...grants.map(({ condition = "" }) => condition.length));
}

function isImageName(name: string): boolean {
  return imageName.safeParse(name).success;
}

/** What Entra and GitHub offer for github.com only. */
function hostRules(
  pipeline: PipelineConfiguration,
  host: GitHubHost,
  issuer: string | undefined,
  report: Report,
): void {
  const { subjects, tags, environment, identity } = pipeline;
  if (host.kind === "server" && (subjects === "immutable" || subjects === "both")) {
    const expected = `\`auto\` or \`names\`, because ${host.name} does not issue immutable subjects`;
    report("subjects", expected, "Remove `subjects`.");
  }
  const isPattern = tags.some((tag) => tag.includes("*"));
  const isOther = host.kind !== "cloud" || (issuer !== undefined && issuer !== host.issuer);
  if (isOther && isPattern && !environment && isApplication(identity)) {
    const expected =
      "exact tags, because Entra accepts patterns only for tokens of github.com with its plain issuer";
    report("tags", expected, "List the tags by name, or add an `environment`.");
  }
}
