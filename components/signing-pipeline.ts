import * as pulumi from "@pulumi/pulumi";
import { inspectCommand, verifyCommands } from "../trust/verification";
import { microsoftRoot } from "../workflow/certificate";
import { TIMESTAMP_ROOT } from "../workflow/committed-files";
import { DeploymentEnvironment } from "./deployment-environment";
import { pipelineFiles } from "./pipeline-files";
import type { SigningPipelineArgs } from "./signing-pipeline-args";
import { StoredIds } from "./stored-ids";
import { subjectTemplate } from "./subject-template";
import { trustedIdentity } from "./trusted-identity";

/** A repository whose declared pushes build, push and sign container images. */
export class SigningPipeline extends pulumi.ComponentResource {
  /** Client id of the identity that runs log in as. */
  readonly clientId: pulumi.Output<string>;
  /** The subjects that Entra accepts, exactly; of a flexible credential its pattern. */
  readonly subjects: pulumi.Output<string[]>;
  /** The repositories that images are pushed to. */
  readonly images: pulumi.Output<string[]>;
  /** The committed workflow. */
  readonly workflow: pulumi.Output<{ path: string; url: string }>;
  /** Commands to look at an image's signature, and to verify it. */
  readonly notation: pulumi.Output<{ inspect: string; verify: string }>;
  /** Where the files are proposed: signing starts with its merge. Otherwise undefined. */
  readonly pullRequest: pulumi.Output<string | undefined>;

  constructor(name: string, args: SigningPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:SigningPipeline", name, {}, opts);
    const { repository, environment, branches, tags, commit, inForce, adopt } = args;
    const { owner, name: repositoryName } = repository;
    const references = args.images.map((image) => `${args.registry.loginServer}/${image.name}`);

    // Before the identity trusts an environment, and gone after: GitHub makes a missing one on the
    // spot, open to every branch.
    const environments = [
      ...(environment?.create ? [{ environment, branches, tags }] : []),
      ...inForce.environments,
    ];
    const place = { owner, repository: repositoryName, repositoryId: repository.id };
    const gate =
      environments.length > 0
        ? [
            new DeploymentEnvironment(
              `${name}-environment`,
              { ...place, environments },
              { parent: this },
            ),
          ]
        : [];
    const { principal, ready } = trustedIdentity(name, args, this, gate);
    // After all that a run with another client id would lack.
    const ids = new StoredIds(
      `${name}-ids`,
      {
        ...place,
        places: [args.ids, ...inForce.ids],
        values: {
          AZURE_CLIENT_ID: principal.clientId,
          AZURE_TENANT_ID: args.azure.tenantId,
          AZURE_SUBSCRIPTION_ID: args.azure.subscriptionId,
        },
        adopt,
        after: [...gate, ...ready],
      },
      { parent: this },
    );
    const template = (when: typeof args.template, after: readonly pulumi.Resource[]) =>
      args.template === when ? [subjectTemplate(name, repository, this, after)] : [];
    const before = template("before the files", ready);
    // Last of all: the commit of the workflow starts its first run.
    const { made, pullRequest } = pipelineFiles(name, args, this, [...ready, ids, ...before]);
    template("after the files", made);

    for (const note of [...args.notes, ...commit.notes]) pulumi.log.info(note, this);
    for (const it of [...args.warnings, ...commit.warnings]) pulumi.log.warn(it, this);
    this.clientId = principal.clientId;
    this.subjects = pulumi.output([...args.subjects]);
    this.images = pulumi.output(references);
    this.workflow = pulumi.output({
      path: args.workflow,
      url: `${repository.url}/blob/${repository.defaultBranch}/${args.workflow}`,
    });
    this.notation = pulumi.output(notationCommands(args, references));
    this.pullRequest = pullRequest;
    this.registerOutputs({
      clientId: this.clientId,
      subjects: this.subjects,
      images: this.images,
      workflow: this.workflow,
      notation: this.notation,
      pullRequest,
    });
  }
}

function notationCommands(args: SigningPipelineArgs, references: readonly string[]) {
  const { profile, timestamp } = args;
  // Public Trust certificates chain to the root of Microsoft's timestamps, which is committed.
  const committed = profile.type === "PublicTrust" && timestamp.root === microsoftRoot();
  return {
    inspect: inspectCommand(references[0] as string),
    verify: verifyCommands({
      references,
      subject: profile.subject,
      timestampRoot: TIMESTAMP_ROOT,
      signingRoot: committed ? TIMESTAMP_ROOT : undefined,
    }),
  };
}
