import type { ResourceType } from "../table";
import type { Properties } from "../wire";
import type { Kind, Stored } from "./model";
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
  const put = (inputs: Properties) => {
    const place = { name: name(inputs), most: MOST[kind][level], url: url(inputs) };
    const all = mustHold(inputs);
    keep(all, { ...place, at: github.now() }, (times) => ({
      value: inputs.value as string,
      ...times,
    }));
  };
  const outputs = (inputs: Properties, before?: Properties) => ({
    ...value.times(held(inputs)?.get(name(inputs)), before),
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
      put(inputs);
      const where = [inputs.repository, ...levelOf.map((it) => inputs[it]), name(inputs)];
      return { id: where.join(":"), outputs: outputs(inputs) };
    },
    read(id, inputs, before) {
      const found = held(inputs)?.get(name(inputs));
      if (!found) return undefined;
      const seen = kind === "secrets" ? {} : { value: found.value };
      return { id, inputs: seen, outputs: outputs(inputs, before) };
    },
    update(id, inputs) {
      put(inputs);
      return { id, outputs: outputs(inputs) };
    },
    delete(_, before) {
      if (!mustHold(before).delete(name(before))) throw notFound(`DELETE ${url(before)}`);
    },
  };
}
