import type { StackConfiguration } from "../configuration/schema";
import { TIMESTAMP_ROOT } from "../trust/verification";
import { MICROSOFT_TIMESTAMP_URL } from "../workflow/certificate";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import type { World } from "./world";

/** Texts of the reusable workflows that a stack calls, by `OWNER/REPOSITORY/PATH@REF`. */
export function callableWorkflows(
  { registry, signing, pipelines, downloads }: StackConfiguration,
  azure: World["azure"],
): Record<string, string> {
  const account = azure.signingAccounts.find(({ name }) => name === signing.account);
  const found = azure.registries.find(({ name }) => name === registry.name);
  const text = (signWith: "action" | "cli") =>
    reusableWorkflowText({
      registry: { name: registry.name, loginServer: found?.loginServer ?? "" },
      signing: {
        account: signing.account,
        profile: signing.profile,
        endpoint: account?.endpoint ?? "",
        timestampUrl: signing.timestamp?.url ?? MICROSOFT_TIMESTAMP_URL,
        timestampRoot: TIMESTAMP_ROOT,
        signWith,
        downloads,
      },
    });
  return Object.fromEntries(
    Object.values(pipelines).flatMap(({ trust, signWith }) =>
      trust ? [[trust.workflow, text(signWith)]] : [],
    ),
  );
}
