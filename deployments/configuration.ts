import { z } from "zod";
import { sharedGroup } from "../bootstrap/configuration";
import { readNamespace } from "../configuration/namespace";
import type { Problem } from "../configuration/problems";
import { readConfiguration } from "../configuration/read";
import type { StackConfiguration } from "../configuration/schema";
import * as field from "../configuration/schemas/fields";

const NAMESPACE = "deployments:";

/** A time in any form that has a time zone: Pulumi writes YAML's own times in another form. */
const time = z
  .string()
  .refine((it) => !Number.isNaN(Date.parse(it)), {
    params: { expected: "a time, such as 2026-12-31T00:00:00Z", fix: "Correct the time." },
  })
  .transform((it) => new Date(it).toISOString().replace(".000Z", "Z"));

/** The keys of `deployments:`. */
const schema = z.strictObject({
  stackFile: z.string().min(1).describe("File of the stack, relative to this project."),
  organization: field.pulumiName.describe("Organization on Pulumi Cloud."),
  project: field.pulumiName.describe("Project of the stack."),
  stack: field.pulumiName.describe("Name of the stack, without its organization."),
  resourceGroup: field.resourceGroup.describe(
    "Existing resource group of the identity, and of nothing that it can change.",
  ),
  repository: field.repositoryName.describe("Repository of `github:owner` with the project."),
  branch: field.ref.default("main").describe("A push to this branch deploys."),
  folder: field.relativePath.default(".").describe("Folder of the project in the repository."),
  paths: z
    .array(z.string().min(1))
    .default([])
    .describe("Only pushes that change one of these paths deploy. `!` excludes. Default: all."),
  drift: field.cron.default("0 4 * * *").describe("When drift is looked for, as cron in UTC."),
  destroyStackAt: time
    .optional()
    .describe("When this stack is destroyed, with everything in it. Default: never."),
  previewPullRequests: z.boolean().default(false).describe("Preview pull requests."),
  allowPullRequestsAsDeployer: z
    .boolean()
    .default(false)
    .describe("Accept that the code of a pull request runs with the rights of a deployment."),
});

export interface DeploymentsConfiguration extends Omit<z.output<typeof schema>, "stackFile"> {
  readonly of: StackConfiguration;
  /** Subscription of the stack's Azure provider. Undefined: the one of the Azure login. */
  readonly subscriptionId?: string;
}

/** @param stackValues the values of the stack's file; an Error if it cannot be read. */
export function readDeployments(
  values: Readonly<Record<string, string>>,
  stackValues: (file: string) => Readonly<Record<string, string>>,
): { readonly configuration?: DeploymentsConfiguration; readonly problems: readonly Problem[] } {
  const { data, problems } = readNamespace(NAMESPACE, schema, values);
  if (!data) return { problems };
  const { stackFile, ...own } = data;
  if (own.previewPullRequests && !own.allowPullRequestsAsDeployer) {
    problems.push({
      path: `${NAMESPACE}previewPullRequests`,
      given: true,
      expected:
        "false, because Pulumi Deployments has one client ID for all operations: the code of a pull request would run with the rights of a deployment",
      fix: "Preview in GitHub Actions (`npm run ci`), or use two ESC environments. To accept the risk, set `allowPullRequestsAsDeployer: true`.",
    });
  }
  try {
    const stored = stackValues(stackFile);
    const { configuration: of, problems: others } = readConfiguration(stored, process.env);
    if (!of) return { problems: [...problems, ...others] };
    const shared = sharedGroup(of, own.resourceGroup);
    if (shared) problems.push({ path: `${NAMESPACE}resourceGroup`, ...shared });
    if (problems.length > 0) return { problems };
    const subscriptionId = stored["azure-native:subscriptionId"];
    return { configuration: { ...own, of, subscriptionId }, problems };
  } catch (failure) {
    const expected = "the file of a stack, such as ../Pulumi.prod.yaml";
    const fix = `Check the path. ${(failure as Error).message}`;
    problems.push({ path: `${NAMESPACE}stackFile`, given: stackFile, expected, fix });
    return { problems };
  }
}
