import type { Answer, Answers, EnvironmentAnswer } from "../../snapshot";
import type { AskedOf } from "./asked";
import { byKey, mapAnswer } from "./reader";

interface EnvironmentResponse {
  readonly name: string;
  readonly deployment_branch_policy: { readonly custom_branch_policies: boolean } | null;
}

/** The environments that a pipeline names or named, by that name. */
export function discoverEnvironments(of: AskedOf): Promise<Answers<EnvironmentAnswer>> {
  const plans = [of.wanted, ...(of.record?.plans ?? [])];
  const names = plans.flatMap(({ environment }) => environment?.name ?? []);
  return byKey(names, (name) => discoverEnvironment(of, name));
}

async function discoverEnvironment(
  { reader, base }: AskedOf,
  environment: string,
): Promise<Answer<EnvironmentAnswer>> {
  const at = `${base}/environments/${encodeURIComponent(environment)}`;
  const found = await reader.get<EnvironmentResponse>(at);
  if (found.status !== "found") return found;
  const { name, deployment_branch_policy: policy } = found.value;
  const selective = policy?.custom_branch_policies === true;
  if (!selective) return { status: "found", value: { name, selective, policies: [] } };
  const policies = await reader.list<{ readonly name: string; readonly type?: string }>(
    `${at}/deployment-branch-policies`,
    "branch_policies",
  );
  return mapAnswer(policies, (all) => ({
    name,
    selective,
    policies: all.map((it) => `${it.type ?? "branch"} ${it.name}`).sort(),
  }));
}
