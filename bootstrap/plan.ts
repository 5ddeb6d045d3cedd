import { ENVIRONMENTS } from "../ci/plan";
import type { Problem } from "../configuration/problems";
import { placesOf } from "../planning/azure/places";
import type { DeclaredCredential, TokenTerms } from "../trust/credentials";
import { AZURE_CLOUDS } from "../trust/hosts";
import { managedIdentityName } from "../trust/names";
import { subjectPrefix, templateKeys } from "../trust/subjects";
import type { BootstrapConfiguration } from "./configuration";
import type { BootstrapSnapshot } from "./discover";
import { deployGrants, previewGrants, type ScopedGrant } from "./roles";

/** What one of the two kinds of jobs logs in as, and what it can then do. */
export interface JobPlan {
  /** `preview` or `deploy`. */
  readonly key: keyof typeof ENVIRONMENTS;
  readonly environment: string;
  readonly identity: {
    readonly name: string;
    readonly resourceGroup: string;
    readonly location: string;
  };
  readonly credential: DeclaredCredential;
  readonly grants: readonly ScopedGrant[];
}

export interface BootstrapPlan {
  readonly repository: string;
  readonly azure: BootstrapSnapshot["azure"];
  readonly terms: TokenTerms;
  readonly jobs: readonly JobPlan[];
  /** What Pulumi Cloud trusts. Undefined: another backend has the state. */
  readonly pulumi?: PulumiTrust;
  /** Who can deploy, and who must approve it. */
  readonly deploy: {
    readonly branch: string;
    readonly reviewers: { readonly users: readonly number[]; readonly teams: readonly number[] };
  };
}

/** Which of GitHub's tokens Pulumi Cloud exchanges, and for what. */
export interface PulumiTrust {
  readonly organization: string;
  readonly issuer: string;
  readonly policies: ReadonlyArray<{
    readonly tokenType: "organization" | "team";
    readonly teamName?: string;
    /** Claims that a token must have, exactly. */
    readonly rules: { readonly aud: string; readonly sub: string };
  }>;
}

/** @param of names of the project and the stack of the bootstrap program. */
export function planBootstrap(
  {
    stack,
    repository: wanted,
    branch,
    reviewers,
    organization,
    teams: cloud,
    resourceGroup,
    subscriptionId,
  }: BootstrapConfiguration,
  { azure, repository, users, teams }: BootstrapSnapshot,
  of: { readonly project: string; readonly stack: string },
): { readonly plan?: BootstrapPlan; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = (key: string, given: unknown, expected: string, fix: string) =>
    problems.push({ path: `bootstrap:${key}`, given, expected, fix });
  const known = (kind: "users" | "teams", ids: BootstrapSnapshot["users"]) =>
    reviewers[kind].flatMap((name) => {
      const id = ids[name];
      if (id !== undefined) return id;
      const fix = "Correct the name. The token must be able to read it.";
      report(`reviewers.${kind}`, name, `an existing ${kind.slice(0, -1)}`, fix);
      return [];
    });
  const approvers = { users: known("users", users), teams: known("teams", teams) };
  if (subscriptionId && subscriptionId.toLowerCase() !== azure.subscriptionId.toLowerCase()) {
    problems.push({
      path: "azure-native:subscriptionId",
      given: azure.subscriptionId,
      expected: `${subscriptionId}, as in the file of the stack`,
      fix: `Run \`pulumi config set azure-native:subscriptionId ${subscriptionId}\`.`,
    });
  }
  const given = `${stack.owner}/${wanted}`;
  if (!repository) {
    const fix = "Check `github:owner` and the name, and that the token can read the repository.";
    report("repository", given, "an existing repository", fix);
    return { problems };
  }
  const { owner, name } = repository;
  const keys = templateKeys(repository.subjects, undefined);
  const prefix = subjectPrefix(repository.subjects, `${owner.login}/${name}`, keys);
  if (keys.join() !== "repo,context" || !prefix) {
    const fix = "Reset the subject template of this repository. It only holds the stack.";
    report("repository", `subject template ${keys.join(", ")}`, "GitHub's default subjects", fix);
  }
  if (problems.length > 0 || !prefix) return { problems };
  const places = placesOf(stack, azure.subscriptionId);
  const { location } = stack.identity;
  const job = (key: JobPlan["key"], grants: readonly ScopedGrant[]): JobPlan => ({
    key,
    environment: ENVIRONMENTS[key],
    identity: { name: managedIdentityName(of.project, of.stack, key), resourceGroup, location },
    credential: {
      name: `environment-${ENVIRONMENTS[key]}-${prefix.form}`,
      subject: `${prefix.prefix}:environment:${ENVIRONMENTS[key]}`,
    },
    grants,
  });
  const jobs = [job("preview", previewGrants(places)), job("deploy", deployGrants(places))];
  const trusted = (it: JobPlan) => ({
    ...(cloud
      ? { tokenType: "team" as const, teamName: cloud[it.key] }
      : { tokenType: "organization" as const }),
    rules: { aud: `urn:pulumi:org:${organization}`, sub: it.credential.subject },
  });
  return {
    problems,
    plan: {
      repository: name,
      azure,
      terms: { issuer: stack.issuer, audience: AZURE_CLOUDS.public.audience },
      jobs,
      ...(organization && {
        pulumi: { organization, issuer: stack.issuer, policies: jobs.map(trusted) },
      }),
      deploy: { branch, reviewers: approvers },
    },
  };
}
