import { type AcceptedTokens, acceptedTokens } from "./credentials";
import { isCommittedFile, isCredential } from "./resource-types";
import type { StackRule } from "./rule";
import { readable } from "./workflow-file";
import { isPinned } from "./workflow-rules";

/**
 * A reusable workflow gets what its caller grants. Its ref need not be a commit if a credential of
 * the stack trusts exactly this ref: then whoever can move the ref is trusted on purpose. GitHub's
 * own rule exempts all reusable workflows:
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
 */
export const pinnedReusableWorkflows: StackRule = {
  name: "pinned-reusable-workflows",
  description:
    "A committed workflow calls reusable workflows at a full commit SHA, or at a ref that a federated credential trusts.",
  check: (resources) => {
    const trusted = resources
      .filter(({ type }) => isCredential(type))
      .flatMap(({ properties }) => workflowClaims(acceptedTokens(properties)));
    return resources
      .filter(({ type }) => isCommittedFile(type))
      .flatMap(({ urn, properties }) =>
        Object.entries(readable(properties)?.jobs ?? {}).flatMap(([job, { uses }]) => {
          if (!uses || isPinned(uses)) return [];
          if (possibleClaims(uses).some((it) => trusted.includes(it))) return [];
          return [{ urn, message: `Job ${job} calls ${uses}, which can change. ${FIX}` }];
        }),
      );
  },
};

const FIX =
  "Fix: end it with the full SHA, or trust it by `job_workflow_ref` in a federated credential.";

/** The claim of a reusable workflow has the full ref: https://docs.github.com/actions/reference/security/oidc */
function possibleClaims(uses: string): string[] {
  const [path = "", ref = ""] = uses.split("@");
  const refs = ref.startsWith("refs/") ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  return refs.map((it) => `${path}@${it}`);
}

/** The reusable workflows whose jobs a credential accepts. A path and a ref have no colon. */
function workflowClaims({ subject = "", expression = "" }: AcceptedTokens): string[] {
  const found = `${subject} ${expression}`.matchAll(/job_workflow_ref:([^:'\s]+)/g);
  return [...found].map(([, claim = ""]) => claim);
}
