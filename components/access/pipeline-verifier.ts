import type * as pulumi from "@pulumi/pulumi";
import type { PipelinePlan } from "../../planning/stack-plan";
import { settingsName, verifierName } from "../../trust/resource-names";
import type { AzureArgs } from "../azure-args";
import { LoginSettings } from "../login-settings";
import { AS_PLANNED, type Settle } from "../settle";
import { Verifier } from "./verifier";

/** The part of a pipeline that its verifier depends on. */
interface VerifiedPipeline extends AzureArgs, Pick<PipelinePlan, "verifier" | "repository"> {
  readonly azure: Readonly<Record<"tenantId" | "subscriptionId", pulumi.Input<string>>>;
  readonly repositoryName?: pulumi.Input<string>;
  readonly settle?: Settle;
}

/** What a pipeline's verifying workflow logs in as, and where it finds the ids. */
export function pipelineVerifier(
  pipeline: string,
  args: VerifiedPipeline,
  parent: pulumi.Resource,
): Array<Verifier | LoginSettings> {
  const { verifier: plan, azure, repository, settle = AS_PLANNED } = args;
  if (!plan) return [];
  const { provider, foundation, generation, assignments } = args;
  const name = verifierName(pipeline);
  const verifier = new Verifier(
    name,
    { ...plan, provider, foundation, generation, assignments, settle },
    { parent },
  );
  const settings = new LoginSettings(
    settingsName(name),
    {
      pipeline: name,
      repository: args.repositoryName ?? repository.name,
      repositoryId: settle(repository.id),
      locations: [plan.settings],
      values: {
        AZURE_CLIENT_ID: verifier.clientId,
        AZURE_TENANT_ID: azure.tenantId,
        AZURE_SUBSCRIPTION_ID: azure.subscriptionId,
      },
      after: [verifier],
    },
    { parent },
  );
  return [verifier, settings];
}
