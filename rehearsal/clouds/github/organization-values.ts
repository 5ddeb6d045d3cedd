import { CloudError, type ResourceType } from "../table";
import { type Properties, UNKNOWN } from "../wire";
import type { Kind, OrganizationValue } from "./model";
import { sealed } from "./requests";
import { type GitHubState, notFound } from "./state";
import { describeValue, keep, refuseExisting } from "./stored";

/** The most secrets, and variables: https://docs.github.com/actions/reference/security/secrets */
const MOST = 1000;
const VISIBILITIES: readonly unknown[] = ["all", "private", "selected", UNKNOWN];

type Selected = readonly number[];

/** Secrets and variables of an organization, and the repositories that see the secrets. */
export function organizationValues(github: GitHubState): ResourceType[] {
  return [
    valueType(github, "secrets", "ActionsOrganizationSecret"),
    valueType(github, "variables", "ActionsOrganizationVariable"),
    secretRepositories(github),
  ];
}

/** @throws 404 if the owner is a person. */
function held(github: GitHubState, kind: Kind, request: string): Map<string, OrganizationValue> {
  const { login, type } = github.owner;
  if (type !== "Organization") throw notFound(`${request} orgs/${login}/actions/${kind}`);
  return github.organization[kind];
}

function known(github: GitHubState, url: string, ids: Selected): Selected {
  const all = github.all().map(({ settings }) => settings.id);
  const missing = ids.find((id) => !all.includes(id));
  if (missing === undefined) return [...new Set(ids)];
  throw new CloudError("422", `PUT ${url}: 422 there is no repository ${missing} []`);
}

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_actions_organization_secret.go,
 * github/resource_github_actions_organization_variable.go.
 */
function valueType(github: GitHubState, kind: Kind, token: string): ResourceType {
  const value = describeValue(kind);
  const { name, nameOf } = value;
  const secret = kind === "secrets";
  const url = (inputs: Properties) => `orgs/${github.owner.login}/actions/${kind}/${name(inputs)}`;
  /** The provider sends an empty list of ids for a variable, and leaves it out for a secret. */
  const send = (inputs: Properties, exists: boolean) => {
    const { visibility, value, selectedRepositoryIds: ids = [] } = inputs;
    const all = `orgs/${github.owner.login}/actions/${kind}`;
    const path = `${all}/${inputs[nameOf]}`;
    if (secret) {
      const selected = (ids as Selected).length > 0 && { selected_repository_ids: ids };
      const body = { ...sealed(value as string), visibility, ...selected };
      github.requests.send({ method: "PUT", path, body });
      return;
    }
    const body = { name: inputs[nameOf], value, visibility, selected_repository_ids: ids };
    const [method, at] = exists ? (["PATCH", path] as const) : (["POST", all] as const);
    github.requests.send({ method, path: at, body });
  };
  const put = (inputs: Properties, exists: boolean) => {
    const all = held(github, kind, "PUT");
    send(inputs, exists);
    // Without ids, GitHub clears the selection:
    // https://github.com/external-secrets/external-secrets/issues/6514.
    const ids = known(github, url(inputs), (inputs.selectedRepositoryIds ?? []) as Selected);
    const visibility = inputs.visibility as OrganizationValue["visibility"];
    const place = { name: name(inputs), at: github.now(), most: MOST, url: url(inputs) };
    keep(all, place, (times) => {
      const selected = visibility === "selected" ? ids : [];
      return { value: inputs.value as string, ...times, visibility, selected };
    });
  };
  const times = (inputs: Properties, before?: Properties) =>
    value.times(github.organization[kind].get(name(inputs)), before, github.clockSkewSeconds);
  return {
    token: `github:index/a${token.slice(1)}:${token}`,
    required: [nameOf, "visibility", "value"],
    // The property is deprecated for secrets, and works.
    optional: ["selectedRepositoryIds"],
    computed: value.computed,
    replaceOn: [nameOf],
    check(inputs) {
      if (!VISIBILITIES.includes(inputs.visibility)) {
        return { fault: `expected visibility to be one of ["all" "private" "selected"]` };
      }
      const chosen = inputs.visibility === "selected" || inputs.visibility === UNKNOWN;
      if (!chosen && inputs.selectedRepositoryIds !== undefined) {
        return {
          fault: "cannot use selected_repository_ids without visibility being set to selected",
        };
      }
      return value.check(inputs);
    },
    create(inputs) {
      refuseExisting(value, held(github, kind, "POST"), name(inputs));
      put(inputs, false);
      return { id: name(inputs), outputs: times(inputs) };
    },
    identified: (id) => ({ [nameOf]: id }),
    read(id, inputs, before) {
      const found = github.organization[kind].get(name(inputs));
      if (!found) return undefined;
      const { visibility } = found;
      // The provider reads a selection only if one is declared.
      const declared = (inputs.selectedRepositoryIds ?? []) as Selected;
      const reads = visibility === "selected" && declared.length > 0;
      const selected = reads ? drift(found, inputs) : {};
      const own = secret ? {} : { value: found.value };
      return { id, inputs: { visibility, ...own, ...selected }, outputs: times(inputs, before) };
    },
    update(id, inputs) {
      if (!secret && !held(github, kind, "PATCH").has(name(inputs))) {
        throw notFound(`PATCH ${url(inputs)}`);
      }
      put(inputs, true);
      return { id, outputs: times(inputs) };
    },
    delete(_, before) {
      const path = `orgs/${github.owner.login}/actions/${kind}/${before[nameOf]}`;
      github.requests.send({ method: "DELETE", path });
      if (!held(github, kind, "DELETE").delete(name(before))) {
        throw notFound(`DELETE ${url(before)}`);
      }
    },
  };
}

