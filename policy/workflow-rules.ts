import { type Workflow, workflowRule } from "./workflow-file";

/**
 * A tag or a branch of an action can move to another commit.
 * Source: https://docs.github.com/actions/reference/security/secure-use#using-third-party-actions
 */
export const pinnedActions = workflowRule(
  "pinned-actions",
  "A committed workflow pins each action to a full commit SHA, and each image to a digest.",
  ({ jobs }) =>
    Object.entries(jobs).flatMap(([job, { steps }]) =>
      (steps ?? []).flatMap(({ uses }) => {
        if (!uses || isPinned(uses)) return [];
        const pin = uses.startsWith("docker://") ? "`@sha256:` and the digest" : "the full SHA";
        return [`Job ${job} uses ${uses}, which can change. Fix: end it with ${pin}.`];
      }),
    ),
);

/** Whether `uses` names one unchangeable version, or a file of the same commit. */
export function isPinned(uses: string): boolean {
  if (uses.startsWith("./")) return true;
  if (uses.startsWith("docker://")) return /@sha256:[0-9a-f]{64}$/.test(uses);
  return /@[0-9a-f]{40}$/.test(uses);
}

/**
 * What no job declares, GitHub takes from a setting of the repository, which can be `write` for
 * everything. What the workflow declares, each of its jobs gets, also one that is added later.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export const leastPermissions = workflowRule(
  "least-permissions",
  "A committed workflow declares permissions, and grants `write` only to the jobs that need it.",
  ({ permissions, jobs }) => [
    ...shorthand("The workflow", permissions),
    ...written(permissions).map(
      (scope) =>
        `The workflow grants \`${scope}: write\` to all of its jobs. ` +
        "Fix: move it to the permissions of the job that needs it.",
    ),
    ...Object.entries(jobs).flatMap(([name, job]) => {
      const who = `Job ${name}`;
      if (!permissions && !job.permissions) {
        return [`${who} declares no permissions. Fix: add \`permissions: {}\` to the workflow.`];
      }
      return shorthand(who, job.permissions);
    }),
  ],
);

type Permissions = Workflow["permissions"];

function shorthand(who: string, permissions: Permissions): string[] {
  if (typeof permissions !== "string") return [];
  return [
    `${who} has the permissions \`${permissions}\`. Fix: name each permission that is needed.`,
  ];
}

function written(permissions: Permissions): string[] {
  if (!permissions || typeof permissions === "string") return [];
  return Object.keys(permissions).filter((scope) => permissions[scope] === "write");
}

/** What names the commit that a pull request proposes. */
const HEAD = /github\.event\.pull_request\.head\.|github\.head_ref|refs\/pull\/|\bgh pr checkout\b/;

/**
 * On `pull_request_target`, code of a fork would run with the secrets and the token of the repository.
 * Source: https://docs.github.com/actions/reference/security/secure-use, and
 * https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export const noForeignCode = workflowRule(
  "no-foreign-code",
  "A committed workflow that runs on `pull_request_target` does not check out the pull request.",
  ({ on, jobs }) => {
    const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
    if (!events.includes("pull_request_target")) return [];
    return Object.entries(jobs).flatMap(([name, { steps }]) => {
      const checksOut = (steps ?? []).some(({ uses, run, with: inputs }) => {
        const names = uses?.startsWith("actions/checkout@")
          ? [inputs?.ref, inputs?.repository]
          : [];
        return [...names, run].some((it) => typeof it === "string" && HEAD.test(it));
      });
      if (!checksOut) return [];
      return [
        `Job ${name} checks out the pull request with the rights of the repository. ` +
          "Fix: use the event `pull_request`.",
      ];
    });
  },
);
