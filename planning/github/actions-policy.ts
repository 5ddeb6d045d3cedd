import { parseDocument, visit } from "yaml";
import type { ActionsPolicy } from "../../snapshot";
import type { Context } from "../context";

/**
 * Checks that the repository's policy allows the actions of a workflow, each as `OWNER/NAME@REF`.
 * Returns what could not be checked.
 */
export function checkActions(of: Context, actions: readonly string[]): string[] {
  const { owner, name, actions: policy } = of.repository.snapshot;
  const given = `${owner.login}/${name}`;
  const report = (expected: string, fix: string) => of.report("repository", given, expected, fix);
  if (!policy) return [];
  if (policy.status !== "found") {
    return [`the Actions policy of ${given} was not checked: ${UNREADABLE}`];
  }
  const { enabled, allowed_actions, sha_pinning_required } = policy.value;
  if (!enabled) {
    const fix = "Enable Actions in the repository's settings, under Actions, General.";
    report("a repository in which GitHub Actions is enabled", fix);
    return [];
  }
  const loose = actions.filter((it) => !/@[0-9a-f]{40}$/.test(it) && !it.includes("/workflows/"));
  if (sha_pinning_required && loose.length > 0) {
    const fix = `Pin ${list(loose)} to a full commit SHA in the reusable workflow.`;
    report("a workflow whose actions are pinned, as the Actions policy requires", fix);
  }
  const foreign = [...new Set(actions)].filter((it) => !isOf(it, owner.login));
  if (allowed_actions !== "local_only" && allowed_actions !== "selected") return [];
  const { refused, excluding, unknown } =
    allowed_actions === "selected"
      ? judgeSelected(foreign, policy.value.selected)
      : { refused: foreign, excluding: [], unknown: [] };
  if (excluding.length > 0) {
    const expected = `an Actions policy that allows the actions of the workflow; it excludes some of them by ${list(excluding)}`;
    report(expected, `Remove ${list(excluding)} from the policy.`);
  }
  if (refused.length > 0) {
    const only =
      allowed_actions === "selected" ? "the selected actions" : `actions of ${owner.login}`;
    const expected = `an Actions policy that allows ${list(refused.map(nameOf))}; it allows only ${only}`;
    const patterns = refused.map((it) => `${nameOf(it)}@*`);
    const fix = `In the settings of the repository or organization, under Actions, General, allow select actions, and enter: ${list(patterns)}`;
    report(expected, fix);
  }
  return unknown.length === 0
    ? []
    : [
        `whether the Actions policy of ${given} allows ${list(unknown.map(nameOf))} was not checked`,
      ];
}

const UNREADABLE = "the token needs the repository permission Administration: read";

/** The actions of a workflow's text, e.g. of a reusable workflow. */
export function actionsIn(text: string): string[] {
  const found: string[] = [];
  visit(parseDocument(text), {
    Pair: (_, { key, value }) => {
      const name = (key as { readonly value?: unknown } | null)?.value;
      const used = (value as { readonly value?: unknown } | null)?.value;
      if (name === "uses" && typeof used === "string" && !used.startsWith("./")) found.push(used);
    },
  });
  return found;
}

function judgeSelected(actions: readonly string[], selected: ActionsPolicy["selected"]) {
  if (selected?.status !== "found") return { refused: [], excluding: [], unknown: actions };
  const { github_owned_allowed, verified_allowed, patterns_allowed = [] } = selected.value;
  const excluding = patterns_allowed.filter(
    (it) => it.startsWith("!") && actions.some((action) => matches(it.slice(1), action)),
  );
  const others = actions.filter((action) => {
    const fits = (pattern: string) => matches(pattern.replace(/^!/, ""), action);
    const isOfGitHub = isOf(action, "actions") || isOf(action, "github");
    return !((github_owned_allowed && isOfGitHub) || patterns_allowed.some(fits));
  });
  // GitHub's API does not say which owners are verified.
  const [refused, unknown] = verified_allowed ? [[], others] : [others, []];
  return { refused, excluding, unknown };
}

/** https://docs.github.com/rest/actions/permissions: `*` stands for any characters. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}

function isOf(action: string, owner: string): boolean {
  return action.toLowerCase().startsWith(`${owner.toLowerCase()}/`);
}

function nameOf(action: string): string {
  return action.split("@")[0] ?? "";
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}
