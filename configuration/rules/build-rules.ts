import { MAX_CALLED_IMAGES } from "../../workflow/reusable-workflow";
import type { Report } from "../problems";
import type { WrittenPipeline } from "../schema";

/** Rules about what a workflow builds, and what it signs. */
export function buildRules(pipeline: WrittenPipeline, report: Report): void {
  const { build, images = [], tags, trust, signWith, sign } = pipeline;
  if (!build) signOnlyRules(pipeline, report);
  if (tags.length > 0 && images.length > 0 && images.every((it) => it.tags)) {
    const fix = "Remove this key, or the `tags` of an image.";
    report("tags", "no tags here, because each image has its own", fix);
  }
  if (trust && images.length > MAX_CALLED_IMAGES) {
    const expected = `at most ${MAX_CALLED_IMAGES} images, because each one is an output of the reusable workflow`;
    report("images", expected, "Use two pipelines.", images.length);
  }
  const mounted = images.findIndex(({ secrets }) => secrets && Object.keys(secrets).length > 0);
  if (trust && mounted >= 0) {
    const fix = "Remove the secrets, or build in a workflow of your own with `build: false`.";
    report(`images.${mounted}.secrets`, "no secrets, because the reusable workflow has none", fix);
  }
  if (signWith !== "action") return;
  const expected = "`cli`, because notation-action signs one digest without metadata";
  const needs = [
    ...(build ? [] : ["build: false"]),
    ...(["metadata", "platforms", "referrers"] as const).flatMap((key) =>
      sign[key] ? `sign.${key}` : [],
    ),
  ];
  if (needs.length > 0) report("signWith", expected, `Remove \`signWith\` or \`${needs[0]}\`.`);
}

/** What a workflow that builds nothing cannot use. */
function signOnlyRules(pipeline: WrittenPipeline, report: Report): void {
  const fix = "Remove this key. Your own workflow builds and pushes the images.";
  const expected = "no such key together with `build: false`";
  const { push, schedule, submodules, lfs, imageTags, images = [] } = pipeline;
  const own = { push: !push, schedule, submodules, lfs, imageTags };
  for (const [key, given] of Object.entries(own)) if (given) report(key, expected, fix);
  for (const [index, image] of images.entries()) {
    const { name: _, context, dockerfile, platforms, ...options } = image;
    const used = {
      context: context !== ".",
      dockerfile: dockerfile !== "Dockerfile",
      platforms: platforms.length > 0,
      ...options,
    };
    for (const [key, given] of Object.entries(used)) {
      if (given) report(`images.${index}.${key}`, expected, fix);
    }
  }
}
