import { z } from "zod";
import { schemaProblems } from "../configuration/schema-problems";
import { RefusedError } from "./configuration";

const profile = z.strictObject({
  name: z.string(),
  type: z
    .enum(["PublicTrust", "PrivateTrust", "PrivateTrustCIPolicy", "VBSEnclave", "PublicTrustTest"])
    .default("PublicTrust"),
  /** Subject of its certificates. Empty if the profile has issued no certificate. */
  subject: z.string().default("CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US"),
  status: z.enum(["Active", "Disabled", "Suspended"]).default("Active"),
});

const environment = z.strictObject({
  name: z.string(),
  /** Logins and team slugs. One of them must approve each run. */
  reviewers: z.array(z.string()).default([]),
  /** Whether reviewers are prevented from approving their own runs. */
  preventSelfReview: z.boolean().default(false),
  /** Whether administrators can skip the review. This is GitHub's default. */
  adminsCanBypass: z.boolean().default(true),
  /** Branches and tags that can deploy. Without this key, all of them can. */
  policies: z
    .array(z.strictObject({ name: z.string(), type: z.enum(["branch", "tag"]).default("branch") }))
    .optional(),
});

/** A ruleset of GitHub. Its rules can prevent direct commits to a branch. */
const ruleset = z.strictObject({
  name: z.string(),
  branches: z.array(z.string()).min(1),
  rules: z
    .array(
      z.enum([
        "creation",
        "deletion",
        "merge_queue",
        "non_fast_forward",
        "pull_request",
        "required_deployments",
        "required_signatures",
        "required_status_checks",
        "update",
      ]),
    )
    .min(1),
  /** Whether the account that deploys can bypass the ruleset. */
  bypass: z.enum(["never", "pull_requests_only", "always", "exempt"]).default("never"),
});

const repository = z.strictObject({
  name: z.string(),
  id: z.int().positive(),
  private: z.boolean().default(true),
  archived: z.boolean().default(false),
  defaultBranch: z.string().default("main"),
  /** Whether the repository has no commit, and so no branch. */
  empty: z.boolean().default(false),
  /** Whether subjects contain the ids of the owner and the repository. */
  immutableSubjects: z.boolean().default(true),
  /** Claim keys of a custom subject template. Empty: the organization's template. */
  subjectTemplate: z.array(z.string()).optional(),
  /** Branches that can be changed only by a pull request. */
  protectedBranches: z.array(z.string()).default([]),
  rulesets: z.array(ruleset).default([]),
  /** Contents of files on the default branch, by path. */
  files: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  variables: z.array(z.string()).default([]),
  environments: z.array(environment).default([]),
});

const credential = z.strictObject({ name: z.string(), subject: z.string() });

/** What exists in the embedded clouds before a rehearsal. */
export const worldSchema = z.strictObject({
  azure: z.strictObject({
    tenantId: z.guid().default("7e1a0000-0000-4000-8000-00000000c0de"),
    subscriptionId: z.guid().default("5ab50000-0000-4000-8000-00000000c0de"),
    /** The Azure cloud. */
    environment: z.enum(["public", "usgovernment", "china"]).default("public"),
    resourceGroups: z.array(z.string()).min(1),
    registries: z
      .array(
        z.strictObject({
          resourceGroup: z.string(),
          name: z.string(),
          mode: z.enum(["abac", "rbac"]).default("abac"),
          loginServer: z.string(),
        }),
      )
      .default([]),
    signingAccounts: z
      .array(
        z.strictObject({
          resourceGroup: z.string(),
          name: z.string(),
          location: z.string().default("westeurope"),
          endpoint: z.url().default("https://weu.codesigning.azure.net/"),
          profiles: z.array(profile).default([]),
        }),
      )
      .default([]),
    /** User-assigned identities that exist already. */
    identities: z
      .array(
        z.strictObject({
          resourceGroup: z.string(),
          name: z.string(),
          credentials: z.array(credential).default([]),
        }),
      )
      .default([]),
    /** Entra applications that exist already. */
    applications: z
      .array(
        z.strictObject({
          displayName: z.string(),
          clientId: z.guid(),
          servicePrincipal: z.boolean().default(true),
          credentials: z.array(credential).default([]),
        }),
      )
      .default([]),
  }),
  github: z.strictObject({
    /** `github.com`, a subdomain of `ghe.com`, or the host of a GitHub Enterprise Server. */
    host: z.string().default("github.com"),
    owner: z.strictObject({
      login: z.string(),
      id: z.int().positive().default(5544123),
      type: z.enum(["Organization", "User"]).default("Organization"),
      plan: z.enum(["free", "pro", "team", "enterprise"]).default("team"),
      /** Claim keys of the organization's subject template. */
      subjectTemplate: z.array(z.string()).optional(),
      /** Whether the account that deploys cannot read that template. */
      subjectTemplateHidden: z.boolean().default(false),
      secrets: z.array(z.string()).default([]),
      variables: z.array(z.string()).default([]),
    }),
    users: z.array(z.strictObject({ login: z.string(), id: z.int().positive() })).default([]),
    /** Teams of the owner. Only an organization has teams. */
    teams: z.array(z.strictObject({ slug: z.string(), id: z.int().positive() })).default([]),
    /** Texts of reusable workflows, by `OWNER/REPOSITORY/PATH@REF`. */
    callableWorkflows: z.record(z.string(), z.string()).default({}),
    repositories: z.array(repository).default([]),
  }),
});

export type World = z.output<typeof worldSchema>;
export type WorldInput = z.input<typeof worldSchema>;

/** @throws RefusedError that lists every problem of the world. */
export function parseWorld(input: unknown): World {
  const result = worldSchema.safeParse(input);
  if (!result.success) {
    const problems = schemaProblems(worldSchema, result.error.issues, input, "world");
    throw new RefusedError("The world cannot be used", problems);
  }
  return result.data as World;
}
