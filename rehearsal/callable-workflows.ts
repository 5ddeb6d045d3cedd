import type { StackConfiguration } from "../configuration/schema";
import { MICROSOFT_TIMESTAMP_URL, microsoftRoot } from "../workflow/certificate";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import type { World } from "./world/world";

/** Texts of the reusable workflows that a stack calls, by `OWNER/REPOSITORY/PATH@REF`. */
export function callableWorkflows(
  { registry, signing, pipelines, downloads }: StackConfiguration,
  azure: World["azure"],
): Record<string, string> {
  const account = azure.signingAccounts.find(({ name }) => name === signing.account);
  const found = azure.registries.find(({ name }) => name === registry.name);
  const text = ({ signWith, runner, timeout }: StackConfiguration["pipelines"][string]) =>
    reusableWorkflowText({
      runner,
      timeoutMinutes: timeout,
      registry: { name: registry.name, loginServer: found?.loginServer ?? "" },
      signing: {
        account: signing.account,
        profile: signing.profile,
        endpoint: account?.endpoint ?? "",
        timestampUrl: signing.timestamp?.url ?? MICROSOFT_TIMESTAMP_URL,
        timestampRoot: microsoftRoot(),
        signWith,
        downloads,
      },
    });
  return Object.fromEntries(
    Object.values(pipelines).flatMap((pipeline) =>
      pipeline.trust ? [[pipeline.trust.workflow, text(pipeline)]] : [],
    ),
  );
}
