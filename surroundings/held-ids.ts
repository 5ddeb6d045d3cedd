import type { IdHolder, IdPlace } from "../components/stored-ids";
import type { WorkflowInForce } from "../workflow/in-force";
import { type Held, heldAs, nameOf } from "./held";
import type { Repository } from "./repository";

/** The places that this stack keeps for a pipeline, and where the workflow would find its ids. */
export function heldPlaces(
  held: Held,
  pipeline: string,
  { id: repositoryId }: Repository,
  { ids: kind, idSuffix: suffix, environment }: WorkflowInForce,
): IdPlace[] {
  const what = kind === "secrets" ? "Secret" : "Variable";
  const named = {
    [kind === "secrets" ? "secretName" : "variableName"]: `AZURE_CLIENT_ID${suffix}`,
  };
  const isHeld = (prefix: string, values: Record<string, unknown>) =>
    heldAs(held, `github:index/${prefix}${what}:${upper(prefix)}${what}`, {
      ...named,
      ...values,
    }).some((urn) => nameOf(urn).startsWith(`${pipeline}-ids-`));
  const holders: IdHolder[] = [];
  if (suffix && isHeld("actionsOrganization", {}))
    holders.push({ level: "organization", repositoryId });
  if (environment && isHeld("actionsEnvironment", { repositoryId, environment })) {
    holders.push({ level: "environment", environment });
  }
  if (isHeld("actions", { repositoryId })) holders.push({ level: "repository" });
  return holders.map((holder) => ({ kind, suffix, holder }));
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the workflow finds its ids there. */
export function serves({ kind, suffix, holder }: IdPlace, workflow: WorkflowInForce): boolean {
  if (kind !== workflow.ids || suffix !== workflow.idSuffix) return false;
  return holder.level !== "environment" || holder.environment === workflow.environment;
}
