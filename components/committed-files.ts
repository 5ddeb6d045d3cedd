import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";

export interface CommittedFilesArgs {
  readonly owner: string;
  readonly repository: string;
  readonly branch: string;
  /** In the order of their commits. */
  readonly files: ReadonlyArray<{
    /** Last part of the resource's name; stable, whatever the path. */
    readonly key: string;
    readonly path: string;
    readonly content: pulumi.Input<string>;
  }>;
  /** Overwrite files that exist, and leave them in place on destroy. Default: refuse at preview. */
  readonly adopt: boolean;
}

/** Files committed to one branch, one after another: GitHub refuses two commits at once. */
export class CommittedFiles extends pulumi.ComponentResource {
  constructor(name: string, args: CommittedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:CommittedFiles", name, {}, opts);
    const { owner, repository, branch, adopt } = args;
    const guard = refuseExisting(`${name}-existing-file`, {
      title: ({ file }) => `file ${file} on branch ${branch} of ${owner}/${repository}`,
      exists: async ({ file, content }) => {
        const url = path`repos/${owner}/${repository}/contents/${file as string}?ref=${branch}`;
        const found = await get<{ content?: string }>(url, { parent: this });
        // With equal content nothing is lost: most likely the answer to our own commit was.
        return !!found && decoded(found.content) !== content;
      },
      remedy: "set `adopt: true` to overwrite and keep it, or choose another path with `workflow`",
    });
    const written: pulumi.Resource[] = [];
    for (const { key, path: file, content } of args.files) {
      written.push(
        new github.RepositoryFile(
          `${name}-${key}`,
          {
            repository,
            branch,
            file,
            content,
            commitMessage: `Sign container images: ${file}`,
            // The guard has looked; the provider's own refusal would come only during `up`.
            overwriteOnCreate: true,
          },
          {
            parent: this,
            dependsOn: [...written],
            deleteBeforeReplace: true,
            retainOnDelete: adopt,
            hooks: adopt ? undefined : { beforeCreate: [guard] },
          },
        ),
      );
    }
    this.registerOutputs();
  }
}

function decoded(content: string | undefined): string | undefined {
  return content === undefined ? undefined : Buffer.from(content, "base64").toString("utf8");
}
