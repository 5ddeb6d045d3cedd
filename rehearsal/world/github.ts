import { z } from "zod";

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

/**
 * A ruleset of GitHub. Its rules can prevent commits, and with the target `push` also pushes to any
 * branch. Types and parameters of rules: https://docs.github.com/rest/repos/rules
 */
const ruleset = z.strictObject({
  name: z.string(),
  target: z.enum(["branch", "tag", "push"]).default("branch"),
  /** Branches, patterns, `~ALL` or `~DEFAULT_BRANCH`. GitHub has none for the target `push`. */
  branches: z.array(z.string()).min(1).default(["~ALL"]),
  /** Branches and patterns that the ruleset leaves out. */
  except: z.array(z.string()).default([]),
  /** Types of rules, with their parameters where they have any. */
  rules: z
    .array(
      z.union([
        z.string(),
        z.strictObject({ type: z.string(), parameters: z.record(z.string(), z.unknown()) }),
      ]),
    )
    .min(1),
  source: z.enum(["Repository", "Organization"]).default("Repository"),
  enforcement: z.enum(["active", "evaluate", "disabled"]).default("active"),
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
  /** Branches under classic protection that requires a pull request. */
  protectedBranches: z.array(z.string()).default([]),
  rulesets: z.array(ruleset).default([]),
  /** Whether GitHub Actions is enabled. */
  actionsEnabled: z.boolean().default(true),
  allowedActions: z.enum(["all", "local_only", "selected"]).default("all"),
  /** What `allowedActions: selected` allows. */
  selectedActions: z
    .strictObject({
      githubOwned: z.boolean().default(true),
      verified: z.boolean().default(false),
      patterns: z.array(z.string()).default([]),
    })
    .prefault({}),
  /** Whether actions must be pinned to a full commit SHA. */
  requireShaPins: z.boolean().default(false),
  /** Whether the account that deploys cannot read the Actions policy. */
  actionsPolicyHidden: z.boolean().default(false),
  /** Contents of files on the default branch, by path. */
  files: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  variables: z.array(z.string()).default([]),
  environments: z.array(environment).default([]),
});

/** What the owner's settings give a repository that the rehearsal creates. Its rulesets are the owner's. */
const newRepositories = repository.pick({
  defaultBranch: true,
  rulesets: true,
  actionsEnabled: true,
  allowedActions: true,
  selectedActions: true,
  requireShaPins: true,
  actionsPolicyHidden: true,
});

/** What exists in GitHub before a rehearsal. */
export const gitHubSchema = z.strictObject({
  /** `github.com`, a subdomain of `ghe.com`, or the host of a GitHub Enterprise Server. */
  host: z.string().default("github.com"),
  /** Issuer of tokens, if the owner's enterprise has its own. Default: the host's issuer. */
  issuer: z.url().optional(),
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
    newRepositories: newRepositories.prefault({}),
  }),
  users: z.array(z.strictObject({ login: z.string(), id: z.int().positive() })).default([]),
  /** Teams of the owner. Only an organization has teams. */
  teams: z.array(z.strictObject({ slug: z.string(), id: z.int().positive() })).default([]),
  /** Texts of reusable workflows, by `OWNER/REPOSITORY/PATH@REF`. */
  callableWorkflows: z.record(z.string(), z.string()).default({}),
  repositories: z.array(repository).default([]),
  /** Faults to rehearse. */
  faults: z
    .strictObject({
      /** How many requests are answered with a secondary rate limit first. */
      throttled: z.int().nonnegative().default(0),
    })
    .prefault({}),
});
