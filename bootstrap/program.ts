import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { OidcIssuer } from "@pulumi/pulumiservice";
import { PipelineIdentity } from "../components/access/pipeline-identity";
import { roleGrants } from "../components/access/role-grants";
import { DeploymentEnvironment } from "../components/deployment-environment";
import { LoginSettings } from "../components/login-settings";
import { describeProblems, type Problem } from "../configuration/problems";
import { type BootstrapConfiguration, readBootstrap } from "./configuration";
import { discoverBootstrap, stackValues } from "./discover";
import { type BootstrapPlan, type JobPlan, type PulumiTrust, planBootstrap } from "./plan";

/**
 * A Pulumi program: what the workflows of `npm run ci` log in to Azure with. It declares two
 * identities, two GitHub environments with the IDs, and the roles that each identity needs.
 *
 * @returns the client ID and the subject of each job.
 * @throws RunError with every problem of the configuration, or of what exists.
 */
export async function bootstrap(): Promise<Record<string, unknown>> {
  const { configuration, problems } = readBootstrap(pulumi.runtime.allConfig(), stackValues);
  throwIfAny("The configuration cannot be used", problems);
  const snapshot = await discoverBootstrap(configuration as BootstrapConfiguration);
  const of = { project: pulumi.getProject(), stack: pulumi.getStack() };
  const planned = planBootstrap(configuration as BootstrapConfiguration, snapshot, of);
  throwIfAny("What exists does not fit the configuration", planned.problems);
  const plan = planned.plan as BootstrapPlan;
  if (plan.pulumi) declareIssuer(plan.pulumi);
  return Object.fromEntries(plan.jobs.map((job) => [job.key, declareJob(job, plan)]));
}

function throwIfAny(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new pulumi.RunError(describeProblems(subject, problems));
}

/**
 * Pulumi Cloud exchanges tokens with exactly these subjects. The guide's `repo:ORG/REPO:*` lets every
 * branch and every pull request get a token of the organization:
 * https://www.pulumi.com/docs/administration/access-identity/oidc-issuers/github/
 */
function declareIssuer({ organization, issuer, policies }: PulumiTrust): void {
  new OidcIssuer("github-issuer", {
    organization,
    name: "countersign",
    url: issuer,
    policies: policies.map((it) => ({ decision: "allow", ...it })),
  });
}

/** One identity, the environment that it trusts, and the IDs that jobs in it read. */
function declareJob(job: JobPlan, plan: BootstrapPlan) {
  const { key, environment, identity, credential, grants } = job;
  const { repository, terms, azure } = plan;
  // An environment that does not exist yet would be open to every branch.
  const gate = environmentOf(job, plan);
  const made = new PipelineIdentity(`${key}-identity`, {
    identity: { kind: "created", ...identity },
    credentials: [credential],
    terms,
    after: [gate],
  });
  const root = new pulumi.ComponentResource("countersign:index:BootstrapAccess", `${key}-access`);
  for (const { scope, ...grant } of grants) {
    const who = { scope, principalId: made.principalId, grants: [grant] };
    roleGrants(`${key}-access`, who, root);
  }
  new LoginSettings(`${key}-ids`, {
    pipeline: key,
    repository,
    repositoryId: 0,
    locations: [{ kind: "variables", scope: "environment", environment, suffix: "" }],
    values: {
      AZURE_CLIENT_ID: made.clientId,
      AZURE_TENANT_ID: azure.tenantId,
      AZURE_SUBSCRIPTION_ID: azure.subscriptionId,
    },
    after: [gate],
  });
  return { clientId: made.clientId, subject: credential.subject };
}

/** Only the branch can deploy. Pull requests of the repository can preview, from any branch. */
function environmentOf({ key, environment: name }: JobPlan, plan: BootstrapPlan): pulumi.Resource {
  const { repository, deploy } = plan;
  if (key === "preview") {
    return new github.RepositoryEnvironment(`${key}-environment-${name}`, {
      repository,
      environment: name,
    });
  }
  const { branch, reviewers } = deploy;
  const isReviewed = reviewers.users.length + reviewers.teams.length > 0;
  const environment = {
    name,
    create: true,
    reviewers,
    preventSelfReview: isReviewed,
    ...(isReviewed && { adminsCanBypass: false }),
  };
  const environments = [{ environment, branches: [branch], tags: [] }];
  const args = { pipeline: key, repository, environments };
  return new DeploymentEnvironment(`${key}-environment`, args);
}
