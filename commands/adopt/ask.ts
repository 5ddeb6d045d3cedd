import { getClientToken } from "@pulumi/azure-native/authorization";
import * as github from "@pulumi/github";
import type { StackConfiguration } from "../../configuration/schema";
import { placesOf } from "../../planning/azure/places";
import type { RepositorySnapshot, Snapshot } from "../../snapshot";
import { type ArmAnswer, type ArmClient, armClient } from "../clients/arm";
import {
  type FoundAssignment,
  type FoundCredential,
  type FoundIdentity,
  type FoundPipeline,
  repositories,
  subjectPrefixes,
  trusts,
} from "./found";

/** API versions: @pulumi/azure-native 3.28.0, managedidentity and authorization. */
const [IDENTITIES, ASSIGNMENTS] = ["2024-11-30", "2022-04-01"] as const;

interface Listed<T> {
  readonly id: string;
  readonly name: string;
  readonly properties: T;
}

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: { readonly principalId: string; readonly clientId: string };
}

/** Asks, in a preview, for what was made by hand; the providers' logins are used. */
export async function askFound(
  configuration: StackConfiguration,
  snapshot: Snapshot,
  environment: string | undefined,
): Promise<Readonly<Record<string, FoundPipeline>>> {
  const { token } = await getClientToken();
  const arm = armClient(token, environment);
  const known = repositories(snapshot.github.repositories);
  const asked = Object.entries(known).map(async ([pipeline, repository]) => {
    const [identities, workflows] = await Promise.all([
      identitiesOf(arm, pipeline, repository, configuration, snapshot),
      workflowsOf(repository),
    ]);
    return [pipeline, { identities, workflows }] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}

/** The identity that the configuration names, or those of its resource group that trust the repository. */
async function identitiesOf(
  arm: ArmClient,
  pipeline: string,
  repository: RepositorySnapshot,
  configuration: StackConfiguration,
  { azure }: Snapshot,
): Promise<FoundIdentity[]> {
  const { kind } = configuration.pipelines[pipeline]?.identity ?? { kind: "created" };
  if (kind === "existing") {
    const answer = azure.identities[pipeline];
    if (answer?.status !== "found") return [];
    const it = value(await arm.get<Identity>(answer.value.id, IDENTITIES));
    return [await wholeIdentity(arm, it, await credentialsOf(arm, it.id))];
  }
  if (kind !== "created") return [];
  const { identities: group } = placesOf(configuration, azure.client.subscriptionId);
  const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;
  const all = value(await arm.list<Identity>(path, IDENTITIES));
  const whole = all.map(async (it) => {
    const credentials = await credentialsOf(arm, it.id);
    const isOurs = trusts(credentials, subjectPrefixes(repository));
    return isOurs ? [await wholeIdentity(arm, it, credentials)] : [];
  });
  return (await Promise.all(whole)).flat();
}

async function credentialsOf(arm: ArmClient, identity: string): Promise<FoundCredential[]> {
  type Properties = Omit<FoundCredential, "id" | "name">;
  const path = `${identity}/federatedIdentityCredentials`;
  const all = value(await arm.list<Listed<Properties>>(path, IDENTITIES));
  return all.map(({ id, name, properties: { issuer, subject, audiences } }) => {
    return { id, name, issuer, subject, audiences };
  });
}

/** Adds the role assignments of the whole subscription. */
async function wholeIdentity(
  arm: ArmClient,
  { id, name, location, tags = {}, properties: { principalId, clientId } }: Identity,
  credentials: readonly FoundCredential[],
): Promise<FoundIdentity> {
  const subscription = id.split("/").slice(0, 3).join("/");
  const path = `${subscription}/providers/Microsoft.Authorization/roleAssignments`;
  type Properties = {
    readonly scope: string;
    readonly roleDefinitionId: string;
    readonly condition?: string | null;
  };
  const filter = `principalId eq '${principalId}'`;
  const all = value(await arm.list<Listed<Properties>>(path, ASSIGNMENTS, filter));
  const assignments = all.map(({ id, properties }): FoundAssignment => {
    const { scope, roleDefinitionId, condition } = properties;
    const role = roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? "";
    return { id, scope, role, ...(condition && { condition }) };
  });
  return { id, name, location, principalId, clientId, tags, credentials, assignments };
}

/** The workflows of the default branch. A repository without any has no such folder. */
async function workflowsOf({
  owner,
  name,
  defaultBranch,
}: RepositorySnapshot): Promise<FoundPipeline["workflows"]> {
  const get = async <T>(path: string): Promise<T | undefined> => {
    const endpoint = `repos/${owner.login}/${name}/contents/${path}?ref=${encodeURIComponent(defaultBranch)}`;
    const { code, body } = await github.getRestApi({ endpoint });
    return code === 404 ? undefined : (JSON.parse(body) as T);
  };
  const folder = await get<ReadonlyArray<{ readonly path: string }>>(".github/workflows");
  const paths = (folder ?? []).map(({ path }) => path).filter((it) => /\.ya?ml$/.test(it));
  const texts = paths.map(async (path) => {
    const file = await get<{ readonly content: string }>(path);
    return [path, Buffer.from(file?.content ?? "", "base64").toString("utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** @throws Error with Azure's words: nothing is adopted if something could not be seen. */
function value<T>(answer: ArmAnswer<T>): T {
  if (answer.status === "found") return answer.value;
  throw new Error(`Azure cannot be asked what exists: ${answer.said ?? answer.status}`);
}
