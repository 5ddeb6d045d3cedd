import { deployGrants, type ScopedGrant } from "../bootstrap/roles";
import { placesOf } from "../planning/azure/places";
import type { DeclaredCredential, TokenTerms } from "../trust/credentials";
import { managedIdentityName } from "../trust/names";
import {
  deploymentSubject,
  type Operation,
  PULUMI_ISSUER,
  type PulumiStack,
} from "../trust/pulumi-subjects";
import type { DeploymentsConfiguration } from "./configuration";

/** What the program declares. */
export interface DeploymentsPlan {
  readonly of: PulumiStack;
  readonly identity: {
    readonly name: string;
    readonly resourceGroup: string;
    readonly location: string;
  };
  /** One for each operation that can happen. */
  readonly credentials: readonly DeclaredCredential[];
  readonly terms: TokenTerms;
  readonly grants: readonly ScopedGrant[];
  /** The default subscription of a deployment. */
  readonly subscriptionId: string;
  readonly git: { readonly branch: string; readonly repoDir: string };
  readonly vcs: {
    readonly provider: "github";
    readonly repository: string;
    readonly deployCommits: true;
    readonly previewPullRequests: boolean;
    readonly pullRequestTemplate: false;
    /** Undefined, and never empty: a refresh reads no empty list, so that the next run would add it. */
    readonly paths?: readonly string[];
  };
  readonly drift: string;
  readonly destroyAt?: string;
}

/**
 * @param own the subscription of this program's Azure login.
 * @param of names of the project and the stack of this program.
 */
export function planDeployments(
  { of: stack, organization, project, stack: name, ...wanted }: DeploymentsConfiguration,
  own: string,
  of: { readonly project: string; readonly stack: string },
): DeploymentsPlan {
  const place = { organization, project, stack: name };
  const operations: Operation[] = [
    "update",
    "refresh",
    ...(wanted.previewPullRequests ? (["preview"] as const) : []),
    ...(wanted.destroyStackAt ? (["destroy"] as const) : []),
  ];
  const { resourceGroup, subscriptionId = own } = wanted;
  const { location = "" } = stack.identity;
  return {
    of: place,
    identity: {
      name: managedIdentityName(of.project, of.stack, "deploy"),
      resourceGroup,
      location,
    },
    credentials: operations.map((operation) => ({
      name: `deployments-${operation}`,
      subject: deploymentSubject(place, operation),
    })),
    // The audience of Deployments is the organization, and not Azure's:
    // https://www.pulumi.com/docs/deployments/deployments/oidc/azure/
    terms: { issuer: PULUMI_ISSUER, audience: organization },
    grants: deployGrants(placesOf(stack, subscriptionId)),
    subscriptionId,
    git: { branch: `refs/heads/${wanted.branch}`, repoDir: wanted.folder },
    vcs: {
      provider: "github",
      repository: `${stack.owner}/${wanted.repository}`,
      deployCommits: true,
      previewPullRequests: wanted.previewPullRequests,
      pullRequestTemplate: false,
      ...(wanted.paths.length > 0 && { paths: wanted.paths }),
    },
    drift: wanted.drift,
    ...(wanted.destroyStackAt && { destroyAt: wanted.destroyStackAt }),
  };
}
