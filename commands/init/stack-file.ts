import { parse } from "yaml";
import * as field from "../../configuration/schemas/fields";
import type { InitAnswers } from "./questions";

/** The text of a stack file, with a comment for each key. It contains no secret. */
export function stackFileText(
  { owner, repository, location, ...azure }: InitAnswers,
  schema: string,
): string {
  const key = pipelineKey(repository);
  const image = imageName(repository);
  const more = [
    ...(key === repository ? [] : [`      repository: ${text(repository)}`]),
    ...(image === repository.toLowerCase() ? [] : [`      images: [{ name: ${text(image)} }]`]),
  ];
  return [
    `# yaml-language-server: $schema=${schema}`,
    "# Countersign's configuration. No value here is a secret, and none needs encryption.",
    "config:",
    "  # Region of the managed identity that each pipeline gets.",
    `  azure-native:location: ${text(location)}`,
    "  # User or organization that owns the repositories. The token is in GITHUB_TOKEN, never here.",
    `  github:owner: ${text(owner)}`,
    "  # Existing registry that images are pushed to. Its mode, ABAC or RBAC, is read from Azure.",
    "  countersign:registry:",
    `    resourceGroup: ${text(azure.registryGroup)}`,
    `    name: ${text(azure.registry)}`,
    "  # Existing Artifact Signing account and certificate profile.",
    "  countersign:signing:",
    `    resourceGroup: ${text(azure.signingGroup)}`,
    `    account: ${text(azure.account)}`,
    `    profile: ${text(azure.profile)}`,
    "  # What to sign. All keys of a pipeline are optional: docs/configuration.md",
    "  countersign:pipelines:",
    `    # A push to the default branch of ${owner}/${repository} signs one image.`,
    `    ${text(key)}:${more.length > 0 ? "" : " {}"}`,
    ...more,
    "    # With more keys:",
    "    # another-repository:",
    "    #   tags: [v*]                # tags need an environment",
    "    #   environment: release      # only the branches and tags of this pipeline can use it",
    "    #   images:",
    "    #     - name: team/api        # repository in the registry",
    "    #       context: api          # folder with the Dockerfile",
    "",
  ].join("\n");
}

/** A key for the pipeline of a repository. Keys have fewer characters than repositories. */
function pipelineKey(repository: string): string {
  const key = repository.replace(/[^A-Za-z0-9_-]/g, "-").replace(/^[^A-Za-z0-9]+/, "");
  return key.slice(0, 40) || "images";
}

/** A name for the image. By default, it is the repository's name, which can have other characters. */
function imageName(repository: string): string {
  const name = repository.toLowerCase();
  if (field.imageName.safeParse(name).success) return name;
  const words = name.match(/[a-z0-9]+/g) ?? ["image"];
  return words.join("-");
}

/** A scalar that YAML reads as the same text, such as `"123"` or `"no"`. */
function text(value: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9._-]*$/.test(value) && parse(value) === value;
  return isPlain ? value : JSON.stringify(value);
}
