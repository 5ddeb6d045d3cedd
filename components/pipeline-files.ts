import * as pulumi from "@pulumi/pulumi";
import type { HeldProposal } from "../surroundings/held-files";
import { proposalBranch } from "../surroundings/proposal-plan";
import { stackName } from "../surroundings/stack";
import { pullRequestText } from "../workflow/pull-request";
import { CommittedFiles, ReleasedFiles } from "./committed-files";
import { ProposedFiles } from "./proposed-files";
import { SharedIdentity } from "./shared-identity";
import type { SigningPipelineArgs } from "./signing-pipeline-args";

/** What brings a pipeline's files to the default branch. */
export interface PipelineFiles {
  readonly made: readonly pulumi.Resource[];
  /** URL of the pull request that proposes them; undefined where none is open. */
  readonly pullRequest: pulumi.Output<string | undefined>;
}

/** Commits the files, or proposes them; what earlier runs did stays as `planFiles` decided. */
export function pipelineFiles(
  name: string,
  args: SigningPipelineArgs,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): PipelineFiles {
  const { repository, commit, files, adopt } = args;
  const { owner, name: repositoryName, defaultBranch: base } = repository;
  const common = { owner, repository: repositoryName, base, after };
  const kept = commit.keep.map((it) => keptProposal(name, { owner, after }, it, parent));
  if (commit.mode === "direct") {
    const { isOurs } = commit;
    const place = { owner, repository: repositoryName, repositoryId: repository.id, branch: base };
    const committed = new CommittedFiles(
      `${name}-files`,
      { ...place, files, adopt, isOurs, after },
      { parent },
    );
    return { made: [committed], pullRequest: pulumi.output(undefined) };
  }
  const released =
    commit.committed.length > 0
      ? [new ReleasedFiles(`${name}-files`, commit.committed, { parent })]
      : [];
  const proposed = commit.propose ? [newProposal(name, args, commit.propose, common, parent)] : [];
  const open = proposed[0] ?? kept.find((_, index) => commit.keep[index]?.digest === commit.open);
  const url = (number: number | undefined) => number && `${repository.url}/pull/${number}`;
  return {
    made: [...released, ...kept, ...proposed],
    pullRequest: open ? open.number.apply((it) => url(it) || undefined) : pulumi.output(undefined),
  };
}

type Common = Pick<
  ConstructorParameters<typeof ProposedFiles>[1],
  "owner" | "repository" | "base" | "after"
>;

function newProposal(
  name: string,
  args: SigningPipelineArgs,
  digest: string,
  common: Common,
  parent: pulumi.Resource,
): ProposedFiles {
  const branch = proposalBranch(name, digest);
  const files = args.files.map((file) => ({
    ...file,
    message: `Sign container images: ${file.path}`,
  }));
  const text = pullRequestText({
    stack: stackName(),
    files,
    images: args.images.map((image) => `${args.registry.loginServer}/${image.name}`),
    branches: args.branches,
    tags: args.tags,
    environment: args.environment?.name,
    governed: args.governed?.workflow,
    reach: reachOf(args),
    isChange: args.commit.isChange ?? false,
  });
  const pullRequest = { ...text, head: branch, base: common.base };
  return new ProposedFiles(
    proposalName(name, digest),
    {
      ...common,
      branch,
      files,
      pullRequest,
      released: false,
      workflow: args.workflow,
      moved: args.commit.moved,
    },
    { parent },
  );
}

/** What pushes may reach beyond the pipeline's own images. */
function reachOf({ identity, registry }: SigningPipelineArgs): string | undefined {
  if (registry.permissions === "rbac") return `every image of the registry \`${registry.name}\``;
  return identity instanceof SharedIdentity
    ? "the images of all pipelines that share its identity"
    : undefined;
}

/** As the state has it: whatever the configuration says by now, this one was proposed so. */
function keptProposal(
  name: string,
  common: Pick<Common, "owner" | "after">,
  { digest, branch, files, pullRequest, released, workflow, moved }: HeldProposal,
  parent: pulumi.Resource,
): ProposedFiles {
  return new ProposedFiles(
    proposalName(name, digest),
    {
      ...common,
      repository: branch?.repository ?? pullRequest?.baseRepository ?? "",
      base: branch?.sourceBranch ?? "",
      branch: branch?.branch,
      files: files.map(({ key, inputs }) => ({
        key,
        path: inputs.file ?? "",
        content: inputs.content ?? "",
        message: inputs.commitMessage ?? "",
      })),
      pullRequest: pullRequest && {
        title: pullRequest.title ?? "",
        body: pullRequest.body ?? "",
        head: pullRequest.headRef ?? "",
        base: pullRequest.baseRef ?? "",
      },
      released,
      workflow,
      moved,
    },
    { parent },
  );
}

function proposalName(pipeline: string, digest: string): string {
  return `${pipeline}-proposal-${digest}`;
}
