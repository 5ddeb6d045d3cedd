import { createHash } from "node:crypto";
import type { ResourceType } from "../../table";
import { type Properties, UNKNOWN } from "../../wire";
import { type GitHubState, PAID } from "../state";
import {
  ADDED,
  creationOf,
  editOf,
  inputFault,
  OPTIONAL,
  ownTitle,
  topicsOf,
  wantedVisibility,
} from "./inputs";
import { COMPUTED, drift, outputsOf } from "./outputs";
import { create, edit, remove, setAlerts, setTopics } from "./requests";

/**
 * Behavior, texts, and the order of the requests:
 * https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository.go. They were observed with this version in the bridge of 6.15.0
 * (https://github.com/pulumi/pulumi-terraform-bridge v3.137.0). If a request after the first one fails,
 * the real provider keeps the repository in the state. Here, the state does not have it.
 */
export function repository(github: GitHubState): ResourceType {
  return {
    token: "github:index/repository:Repository",
    required: [],
    optional: OPTIONAL,
    computed: COMPUTED,
    // The provider renames a repository in place.
    replaceOn: [],
    check(news, logical, olds) {
      const name = news.name ?? olds.name ?? automaticName(logical);
      const inputs = { ...ADDED, ...news, name };
      const isNew = Object.keys(olds).length === 0;
      return { inputs, fault: inputFault(inputs, logical) ?? unserved(github, inputs, isNew) };
    },
    create(inputs) {
      const { name } = create(github, creationOf(inputs)).settings;
      const topics = topicsOf(inputs);
      if (topics.length > 0) setTopics(github, name, topics);
      edit(github, name, editOf(inputs));
      if (topics.length > 0) setTopics(github, name, topics);
      if (inputs.vulnerabilityAlerts !== undefined) {
        setAlerts(github, name, inputs.vulnerabilityAlerts === true);
      }
      if (inputs.visibility !== undefined) {
        edit(github, name, { ...editOf(inputs), visibility: wantedVisibility(inputs) });
      }
      return { id: name, outputs: outputsOf(github, github.repository(name), name) };
    },
    identified: (id) => ({ name: id, ...ADDED }),
    read(id, inputs, before) {
      const name = idOf(id, before);
      const found = github.find(name);
      if (!found) return undefined;
      const isImport = Object.keys(before).length === 0;
      const known = isImport ? { autoInit: false } : before;
      const outputs = { ...known, ...outputsOf(github, found, name) };
      return { id, inputs: drift(inputs, outputs, isImport), outputs };
    },
    update(id, inputs, before) {
      const former = idOf(id, before);
      const keeps = Object.entries(before).filter(([property]) => inputs[property] === undefined);
      // The provider does nothing about a repository that stays archived.
      if (inputs.archived === true && before.archived === true) {
        return { id, outputs: Object.fromEntries(keeps) };
      }
      const { name } = edit(github, former, editOf(inputs, before)).settings;
      const topics = topicsOf(inputs);
      if (inputs.topics !== undefined && String(topics) !== String(topicsOf(before))) {
        setTopics(github, name, topics);
      }
      const alerts = inputs.vulnerabilityAlerts ?? before.vulnerabilityAlerts;
      if (alerts !== before.vulnerabilityAlerts) setAlerts(github, former, alerts === true);
      const visibility = wantedVisibility(inputs, before);
      if (visibility !== before.visibility) {
        edit(github, former, { ...editOf(inputs, before), visibility });
      }
      const outputs = outputsOf(github, github.repository(name), name);
      return { id, outputs: { vulnerabilityAlerts: alerts, ...outputs } };
    },
    delete(id, before) {
      const name = idOf(id, before);
      if (before.archiveOnDestroy !== true) return remove(github, name);
      if (before.archived === true) return;
      const visibility = wantedVisibility(before);
      edit(github, name, { ...editOf(before, before), archived: true, visibility });
    },
  };
}

/** The provider does not know at preview how GitHub writes the full name of a new name. */
export function previewed(outputs: Properties, inputs: Properties, before?: Properties) {
  const isRenamed = before?.fullName !== undefined && inputs.name !== before.name;
  return isRenamed ? { ...outputs, fullName: UNKNOWN } : outputs;
}

/** The engine keeps the id of a renamed repository. The provider goes by the output `id`. */
function idOf(id: string, before: Properties): string {
  return (before.id as string | undefined) ?? id;
}

/**
 * The bridge adds seven hexadecimal digits: https://github.com/pulumi/pulumi-github, provider/resources.go
 * (`SetAutonaming`).
 */
function automaticName(logical: string): string {
  return `${logical}-${createHash("sha256").update(logical).digest("hex").slice(0, 7)}`;
}

/**
 * GitHub changes a name that ends with `.git`, and has others for itself:
 * https://github.com/github/docs/issues/44518, https://github.com/dead-claudia/github-limits.
 * The creation of an archived repository fails, and leaves it there:
 * https://github.com/integrations/terraform-provider-github/pull/3084. The plan `free` has wikis and
 * auto-merge in public repositories only: https://docs.github.com/get-started/learning-about-github/githubs-plans.
 * What GitHub answers is not known. Alerts on other hosts are not tested, as the provider says.
 */
function unserved(github: GitHubState, inputs: Properties, isNew: boolean): string | undefined {
  const title = ownTitle(inputs);
  if (title) return `the embedded github does not serve ${title}`;
  const name = inputs.name as string;
  const isPrivate = ["private", "internal"].includes(wantedVisibility(inputs));
  const isUnpaid = github.host === "github.com" && !PAID.includes(github.owner.plan) && isPrivate;
  const paid = isUnpaid && ["hasWiki", "allowAutoMerge"].find((it) => inputs[it] === true);
  const hasAlerts = inputs.vulnerabilityAlerts !== undefined;
  const what = [
    /^\.\.?$|\.(git|wiki)$/i.test(name) && `the name ${name}`,
    isNew && inputs.archived === true && "the creation of an archived repository",
    paid && `${paid} in a private repository of the plan ${github.owner.plan}`,
    hasAlerts && github.host !== "github.com" && `vulnerabilityAlerts on ${github.host}`,
  ].find((it) => typeof it === "string");
  return what && `the embedded github does not serve ${what}`;
}
