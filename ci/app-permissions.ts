import type { StackConfiguration } from "../configuration/schema";
import { createsEnvironment } from "../configuration/schemas/environment-schema";

/** `read` is for a preview, `write` for a deployment. */
export type Access = "read" | "write";

/**
 * The permissions of a GitHub App that a stack needs, by the names of GitHub's API. Undefined: the
 * stack stores variables, and GitHub's description of tokens has no permission for variables, so a
 * token cannot be limited: https://docs.github.com/rest/apps/apps (schema `app-permissions`).
 */
export function appPermissions(
  { pipelines }: StackConfiguration,
  access: Access,
): Readonly<Record<string, Access>> | undefined {
  const all = Object.values(pipelines);
  if (all.some(({ ids }) => ids === "variables")) return undefined;
  const isAny = (wanted: (pipeline: (typeof all)[number]) => boolean) => all.some(wanted);
  const creates = isAny(createsEnvironment);
  const needed: ReadonlyArray<readonly [name: string, access: Access, isNeeded: boolean]> = [
    [
      "actions",
      isAny(({ trust }) => trust?.manageSubjectTemplate === true) ? access : "read",
      true,
    ],
    // An environment is a setting of the repository. The policy of its Actions is read always.
    [
      "administration",
      creates || isAny((it) => it.createRepository !== undefined) ? access : "read",
      true,
    ],
    ["contents", access, true],
    ["environments", access, isAny(({ level }) => level === "environment")],
    ["members", "read", isAny(({ environment }) => (environment?.reviewers.teams.length ?? 0) > 0)],
    ["organization_secrets", access, isAny(({ level }) => level === "organization")],
    ["pull_requests", access, isAny(({ commit }) => commit !== "direct")],
    ["secrets", access, isAny(({ level }) => level === "repository")],
    // There is only one access to workflows. Reading a workflow needs `contents`.
    ["workflows", "write", access === "write"],
  ];
  return Object.fromEntries(
    needed.filter(([, , isNeeded]) => isNeeded).map(([name, wanted]) => [name, wanted]),
  );
}
