import { z } from "zod";
import { refuse, schemaProblems } from "../configuration/problems";

const profile = z.strictObject({
  name: z.string(),
  type: z
    .enum(["PublicTrust", "PrivateTrust", "PrivateTrustCIPolicy", "VBSEnclave", "PublicTrustTest"])
    .default("PublicTrust"),
  /** Empty: it has issued no certificate yet. */
  subject: z.string().default("CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US"),
  status: z.enum(["Active", "Disabled", "Suspended"]).default("Active"),
});

const environment = z.strictObject({
  name: z.string(),
  /** Logins and team slugs; a run waits until one of them approves it. */
  reviewers: z.array(z.string()).default([]),
  /** Whether a reviewer may not approve a run of their own. */
  preventSelfReview: z.boolean().default(false),
  /** Whether administrators may skip the review; GitHub's default is that they may. */
  adminsCanBypass: z.boolean().default(true),
  /** Branches and tags that may deploy; without it, all may. */
  policies: z
    .array(z.strictObject({ name: z.string(), type: z.enum(["branch", "tag"]).default("branch") }))
    .optional(),
});

/** Rules of GitHub that keep a commit from being written to a branch directly. */
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
  /** Whether the one who deploys may bypass it. */
  bypass: z.enum(["never", "pull_requests_only", "always", "exempt"]).default("never"),
});

const repository = z.strictObject({
  name: z.string(),
  id: z.int().positive(),
  private: z.boolean().default(true),
  archived: z.boolean().default(false),
  defaultBranch: z.string().default("main"),
  /** No commit yet, so no branch. */
  empty: z.boolean().default(false),
  /** Whether its tokens carry the ids of owner and repository. */
  immutableSubjects: z.boolean().default(true),
  /** Claim keys of a custom subject template. Empty: the organisation's, where it has one. */
  subjectTemplate: z.array(z.string()).optional(),
  /** Branches whose changes must be made through a pull request. */
  protectedBranches: z.array(z.string()).default([]),
  rulesets: z.array(ruleset).default([]),
  /** Path → content, on the default branch. */
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
    /** Which of Azure's clouds it is. */
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
    /** User-assigned identities that somebody else made. */
    identities: z
      .array(
        z.strictObject({
          resourceGroup: z.string(),
          name: z.string(),
          credentials: z.array(credential).default([]),
        }),
      )
      .default([]),
    /** Entra applications that somebody else made. */
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
    /** `github.com`, or the host of a GitHub Enterprise Server. */
    host: z.string().default("github.com"),
    owner: z.strictObject({
      login: z.string(),
      id: z.int().positive().default(5544123),
      type: z.enum(["Organization", "User"]).default("Organization"),
      plan: z.enum(["free", "pro", "team", "enterprise"]).default("team"),
      /** Claim keys of the organisation's subject template. */
      subjectTemplate: z.array(z.string()).optional(),
      /** Whether the one who deploys may not read that template. */
      subjectTemplateHidden: z.boolean().default(false),
      secrets: z.array(z.string()).default([]),
      variables: z.array(z.string()).default([]),
    }),
    users: z.array(z.strictObject({ login: z.string(), id: z.int().positive() })).default([]),
    /** Teams of the owner, where it is an organisation. */
    teams: z.array(z.strictObject({ slug: z.string(), id: z.int().positive() })).default([]),
    /** Workflows that others may call, anybody's: `OWNER/REPOSITORY/PATH@REF` → text. */
    callableWorkflows: z.record(z.string(), z.string()).default({}),
    repositories: z.array(repository).default([]),
  }),
});

export type World = z.output<typeof worldSchema>;
export type WorldInput = z.input<typeof worldSchema>;

/** @throws ProblemsError naming everything wrong with the world. */
export function parseWorld(input: unknown): World {
  const result = worldSchema.safeParse(input);
  if (!result.success) {
    const path = (steps: readonly PropertyKey[]) => ["world", ...steps].join(".");
    const known = (steps: readonly PropertyKey[]) => knownKeys(steps);
    refuse("The world cannot be used", schemaProblems(result.error.issues, input, path, known));
  }
  return result.data as World;
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema = z.toJSONSchema(worldSchema, { io: "input" }) as Record<string, unknown>;
  for (const key of path) {
    const properties = schema.properties as Record<string, never> | undefined;
    schema = (typeof key === "number" ? schema.items : properties?.[String(key)]) as never;
    if (!schema) return [];
  }
  return Object.keys((schema.properties as object | undefined) ?? {});
}
