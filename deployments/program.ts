import { getClientConfig } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { DeploymentSettings, DriftSchedule, TtlSchedule } from "@pulumi/pulumiservice";
import { stackValues } from "../bootstrap/discover";
import { PipelineIdentity } from "../components/access/pipeline-identity";
import { roleGrants } from "../components/access/role-grants";
import { describeProblems } from "../configuration/problems";
import { readDeployments } from "./configuration";
import { planDeployments } from "./plan";

/**
 * A Pulumi program: how Pulumi Deployments runs a stack of Countersign. It declares an identity that
 * only this stack's operations can log in as, the settings, and the schedules.
 *
 * @returns the client ID, and the subjects that the identity trusts.
 * @throws RunError with every problem of the configuration.
 */
export async function deployments(): Promise<Record<string, unknown>> {
  const { configuration, problems } = readDeployments(pulumi.runtime.allConfig(), stackValues);
  if (!configuration) {
    throw new pulumi.RunError(describeProblems("The configuration cannot be used", problems));
  }
  const { tenantId, subscriptionId: login } = await getClientConfig();
  const own = { project: pulumi.getProject(), stack: pulumi.getStack() };
  const plan = planDeployments(configuration, login, own);
  const identity = new PipelineIdentity("deploy-identity", {
    identity: { kind: "created", ...plan.identity },
    credentials: plan.credentials,
    terms: plan.terms,
  });
  const access = new pulumi.ComponentResource("countersign:index:BootstrapAccess", "deploy-access");
  const granted = plan.grants.flatMap(({ scope, ...grant }) => {
    const who = { scope, principalId: identity.principalId, grants: [grant] };
    return roleGrants("deploy-access", who, access);
  });
  const { subscriptionId, vcs } = plan;
  const { organization, project, stack } = plan.of;
  const settings = new DeploymentSettings(
    "settings",
    {
      organization,
      project,
      stack,
      sourceContext: { git: plan.git },
      vcs: { ...vcs, paths: vcs.paths && [...vcs.paths] },
      operationContext: {
        oidc: { azure: { clientId: identity.clientId, tenantId, subscriptionId } },
      },
    },
    // A push right after this needs the roles.
    { dependsOn: granted },
  );
  const schedule = { organization, project, stack };
  const opts = { dependsOn: [settings] };
  new DriftSchedule("drift", { ...schedule, scheduleCron: plan.drift, autoRemediate: false }, opts);
  if (plan.destroyAt) {
    const timestamp = plan.destroyAt;
    new TtlSchedule("expiry", { ...schedule, timestamp, deleteAfterDestroy: true }, opts);
  }
  return {
    clientId: identity.clientId,
    subjects: plan.credentials.map(({ subject }) => subject),
  };
}
