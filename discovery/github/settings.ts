import type { Answer, RepositorySnapshot } from "../../snapshot";
import { isSameLocation, settingsLocation } from "../../trust/login-settings";
import { settingsName, verifierName } from "../../trust/resource-names";
import type { AskedOf } from "./asked";
import { mapAnswer, path } from "./reader";

/** GitHub's longest pages: https://docs.github.com/rest/actions/secrets and …/variables. */
const PER_PAGE = { secrets: 100, variables: 30 } as const;

/** Names of existing settings; not asked where this stack recorded that it wrote them. */
export async function discoverSettings(of: AskedOf): Promise<RepositorySnapshot["settings"]> {
  const { reader, pipeline, wanted, record, owner, id, base } = of;
  const { ids: kind, level: scope } = wanted;
  const environment = wanted.environment?.name;
  const location = settingsLocation(pipeline, { kind, scope, environment });
  const last = record?.plans.at(-1)?.loginSettings;
  if (last && record?.repository.id === id && isSameLocation(last, location)) return undefined;
  const store = {
    repository: `${base}/actions`,
    environment: `${base}/environments/${encodeURIComponent(environment ?? "")}`,
    organization: path`orgs/${owner}/actions`,
  }[scope];
  return namesOf(reader, store, kind);
}

/** Names of the repository's variables; not asked where this stack wrote those of the verifier. */
export async function discoverVerifierVariables(
  of: AskedOf,
): Promise<RepositorySnapshot["verifierVariables"]> {
  const { reader, pipeline, wanted, resources, base } = of;
  const component = settingsName(verifierName(pipeline));
  if (!wanted.verify || resources.some(({ name }) => name === component)) return undefined;
  return namesOf(reader, `${base}/actions`, "variables");
}

async function namesOf(
  reader: AskedOf["reader"],
  store: string,
  kind: keyof typeof PER_PAGE,
): Promise<Answer<readonly string[]>> {
  const found = await reader.list<{ name: string }>(`${store}/${kind}`, kind, PER_PAGE[kind]);
  return mapAnswer(found, (all) => all.map(({ name }) => name));
}
