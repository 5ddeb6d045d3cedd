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
  reviewers: z.array(z.string()).default([]),
  /** Branches and tags that may deploy; without it, all may. */
  policies: z
    .array(z.strictObject({ name: z.string(), type: z.enum(["branch", "tag"]).default("branch") }))
    .optional(),
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
  /** Claim keys of a custom subject template. */
  subjectTemplate: z.array(z.string()).optional(),
  protectedBranches: z.array(z.string()).default([]),
  /** Path → content, on the default branch. */
  files: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  variables: z.array(z.string()).default([]),
  environments: z.array(environment).default([]),
});

/** What exists in the embedded clouds before a rehearsal. */
export const worldSchema = z.strictObject({
  azure: z.strictObject({
    tenantId: z.uuid().default("7e1a0000-0000-4000-8000-00000000c0de"),
    subscriptionId: z.uuid().default("5ab50000-0000-4000-8000-00000000c0de"),
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
  }),
  github: z.strictObject({
    owner: z.strictObject({
      login: z.string(),
      id: z.int().positive().default(5544123),
      type: z.enum(["Organization", "User"]).default("Organization"),
      plan: z.enum(["free", "pro", "team", "enterprise"]).default("team"),
    }),
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
