import { z } from "zod";
import { readNamespace } from "../configuration/namespace";
import type { Problem } from "../configuration/problems";
import { readConfiguration } from "../configuration/read";
import type { StackConfiguration } from "../configuration/schema";
import * as field from "../configuration/schemas/fields";

const NAMESPACE = "bootstrap:";

/** The keys of `bootstrap:`. Everything else comes from the file of the stack. */
const schema = z.strictObject({
  stackFile: z
    .string()
    .min(1)
    .describe("File of the stack that the workflows deploy, relative to this project."),
  resourceGroup: field.resourceGroup.describe(
    "Existing resource group of the identities of CI, and of nothing that they can change.",
  ),
  repository: field.repositoryName.describe("Repository of `github:owner` that holds the stack."),
  branch: field.ref.default("main").describe("Branch that is deployed."),
  organization: field.pulumiName
    .optional()
    .describe("Organization on Pulumi Cloud that has the state. Default: another backend has it."),
  teams: field
    .object(
      "Teams on Pulumi Cloud whose tokens the jobs get. Default: the organization's tokens.",
      {
        preview: field.pulumiName,
        deploy: field.pulumiName,
      },
    )
    .optional(),
  reviewers: field
    .object("Who can approve a deployment. Default: nobody, so it starts at once.", {
      users: field.list(field.login, "Logins of users.").default([]),
      teams: field.list(field.teamSlug, "Slugs of the organization's teams.").default([]),
    })
    .prefault({}),
});

/** What the credentials of GitHub Actions are made from. */
export interface BootstrapConfiguration extends Omit<z.output<typeof schema>, "stackFile"> {
  readonly stack: StackConfiguration;
  /** Subscription of the stack's Azure provider. Undefined: the one of the Azure login. */
  readonly subscriptionId?: string;
}

/**
 * Reads the configuration of the bootstrap program, and of the stack whose file it names.
 *
 * @param stackValues the values of that file, as Pulumi stores them; an Error if it cannot be read.
 */
export function readBootstrap(
  values: Readonly<Record<string, string>>,
  stackValues: (file: string) => Readonly<Record<string, string>>,
): { readonly configuration?: BootstrapConfiguration; readonly problems: readonly Problem[] } {
  const { data, problems } = readNamespace(NAMESPACE, schema, values);
  if (!data) return { problems };
  const { stackFile, ...own } = data;
  try {
    const of = stackValues(stackFile);
    const { configuration: stack, problems: others } = readConfiguration(of, process.env);
    if (!stack) return { problems: others };
    const shared = sharedGroup(stack, own.resourceGroup);
    if (shared) problems.push({ path: `${NAMESPACE}resourceGroup`, ...shared });
    problems.push(...otherProviders(values, of));
    const subscriptionId = of["azure-native:subscriptionId"];
    return problems.length > 0
      ? { problems }
      : { configuration: { ...own, stack, subscriptionId }, problems };
  } catch (failure) {
    const expected = "the file of a stack, such as ../Pulumi.prod.yaml";
    const fix = `Check the path. ${(failure as Error).message}`;
    return { problems: [{ path: `${NAMESPACE}stackFile`, given: stackFile, expected, fix }] };
  }
}

/**
 * The deploy identity can write every identity in the group of the stack. In that group, it could let
 * anybody log in as itself.
 */
export function sharedGroup(
  { identity }: StackConfiguration,
  group: string,
): Omit<Problem, "path"> | undefined {
  if (identity.resourceGroup.toLowerCase() !== group.toLowerCase()) return undefined;
  return {
    given: group,
    expected:
      "another resource group than that of the stack's identities, because a deployment can write every identity there, also its own",
    fix: "Create a resource group, such as `az group create --name rg-ci --location westeurope`.",
  };
}

/** The provider's own configuration decides where environments and variables are written. */
export function otherProviders(
  values: Readonly<Record<string, string>>,
  of: Readonly<Record<string, string>>,
): Problem[] {
  return ["github:owner", "github:baseUrl"].flatMap((path) => {
    const [given, wanted] = [values[path], of[path]];
    if (given?.toLowerCase() === wanted?.toLowerCase()) return [];
    const expected = wanted ? `${wanted}, as in the file of the stack` : "no value";
    const fix = wanted ? `pulumi config set ${path} ${wanted}` : `pulumi config rm ${path}`;
    return [{ path, given, expected, fix: `Run \`${fix}\`.` }];
  });
}
