import { readFileSync } from "node:fs";
import type { StackConfiguration } from "../configuration/schema";
import { planVerifiers } from "../planning/azure/verifiers";
import { notationSubject } from "../trust/distinguished-name";
import { MICROSOFT_TIMESTAMP_URL, microsoftRoot } from "../workflow/certificate";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import type { World } from "./world/world";

/** Texts of the reusable workflows that a stack calls, by `OWNER/REPOSITORY/PATH@REF`. */
export function callableWorkflows(
  configuration: StackConfiguration,
  azure: World["azure"],
): Record<string, string> {
  const { registry, signing, pipelines, downloads } = configuration;
  const account = azure.signingAccounts.find(({ name }) => name === signing.account);
  const found = azure.registries.find(({ name }) => name === registry.name);
  const profile = account?.profiles.find(({ name }) => name === signing.profile);
  const subject = profile && notationSubject(profile.subject);
  const known = subject && "subject" in subject ? { subject: subject.subject } : {};
  const file = signing.rootCertificate?.file;
  const trust = planVerifiers(
    configuration,
    profile && { id: "", type: profile.type, ...known },
    { root: microsoftRoot() },
    {
      state: { resources: [], pipelines: {} },
      ...(file && { signingRoot: { status: "found", value: readFileSync(file, "utf8") } }),
    },
    () => undefined,
  );
  const text = ({
    build,
    sign,
    signWith,
    runner,
    timeout,
  }: StackConfiguration["pipelines"][string]) =>
    reusableWorkflowText({
      build,
      ...(trust && { trust: { ...trust, statements: [] } }),
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
        ...sign,
        downloads,
      },
    });
  return Object.fromEntries(
    Object.values(pipelines).flatMap((pipeline) =>
      pipeline.trust ? [[pipeline.trust.workflow, text(pipeline)]] : [],
    ),
  );
}
