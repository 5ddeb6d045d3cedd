import type { ResourceType } from "../table";
import type { Properties } from "../wire";
import type { Kind, Stored } from "./model";
import { escaped, idPart, idParts, sealed } from "./requests";
import { type GitHubState, notFound } from "./state";
import { describeValue, keep, refuseExisting } from "./stored";

/**
 * The most values: https://docs.github.com/actions/reference/security/secrets and
 * https://docs.github.com/actions/reference/workflows-and-actions/variables.
 */
const MOST = {
  secrets: { repository: 100, environment: 100 },
  variables: { repository: 500, environment: 100 },
};

interface Store {
  readonly token: string;
  readonly kind: Kind;
  readonly level: "repository" | "environment";
}

const STORES: readonly Store[] = [
  { token: "ActionsSecret", kind: "secrets", level: "repository" },
  { token: "ActionsEnvironmentSecret", kind: "secrets", level: "environment" },
  { token: "ActionsVariable", kind: "variables", level: "repository" },
  { token: "ActionsEnvironmentVariable", kind: "variables", level: "environment" },
];

/** Secrets and variables of a repository and of an environment. */
export function values(github: GitHubState): ResourceType[] {
  return STORES.map((store) => valueType(github, store));
}

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_actions_secret.go, and others.
 */
function valueType(github: GitHubState, { token, kind, level }: Store): ResourceType {
  const value = describeValue(kind);
  const { name, nameOf } = value;
  const levelOf = level === "environment" ? ["environment"] : [];
  const url = (inputs: Properties) =>
    `${level === "environment" ? `environments/${inputs.environment}` : "actions"}/${kind}/${name(inputs)}`;
  const held = (inputs: Properties): Map<string, Stored> | undefined => {
    const repository = github.find(inputs.repository as string);
    if (level === "repository") return repository?.[kind];
    return repository?.environments.get((inputs.environment as string).toLowerCase())?.[kind];
  };
  const mustHold = (inputs: Properties): Map<string, Stored> => {
    github.repository(inputs.repository as string);
    const found = held(inputs);
    if (!found) throw notFound(`GET environments/${inputs.environment}/${kind}/public-key`);
    return found;
  };
  /** The address as the provider writes it. Its one for secrets of an environment is not documented. */
  const at = (inputs: Properties, own = `/${inputs[nameOf]}`) => {
    const { id } = github.repository(inputs.repository as string).settings;
    const repository = `repos/${github.owner.login}/${inputs.repository}`;
    if (level === "repository") return `${repository}/actions/${kind}${own}`;
    const base = kind === "secrets" ? `repositories/${id}` : repository;
    return `${base}/environments/${escaped(inputs.environment as string)}/${kind}${own}`;
  };
  const send = (inputs: Properties, exists: boolean) => {
    const value = inputs.value as string;
    if (kind === "secrets") {
      github.requests.send({ method: "PUT", path: at(inputs), body: sealed(value) });
      return;
    }
    const body = { name: inputs[nameOf], value };
    const [method, path] = exists
      ? (["PATCH", at(inputs)] as const)
      : (["POST", at(inputs, "")] as const);
    github.requests.send({ method, path, body });
  };
  const put = (inputs: Properties, exists: boolean) => {
    const place = { name: name(inputs), most: MOST[kind][level], url: url(inputs) };
    const all = mustHold(inputs);
    send(inputs, exists);
    keep(all, { ...place, at: github.now() }, (times) => ({
      value: inputs.value as string,
      ...times,
    }));
  };
  const outputs = (inputs: Properties, before?: Properties) => ({
    ...value.times(held(inputs)?.get(name(inputs)), before, github.clockSkewSeconds),
    repositoryId: github.repository(inputs.repository as string).settings.id,
  });
  return {
    token: `github:index/a${token.slice(1)}:${token}`,
    required: ["repository", ...levelOf, nameOf, "value"],
    optional: [],
    computed: [...value.computed, "repositoryId"],
    replaceOn: [nameOf, ...levelOf],
    replaces: (before, news) => github.otherRepository(before, news),
    check: value.check,
    create(inputs) {
      // The provider overwrites an existing secret, and refuses to overwrite a variable.
      refuseExisting(value, mustHold(inputs), name(inputs));
      put(inputs, false);
      const environment = levelOf.map((it) => idPart(inputs[it] as string));
      const where = [inputs.repository, ...environment, name(inputs)];
      return { id: where.join(":"), outputs: outputs(inputs) };
    },
    identified(id) {
      const [repository, ...rest] = idParts(id);
      const [environment] = rest.length > 1 ? rest : [];
      const where = environment === undefined ? {} : { environment };
      return { repository, ...where, [nameOf]: rest.at(-1) };
    },
    read(id, inputs, before) {
      const found = held(inputs)?.get(name(inputs));
      if (!found) return undefined;
      const seen = kind === "secrets" ? {} : { value: found.value };
      return { id, inputs: seen, outputs: outputs(inputs, before) };
    },
    update(id, inputs) {
      put(inputs, true);
      return { id, outputs: outputs(inputs) };
    },
    delete(_, before) {
      github.requests.send({ method: "DELETE", path: at(before) });
      if (!mustHold(before).delete(name(before))) throw notFound(`DELETE ${url(before)}`);
    },
  };
}