/** The selection that a refresh finds, if it differs in more than order. */
function drift({ selected }: OrganizationValue, inputs: Properties): Properties {
  const declared = (inputs.selectedRepositoryIds ?? []) as Selected;
  const same = String([...declared].sort()) === String([...selected].sort());
  return same ? {} : { selectedRepositoryIds: selected };
}

/**
 * Behavior: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_actions_organization_secret_repositories.go.
 */
function secretRepositories(github: GitHubState): ResourceType {
  const { name, check } = describeValue("secrets");
  const put = (inputs: Properties, ids: Selected) => {
    const url = `orgs/${github.owner.login}/actions/secrets/${name(inputs)}/repositories`;
    const all = held(github, "secrets", "PUT");
    const found = all.get(name(inputs));
    if (!found) throw notFound(`PUT ${url}`);
    if (found.visibility !== "selected") {
      const why = `the visibility is ${found.visibility}`;
      throw new CloudError("409", `PUT ${url}: 409 Conflict: ${why} []`);
    }
    github.requests.send({
      method: "PUT",
      path: `orgs/${github.owner.login}/actions/secrets/${inputs.secretName}/repositories`,
      body: { selected_repository_ids: ids },
    });
    // A changed selection changes the secret's time:
    // https://github.com/integrations/terraform-provider-github/issues/1924.
    all.set(name(inputs), {
      ...found,
      updatedAt: github.now(),
      selected: known(github, url, ids),
    });
    return { id: name(inputs), outputs: {} };
  };
  const type = "ActionsOrganizationSecretRepositories";
  return {
    token: `github:index/a${type.slice(1)}:${type}`,
    required: ["secretName", "selectedRepositoryIds"],
    optional: [],
    computed: [],
    replaceOn: ["secretName"],
    check,
    create: (inputs) => put(inputs, inputs.selectedRepositoryIds as Selected),
    update: (_, inputs) => put(inputs, inputs.selectedRepositoryIds as Selected),
    read(id, inputs) {
      const found = github.organization.secrets.get(name(inputs));
      return found && { id, inputs: drift(found, inputs), outputs: {} };
    },
    delete(_, before) {
      put(before, []);
    },
  };
}
