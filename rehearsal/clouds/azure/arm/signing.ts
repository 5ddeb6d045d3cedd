import { isDeepStrictEqual } from "node:util";
import { isProperties, type Properties } from "../../wire";
import { type AzureState, sameId } from "../state";
import { regionOf } from "./location";
import { parentNotFound, resourceNotFound } from "./refusal";
import {
  accountNameMustFit,
  accountSkuOf,
  endpointOf,
  mustHaveRoom,
  type Profile,
  profileIsFixed,
  profileOf,
} from "./signing-rules";
import type { ArmType } from "./type";
import { SIGNING_VERSIONS } from "./versions";

const NAMESPACE = "Microsoft.CodeSigning";
type Account = AzureState["world"]["signingAccounts"][number];

/** Properties: Azure/azure-rest-api-specs, specification/codesigning, 2024-09-30-preview. */
export function codeSigningAccounts(azure: AzureState): ArmType {
  const { signingAccounts: all, subscriptionId } = azure.world;
  const detailsAt = (id: string) => azure.details.get(id.toLowerCase());
  const body = (it: Account) => {
    const id = azure.accountId(it);
    const { tags, sku } = detailsAt(id) ?? {};
    return {
      id,
      name: it.name,
      type: `${NAMESPACE}/codeSigningAccounts`,
      location: it.location,
      ...(tags && { tags }),
      properties: {
        accountUri: it.endpoint,
        provisioningState: "Succeeded",
        ...(sku && { sku: { name: sku } }),
      },
    };
  };
  const noted = (it: Account, tags: unknown, sku: string | undefined) => {
    const own = isProperties(tags as Properties) ? { tags: tags as Properties } : {};
    azure.details.set(azure.accountId(it).toLowerCase(), { ...own, sku, properties: {} });
    return body(it);
  };
  return {
    namespace: NAMESPACE,
    type: "codeSigningAccounts",
    versions: SIGNING_VERSIONS,
    find({ path }) {
      const it = accountAt(azure, path);
      return it && body(it);
    },
    put({ path, names, group = "", subscription = "" }, { location, tags, properties }) {
      const [name = ""] = names;
      const before = accountAt(azure, path);
      const region = regionOf(location, { name, group, there: before?.location });
      const endpoint = before?.endpoint ?? endpointOf(region);
      const sku = accountSkuOf(inner(properties), before?.profiles ?? []);
      if (before) return noted(before, tags, sku);
      accountNameMustFit(name, all);
      const account: Account = {
        resourceGroup: azure.groupId(group, subscription).split("/").at(-1) ?? "",
        ...(!sameId(subscription, subscriptionId) && { subscription }),
        name,
        location: region,
        endpoint,
        profiles: [],
      };
      all.push(account);
      azure.created.add(azure.accountId(account));
      return noted(account, tags, sku);
    },
    /** Tags and the tier, as `CodeSigningAccountPatch` of the description has them. */
    patch({ path }, { tags, properties }) {
      const it = accountAt(azure, path) as Account;
      const before = detailsAt(azure.accountId(it));
      const given = inner(properties);
      const sku = given.sku === undefined ? before?.sku : accountSkuOf(given, it.profiles);
      return noted(it, tags ?? before?.tags, sku);
    },
    /** The profiles go with their account: https://learn.microsoft.com/azure/artifact-signing/faq */
    remove({ path }) {
      const it = accountAt(azure, path);
      if (!it) return;
      const ids = it.profiles.map(({ name }) => azure.profileId(it, name));
      for (const id of [...ids, azure.accountId(it)]) azure.forget(id);
      all.splice(all.indexOf(it), 1);
    },
  };
}

/** A profile of the world that has issued no certificate has no `certificates`. */
export function certificateProfiles(azure: AzureState): ArmType {
  const parent = (path: string) => accountAt(azure, path.split("/").slice(0, -2).join("/"));
  const profileIn = ({ profiles }: Account, name = "") =>
    profiles.find((it) => sameId(it.name, name));
  const body = (account: Account, { name, subject, type, status }: Profile) => {
    const id = azure.profileId(account, name);
    const certificates = [{ status: "Active", subjectName: subject }];
    const details = azure.details.get(id.toLowerCase());
    const own = details && { certificates: [], ...details.properties };
    return {
      id,
      name,
      type: `${NAMESPACE}/codeSigningAccounts/certificateProfiles`,
      properties: {
        profileType: type,
        status,
        provisioningState: "Succeeded",
        identityValidationId: "00000000-0000-0000-0000-000000000000",
        ...own,
        ...(subject && { certificates }),
      },
    };
  };
  return {
    namespace: NAMESPACE,
    type: "codeSigningAccounts/certificateProfiles",
    versions: SIGNING_VERSIONS,
    find({ path, names }) {
      const account = parent(path);
      const it = account && profileIn(account, names[1]);
      return it && body(account, it);
    },
    missing: (target) => (parent(target.path) ? resourceNotFound(target) : parentNotFound(target)),
    put(target, { properties }) {
      const account = parent(target.path);
      if (!account) throw parentNotFound(target);
      const name = target.names[1] ?? "";
      const details = profileOf(name, inner(properties));
      const before = profileIn(account, name);
      if (before) {
        const there = azure.details.get(target.path.toLowerCase());
        if (!isDeepStrictEqual(there, details)) throw profileIsFixed();
        return body(account, before);
      }
      const type = details.properties.profileType as Profile["type"];
      const { sku } = azure.details.get(azure.accountId(account).toLowerCase()) ?? {};
      mustHaveRoom(sku, account.profiles, type);
      const profile: Profile = { name, type, subject: "", status: "Active" };
      account.profiles.push(profile);
      const id = azure.profileId(account, name);
      azure.details.set(id.toLowerCase(), details);
      azure.created.add(id);
      return body(account, profile);
    },
    remove({ path, names }) {
      const account = parent(path);
      const it = account && profileIn(account, names[1]);
      if (!it) return;
      account.profiles.splice(account.profiles.indexOf(it), 1);
      azure.forget(azure.profileId(account, it.name));
    },
  };
}

function inner(properties: Properties[string]): Properties {
  return isProperties(properties) ? properties : {};
}

function accountAt(azure: AzureState, path: string) {
  return azure.world.signingAccounts.find((it) => sameId(azure.accountId(it), path));
}
