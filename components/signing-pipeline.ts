import * as pulumi from "@pulumi/pulumi";
import type { PipelinePlan } from "../planning/stack-plan";
import {
  committedFilesName,
  environmentsName,
  proposalBranch,
  proposalName,
  settingsName,
} from "../trust/resource-names";
import { type AccessArgs, pipelineAccess } from "./access/pipeline-access";
import { pipelineVerifier } from "./access/pipeline-verifier";
import { CommittedFiles, RetainedFiles } from "./committed-files";
import { DeploymentEnvironment } from "./deployment-environment";
import { LoginSettings } from "./login-settings";
import { tell } from "./notes";
import { ProposedFiles } from "./proposed-files";
import { AS_PLANNED, type Settle } from "./settle";
import { subjectTemplate } from "./subject-template";

/** What decides a pipeline: its plan, as `planStack` makes it. */
export interface SigningPipelineArgs
  extends Omit<PipelinePlan, "name" | "azure" | "isPending">,
    AccessArgs {
  /** Tenant and subscription that a run logs in to. */
  readonly azure: {
    readonly tenantId: pulumi.Input<string>;
    readonly subscriptionId: pulumi.Input<string>;
  };
  /** Name of the repository, if the stack creates it. Default: the plan's. */
  readonly repositoryName?: pulumi.Input<string>;
  /** Puts real values into the plan. Default: the plan has them. */
  readonly settle?: Settle;
  /** Commits of other pipelines to the same branch: GitHub refuses two at once. Default: none. */
  readonly earlierCommits?: readonly pulumi.Resource[];
}

/** A repository whose declared pushes build, push and sign container images. */
export class SigningPipeline extends pulumi.ComponentResource {
  /** Client id of the identity that runs log in as. */
  readonly clientId: pulumi.Output<string>;
  /** The subjects that Entra accepts exactly, and the patterns of flexible credentials. */
  readonly subjects: pulumi.Output<string[]>;
  /** Pushes that sign images, in words. */
  readonly signs: pulumi.Output<string[]>;
  /** The repositories that images are pushed to. */
  readonly images: pulumi.Output<string[]>;
  /** The committed workflow. */
  readonly workflow: pulumi.Output<{ path: string; url: string }>;
  /** Commands to look at an image's signature, and to verify it. */
  readonly notation: pulumi.Output<{ inspect: string; verify?: string }>;
  /** URL of the pull request that proposes the files: signing starts when it is merged. */
  readonly pullRequest: pulumi.Output<string | undefined>;
  /** Text of the reusable workflow that the called repository must have; with `trust.workflow`. */
  readonly reusableWorkflow: pulumi.Output<string | undefined>;
  /** Credentials that this pipeline gave a shared identity. */
  readonly credentials: readonly pulumi.Resource[];
  /** Commits to the default branch. */
  readonly commits: readonly pulumi.Resource[];

  constructor(name: string, args: SigningPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SigningPipeline", name, {}, opts);
    const { azure, environments, repository, settle = AS_PLANNED } = args;
    const { files } = args;
    const { defaultBranch, url } = repository;
    const { repositoryName = repository.name } = args;
    const place = { pipeline: name, repository: repositoryName };
    const child = { parent: this };

    // Before the identity trusts an environment, and deleted after: GitHub creates a missing one on
    // the spot, open to every branch.
    const gates =
      environments.length > 0
        ? [new DeploymentEnvironment(environmentsName(name), { ...place, environments }, child)]
        : [];
    const { principal, ready, ...access } = pipelineAccess(name, args, this, gates);
    const settings = new LoginSettings(
      settingsName(name),
      {
        ...place,
        repositoryId: settle(repository.id),
        locations: args.settings,
        values: {
          AZURE_CLIENT_ID: principal.clientId,
          AZURE_TENANT_ID: azure.tenantId,
          AZURE_SUBSCRIPTION_ID: azure.subscriptionId,
        },
        after: [...gates, ...ready],
      },
      child,
    );
    const verifier = pipelineVerifier(name, args, this);
    const template = (when: typeof args.subjectTemplate, after: readonly pulumi.Resource[]) =>
      args.subjectTemplate === when ? [subjectTemplate(name, repository, this, after)] : [];
    const early = template("before the files", ready);

    // Last of all: the commit of the workflow starts its first run.
    const after = [...ready, settings, ...verifier, ...early];
    const { committed, proposal, retained } = files;
    const earlier = args.earlierCommits ?? [];
    const commits =
      committed &&
      new CommittedFiles(
        committedFilesName(name),
        {
          ...committed,
          settle,
          retained,
          repository: repositoryName,
          branch: defaultBranch,
          after: [...after, ...earlier],
        },
        child,
      );
    const proposed =
      proposal &&
      new ProposedFiles(
        proposalName(name, proposal.id),
        {
          ...proposal,
          settle,
          branch: proposalBranch(name, proposal.id),
          base: defaultBranch,
          after,
        },
        child,
      );
    if (!committed && retained.length > 0) {
      new RetainedFiles(committedFilesName(name), { ...place, keys: retained }, child);
    }
    const late = template(
      "after the files",
      [commits, proposed].filter((it) => it !== undefined),
    );

    tell(this, args);
    this.clientId = principal.clientId;
    this.credentials = access.credentials;
    this.commits = commits?.commits ?? [];
    const outputs = pulumi.output(settle(args.outputs));
    this.subjects = outputs.subjects.apply((it) => [...it]);
    this.signs = outputs.signs.apply((it) => [...it]);
    this.images = outputs.images.apply((it) => [...it]);
    const path = args.outputs.workflow;
    this.workflow = pulumi.output({ path, url: `${url}/blob/${defaultBranch}/${path}` });
    this.notation = outputs.notation;
    this.reusableWorkflow = outputs.apply((it) => it.reusableWorkflow);
    this.pullRequest = pulumi.output(proposed?.number.apply((it) => `${url}/pull/${it}`));
    // Only when everything is made: a record must never be ahead of what exists.
    const made = [
      ...[...gates, settings, ...verifier].map((it) => it.done),
      ...access.done,
      ...[...early, ...late].map((it) => it.id),
      commits?.done,
      proposed?.number,
    ];
    const record = pulumi.all([settle(args.record), ...made]).apply(([it]) => it);
    const { clientId, subjects, signs, images, workflow, notation, pullRequest } = this;
    const own = { clientId, subjects, signs, images, workflow, notation, pullRequest };
    this.registerOutputs({ ...own, record });
  }
}
