import * as pulumi from "@pulumi/pulumi";
import type { Repository } from "../surroundings/repository";
import { managedIdentityName } from "../trust/names";
import { declaredSubjects, migrationNote } from "../trust/subjects";
import { inspectCommand, verifyCommands } from "../trust/verification";
import { microsoftRoot } from "../workflow/certificate";
import { renderWorkflow } from "../workflow/render";
import { signImageWorkflow } from "../workflow/sign-image";
import { CommittedFiles } from "./committed-files";
import { DeploymentEnvironment } from "./deployment-environment";
import { PipelineIdentity } from "./pipeline-identity";
import { RegistryAccess } from "./registry-access";
import { SignerAccess } from "./signer-access";
import type { SigningPipelineArgs } from "./signing-pipeline-args";
import { StoredIds } from "./stored-ids";

const TIMESTAMP_ROOT = ".github/certs/timestamp-root.pem";

/** A repository whose declared pushes build, push and sign container images. */
export class SigningPipeline extends pulumi.ComponentResource {
  /** Client id of the identity that runs log in as. */
  readonly clientId: pulumi.Output<string>;
  /** The subjects that Entra accepts, exactly. */
  readonly subjects: pulumi.Output<string[]>;
  /** The repositories that images are pushed to. */
  readonly images: pulumi.Output<string[]>;
  /** The committed workflow. */
  readonly workflow: pulumi.Output<{ path: string; url: string }>;
  /** Commands to look at an image's signature, and to verify it. */
  readonly notation: pulumi.Output<{ inspect: string; verify: string }>;

  constructor(name: string, args: SigningPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SigningPipeline", name, {}, opts);
    const { repository, registry, profile, environment, branches, tags, adopt } = args;
    const { owner, name: repositoryName } = repository;
    const subjects = declaredSubjects(args.subjectPrefixes, { branches, environment });
    const references = args.images.map((image) => `${registry.loginServer}/${image.name}`);

    // Before the identity trusts the environment, and gone after: GitHub makes a missing one on the
    // spot, open to every branch.
    const gate =
      environment && args.createsEnvironment
        ? [
            new DeploymentEnvironment(
              `${name}-environment`,
              { owner, repository: repositoryName, environment, branches, tags },
              { parent: this },
            ),
          ]
        : [];
    const identity = new PipelineIdentity(
      `${name}-identity`,
      {
        identityName: identityName(name),
        resourceGroupName: args.identity.resourceGroup,
        location: args.identity.location,
        subjects,
        after: gate,
      },
      { parent: this },
    );
    const { principalId, clientId } = identity;
    const registryAccess = new RegistryAccess(
      `${name}-registry`,
      {
        registryId: registry.id,
        permissions: registry.permissions,
        principalId,
        repositories: args.images.map((image) => image.name),
      },
      { parent: this },
    );
    const signerAccess = new SignerAccess(
      `${name}-signer`,
      { profileId: profile.id, principalId },
      { parent: this },
    );
    const ids = new StoredIds(
      `${name}-ids`,
      {
        owner,
        repository: repositoryName,
        environment: args.level === "environment" ? environment : undefined,
        kind: args.ids,
        values: {
          AZURE_CLIENT_ID: clientId,
          AZURE_TENANT_ID: args.azure.tenantId,
          AZURE_SUBSCRIPTION_ID: args.azure.subscriptionId,
        },
        adopt,
        after: gate,
      },
      { parent: this },
    );
    // Last of all: the commit of the workflow starts its first run.
    new CommittedFiles(
      `${name}-files`,
      {
        owner,
        repository: repositoryName,
        branch: repository.defaultBranch,
        files: [
          { key: "timestamp-root", path: TIMESTAMP_ROOT, content: args.timestamp.root },
          { key: "workflow", path: args.workflow, content: workflowText(args) },
        ],
        adopt,
        after: [identity, registryAccess, signerAccess, ids],
      },
      { parent: this },
    );

    if (repository.isProtected) pulumi.log.warn(protectedNote(repository), this);
    if (args.subjectPrefixes.length > 1) pulumi.log.info(migrationNote(repository.subjects), this);
    this.clientId = clientId;
    this.subjects = pulumi.output(subjects.map(({ subject }) => subject));
    this.images = pulumi.output(references);
    this.workflow = pulumi.output({
      path: args.workflow,
      url: `${repository.url}/blob/${repository.defaultBranch}/${args.workflow}`,
    });
    this.notation = pulumi.output({
      inspect: inspectCommand(references[0] as string),
      verify: verifyCommands({
        references,
        subject: profile.subject,
        timestampRoot: TIMESTAMP_ROOT,
        signingRoot: signingRoot(args),
      }),
    });
    this.registerOutputs({
      clientId: this.clientId,
      subjects: this.subjects,
      images: this.images,
      workflow: this.workflow,
      notation: this.notation,
    });
  }
}

/** GitHub tells a token's bypass only when it is used: during `up`, at the last step. */
function protectedNote({ defaultBranch, owner, name }: Repository): string {
  const where = `${owner}/${name}`;
  return `branch ${defaultBranch} of ${where} is protected: \`up\` fails at the files unless the token may bypass that`;
}

/** Fixed, so that a second run finds what a first one left. */
function identityName(pipeline: string): string {
  return managedIdentityName(pulumi.getProject(), pulumi.getStack(), pipeline);
}

/** Public Trust certificates chain to the root of Microsoft's timestamps, which is committed. */
function signingRoot({ profile, timestamp }: SigningPipelineArgs): string | undefined {
  const committed = profile.type === "PublicTrust" && timestamp.root === microsoftRoot();
  return committed ? TIMESTAMP_ROOT : undefined;
}

function workflowText(args: SigningPipelineArgs): string {
  const { registry, profile, timestamp, signWith, downloads } = args;
  const signing = {
    account: profile.account,
    profile: profile.name,
    endpoint: profile.endpoint,
    timestampUrl: timestamp.url,
    timestampRoot: TIMESTAMP_ROOT,
    signWith,
    downloads,
  };
  return renderWorkflow(signImageWorkflow({ ...args, registry, signing }), [
    `Generated by Countersign from the stack ${pulumi.getProject()}/${pulumi.getStack()}.`,
    "Change that stack's configuration and run `pulumi up`; what is edited here is overwritten.",
  ]);
}
