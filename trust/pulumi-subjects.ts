/** The issuer of Pulumi Cloud's tokens, without a slash at the end. */
export const PULUMI_ISSUER = "https://api.pulumi.com/oidc";

/** What Pulumi Deployments does in a run. Drift detection is a `refresh` (unverified). */
export type Operation = "preview" | "update" | "refresh" | "destroy";

/** A stack on Pulumi Cloud. */
export interface PulumiStack {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
}

/** Names that Pulumi accepts, so that no name can contain the next part of a subject. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;

/**
 * The subject of a token that Pulumi Deployments gets for one operation. Entra compares it exactly,
 * so each operation needs a credential of its own. The guides of other clouds use wildcards, which
 * let every stack of the organization in. No subject names a branch: which branch runs is a setting
 * on Pulumi Cloud, and a request for a deployment can name another one.
 * Sources: https://www.pulumi.com/docs/deployments/guides/oidc/,
 * https://www.pulumi.com/docs/reference/cloud-rest-api/schema/createdeploymentrequest/
 *
 * @throws Error if a name has characters that Pulumi does not accept.
 */
export function deploymentSubject(
  { organization, project, stack }: PulumiStack,
  operation: Operation,
): string {
  const [org, of, name] = [organization, project, stack].map(checked);
  return `pulumi:deploy:org:${org}:project:${of}:stack:${name}:operation:${operation}:scope:write`;
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new Error(`not a name on Pulumi Cloud: ${JSON.stringify(name)}`);
  return name;
}
