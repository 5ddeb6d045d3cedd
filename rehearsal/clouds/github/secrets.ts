import { CloudError, type ResourceType } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import { type GitHubState, notFound } from "./state";

/** GitHub: at most this many secrets in a repository (github.md, 7). */
const MAX_SECRETS = 100;

/** Behaviour and texts: github.md, 3.4, 3.7, 4.1 and 5. */
export function actionsSecret(github: GitHubState): ResourceType {
  const put = (repository: string, name: string, value: string) => {
    const { secrets } = github.repository(repository);
    if (!secrets.has(name) && secrets.size >= MAX_SECRETS) {
      throw new CloudError("422", `PUT actions/secrets/${name}: 422 too many secrets []`);
    }
    const updatedAt = github.now();
    const createdAt = secrets.get(name)?.createdAt ?? updatedAt;
    secrets.set(name, { value, createdAt, updatedAt });
  };
  const outputs = (repository: string, name: string, before: Properties = {}) => {
    const { secrets, settings } = github.repository(repository);
    const { createdAt = "", updatedAt = "" } = secrets.get(name) ?? {};
    return {
      createdAt,
      // A refresh stores the new remote time only, so that tampering goes unseen (4.1, item 1).
      updatedAt: (before.updatedAt as string) ?? updatedAt,
      remoteUpdatedAt: updatedAt,
      repositoryId: settings.id,
    };
  };
  const names = (inputs: unknown) => {
    const { repository, secretName } = inputs as Record<string, string>;
    return [repository as string, (secretName as string).toUpperCase()] as const;
  };
  return {
    token: "github:index/actionsSecret:ActionsSecret",
    required: ["repository", "secretName", "value"],
    optional: [],
    computed: ["createdAt", "updatedAt", "remoteUpdatedAt", "repositoryId"],
    replaceOn: ["secretName"],
    replaces: (before, news) => github.otherRepository(before.repository, news.repository),
    check({ secretName, value }) {
      if (secretName === UNKNOWN) return {};
      if (!/^(?!GITHUB_)[a-zA-Z_][a-zA-Z0-9_]*$/i.test(secretName as string)) {
        return { fault: `${secretName} is not a name of a secret` };
      }
      return value === "" ? { fault: "one of `encrypted_value,value` must be specified" } : {};
    },
    create(inputs) {
      const [repository, name] = names(inputs);
      // As the real provider does: what was there is overwritten in silence.
      put(repository, name, inputs.value as string);
      return { id: `${repository}:${name}`, outputs: outputs(repository, name) };
    },
    read(id, inputs, before) {
      const [repository, name] = names(inputs);
      const found = github.find(repository)?.secrets.has(name);
      return found ? { id, outputs: outputs(repository, name, before) } : undefined;
    },
    update(id, inputs) {
      const [repository, name] = names(inputs);
      put(repository, name, inputs.value as string);
      return { id, outputs: outputs(repository, name) };
    },
    delete(_, before) {
      const [repository, name] = names(before);
      if (!github.repository(repository).secrets.delete(name)) {
        throw notFound(`DELETE actions/secrets/${name}`);
      }
    },
  };
}
