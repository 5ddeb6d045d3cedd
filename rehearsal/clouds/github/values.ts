import { CloudError, type ResourceType } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import { type GitHubState, notFound, type Stored } from "./state";

/** GitHub: at most so many in a repository, and in an environment (github.md, 7). */
const MOST = {
  secrets: { repository: 100, environment: 100 },
  variables: { repository: 500, environment: 100 },
};

interface Store {
  readonly token: string;
  readonly kind: "secrets" | "variables";
  readonly level: "repository" | "environment";
}

const STORES: readonly Store[] = [
  { token: "ActionsSecret", kind: "secrets", level: "repository" },
  { token: "ActionsEnvironmentSecret", kind: "secrets", level: "environment" },
  { token: "ActionsVariable", kind: "variables", level: "repository" },
  { token: "ActionsEnvironmentVariable", kind: "variables", level: "environment" },
];

/** Secrets and variables, of a repository and of an environment. */
export function values(github: GitHubState): ResourceType[] {
  return STORES.map((store) => valueType(github, store));
}

/** Behaviour and texts: github.md, 3.4, 3.5, 3.7, 4.1 and 5. */
function valueType(github: GitHubState, { token, kind, level }: Store): ResourceType {
  const secret = kind === "secrets";
  const nameOf = secret ? "secretName" : "variableName";
  const levelOf = level === "environment" ? ["environment"] : [];
  const name = (inputs: Properties) => (inputs[nameOf] as string).toUpperCase();
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
    const all = mustHold(inputs);
    const most = MOST[kind][level];
    if (!all.has(name(inputs)) && all.size >= most) {
      throw new CloudError("422", `PUT ${url(inputs)}: 422 too many ${kind} []`);
    }
    const updatedAt = github.now();
    const createdAt = all.get(name(inputs))?.createdAt ?? updatedAt;
    all.set(name(inputs), { value: inputs.value as string, createdAt, updatedAt });
  };
  const outputs = (inputs: Properties, before: Properties = {}) => {
    const { createdAt = "", updatedAt = "" } = held(inputs)?.get(name(inputs)) ?? {};
    return {
      createdAt,
      // A refresh stores the new remote time only, so that tampering goes unseen (4.1, item 1).
      updatedAt: secret ? ((before.updatedAt as string) ?? updatedAt) : updatedAt,
      ...(secret && { remoteUpdatedAt: updatedAt }),
      repositoryId: github.repository(inputs.repository as string).settings.id,
    };
  };
  return {
    token: `github:index/${token.charAt(0).toLowerCase()}${token.slice(1)}:${token}`,
    required: ["repository", ...levelOf, nameOf, "value"],
    optional: [],
    computed: ["createdAt", "updatedAt", "repositoryId", ...(secret ? ["remoteUpdatedAt"] : [])],
    replaceOn: [nameOf, ...levelOf],
    replaces: (before, news) => github.otherRepository(before.repository, news.repository),
    check(inputs) {
      if (inputs[nameOf] === UNKNOWN) return {};
      if (!/^(?!GITHUB_)[a-zA-Z_][a-zA-Z0-9_]*$/i.test(inputs[nameOf] as string)) {
        return { fault: `${inputs[nameOf]} is not a name of a ${secret ? "secret" : "variable"}` };
      }
      const empty = secret && inputs.value === "";
      return empty ? { fault: "one of `encrypted_value,value` must be specified" } : {};
    },
    create(inputs) {
      // As the real provider does: a secret that was there is overwritten in silence.
      if (!secret && mustHold(inputs).has(name(inputs))) {
        throw new CloudError("409", "Already exists - Variable already exists");
      }
      put(inputs);
      const where = [inputs.repository, ...levelOf.map((it) => inputs[it]), name(inputs)];
      return { id: where.join(":"), outputs: outputs(inputs) };
    },
    read(id, inputs, before) {
      const found = held(inputs)?.get(name(inputs));
      if (!found) return undefined;
      const seen = secret ? {} : { value: found.value };
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
