import { z } from "zod";
import type { Environment, Repository } from "../clouds/github/model";
import { repositoryOf } from "./repositories";
import { REFRESH, type Stand, standing, Unfit } from "./standing";

const text = z.string().min(1);
/** Repositories keep their id under another name. */
const place = { repository: text, repositoryId: z.number().nullish() };
const inEnvironment = { ...place, environment: text };
const ids = z.array(z.number());

/** How each type of GitHub stands in the clouds, except the values that runs read. */
export const GITHUB: Readonly<Record<string, Stand>> = {
  // The world has the repository.
  "github:index/repository:Repository": standing(z.object({}), () => {}),
  "github:index/repositoryEnvironment:RepositoryEnvironment": standing(
    z.object({
      ...inEnvironment,
      deploymentBranchPolicy: z
        .object({ protectedBranches: z.literal(false), customBranchPolicies: z.boolean() })
        .nullish(),
      reviewers: z.array(z.object({ users: ids.nullish(), teams: ids.nullish() })).nullish(),
      waitTimer: z.number().nullish(),
      preventSelfReview: z.boolean().nullish(),
      canAdminsBypass: z.boolean().nullish(),
    }),
    ({ github }, { environment: name, reviewers, deploymentBranchPolicy, ...it }) => {
      const { environments } = repositoryOf(github, it);
      const before = environments.get(name.toLowerCase());
      const all = (reviewers ?? []).flatMap(({ users, teams }) => [
        ...(teams ?? []).map((id) => `team:${id}`),
        ...(users ?? []).map(String),
      ]);
      environments.set(name.toLowerCase(), {
        name,
        reviewers: all,
        waitMinutes: it.waitTimer ?? 0,
        preventSelfReview: it.preventSelfReview ?? false,
        adminsCanBypass: it.canAdminsBypass ?? true,
        policies: deploymentBranchPolicy?.customBranchPolicies
          ? (before?.policies ?? [])
          : undefined,
        secrets: before?.secrets ?? new Map(),
        variables: before?.variables ?? new Map(),
      });
    },
  ),
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy":
    standing(
      z.object({
        ...inEnvironment,
        branchPattern: z.string().nullish(),
        tagPattern: z.string().nullish(),
      }),
      ({ github }, { branchPattern, tagPattern, environment, ...it }) => {
        const found = environmentOf(repositoryOf(github, it), environment);
        const type = tagPattern ? "tag" : "branch";
        const name = tagPattern || branchPattern || "";
        const same = found.policies?.some((policy) => policy.name === name && policy.type === type);
        if (!same) found.policies?.push({ id: found.policies.length + 1, name, type });
      },
    ),
  "github:index/branch:Branch": standing(
    z.object({ ...place, branch: text, sourceBranch: text.nullish() }),
    ({ github }, { branch, sourceBranch, ...it }) => {
      startBranch(repositoryOf(github, it), branch, sourceBranch ?? undefined);
    },
  ),
  "github:index/repositoryFile:RepositoryFile": standing(
    z.object({ ...place, branch: text, file: text, content: z.string() }),
    ({ github }, { branch, file, content, ...it }) => {
      startBranch(repositoryOf(github, it), branch).set(file, content);
    },
  ),
  "github:index/repositoryPullRequest:RepositoryPullRequest": standing(
    z.object({
      baseRepository: text,
      baseRef: text,
      headRef: text,
      title: z.string(),
      number: z.number(),
      state: z.enum(["open", "closed"]),
    }),
    ({ github }, { baseRepository: repository, baseRef: base, headRef: head, ...it }) => {
      const { pullRequests } = repositoryOf(github, { repository });
      pullRequests.set(it.number, { ...it, base, head, body: "", merged: false });
    },
  ),
  "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate":
    standing(
      z.object({
        ...place,
        useDefault: z.boolean(),
        includeClaimKeys: z.array(z.string()).nullish(),
      }),
      ({ github }, { useDefault, includeClaimKeys, ...it }) => {
        repositoryOf(github, it).subjectTemplate = useDefault
          ? undefined
          : [...(includeClaimKeys ?? [])];
      },
    ),
};

export function environmentOf({ environments, settings }: Repository, name: string): Environment {
  const found = environments.get(name.toLowerCase());
  if (found) return found;
  throw new Unfit(
    name,
    `an environment of ${settings.name}, in the state or in the world`,
    REFRESH,
  );
}

/** The files of a branch. A new branch starts with those of its source. */
function startBranch({ branches, settings }: Repository, name: string, source?: string) {
  const started =
    branches.get(name) ?? new Map(branches.get(source ?? settings.defaultBranch) ?? []);
  branches.set(name, started);
  return started;
}
