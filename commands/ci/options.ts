import { existsSync } from "node:fs";
import { join } from "node:path";
import { appPermissions } from "../../ci/app-permissions";
import type { Backend, CiPlan } from "../../ci/plan";
import type { StackConfiguration } from "../../configuration/schema";
import { UnusableError } from "../../rehearsal/options";

/** The options of `npm run ci`, as they were given. */
export interface CiOptions {
  readonly stack?: string;
  readonly branch?: string;
  readonly organization?: string;
  readonly previewTeam?: string;
  readonly deployTeam?: string;
  readonly allowOrganizationToken?: boolean;
  readonly backend?: string;
}

/** Where the policy pack is: in this repository, or in the npm package. */
export function policyPackOf(folder: string): string {
  return existsSync(join(folder, "policy", "PulumiPolicy.yaml"))
    ? "policy"
    : "node_modules/countersign/dist/policy";
}

/** @throws UnusableError that lists every option that cannot be used. */
export function ciPlan(
  options: CiOptions,
  configuration: StackConfiguration,
  policyPack: string,
): CiPlan {
  const { stack, branch = "main" } = options;
  const faults: string[] = [];
  if (!stack) faults.push("--stack is missing. Name the stack that the workflows deploy.");
  if (!/^[\w./-]+$/.test(branch)) {
    faults.push(
      `--branch ${branch} cannot be used. Expected: letters, digits, and the characters . _ / -`,
    );
  }
  const backend = backendOf(options, faults);
  if (!stack || !backend || faults.length > 0) throw new UnusableError(faults.join("\n"));
  const { owner, pipelines } = configuration;
  const repositories = new Set(Object.values(pipelines).map(({ repository }) => repository));
  const permissions = {
    read: appPermissions(configuration, "read"),
    write: appPermissions(configuration, "write"),
  };
  const gitHub = { owner, repositories: [...repositories], permissions };
  return { stack, branch, backend, gitHub, policyPack };
}

function backendOf(
  { organization, backend, ...options }: CiOptions,
  faults: string[],
): Backend | undefined {
  if ((organization === undefined) === (backend === undefined)) {
    faults.push(
      "Name the backend that keeps the state, with one option: --organization NAME for Pulumi Cloud, or --backend URL for Azure Storage, such as azblob://state?storage_account=contosostate.",
    );
    return undefined;
  }
  const { previewTeam: preview, deployTeam: deploy, allowOrganizationToken } = options;
  if (organization === undefined) {
    if (preview || deploy || allowOrganizationToken) {
      faults.push("Teams and tokens are for Pulumi Cloud. Remove these options.");
    }
    if (!/^azblob:\/\/[a-z0-9-]+\?storage_account=[a-z0-9]{3,24}$/.test(backend ?? "")) {
      faults.push(
        `--backend ${backend} cannot be used. Expected: azblob://CONTAINER?storage_account=NAME`,
      );
    }
    return { kind: "storage", url: backend ?? "" };
  }
  if (preview && deploy && preview !== deploy) {
    return { kind: "cloud", organization, teams: { preview, deploy } };
  }
  if (!preview && !deploy && allowOrganizationToken) return { kind: "cloud", organization };
  faults.push(
    "A preview runs the code of a pull request. Name two different teams: --preview-team, which can only read the stack, and --deploy-team. Teams need the Enterprise edition. Without teams, the code of a pull request can change the state with the organization's token. To accept that, set --allow-organization-token.",
  );
  return undefined;
}
