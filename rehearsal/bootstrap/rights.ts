import { BUILT_IN_ROLES } from "../clouds/azure/roles";
import { sameId } from "../clouds/azure/state";
import type { Clouds } from "../clouds/clouds";
import { judge, type Operation } from "../proof/access";

/** The two kinds of jobs, by the environments in which they run. */
export type JobKind = "preview" | "deploy";

/** What the proof needs to know of the bootstrap program's configuration. */
export interface Meant {
  readonly repository: string;
  readonly branch: string;
  /** Names of the environments. */
  readonly environments: Readonly<Record<JobKind, string>>;
}

/** One operation, and which of the identities can do it. */
export interface RightRow {
  readonly operation: string;
  readonly meant: readonly JobKind[];
  readonly allowed: readonly JobKind[];
  readonly violation: boolean;
}

const ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const REGISTRIES = "Microsoft.ContainerRegistry/registries";

/** What a job could do in Azure, and which kinds of jobs should be able to. */
export function rightsOf(clouds: Clouds, { repository, environments }: Meant): RightRow[] {
  const { azure, github } = clouds;
  const [registry] = azure.world.registries;
  const [account] = azure.world.signingAccounts;
  if (!registry || !account) return [];
  const scope = azure.registryId(registry);
  const profile = azure.profileId(account, account.profiles[0]?.name ?? "");
  const group = azure.groupId(registry.resourceGroup, registry.subscription);
  const assign = (
    at: string,
    role: string,
    type = "ServicePrincipal",
    act = "write",
  ): Operation => ({
    scope: at,
    action: `${ASSIGNMENTS}/${act}`,
    attributes: {
      [`${ASSIGNMENTS}:RoleDefinitionId`]: guidOf(role),
      [`${ASSIGNMENTS}:PrincipalType`]: type,
    },
  });
  const [identity] = azure.identities.values();
  const own = identity?.id ?? "";
  const signer = "Artifact Signing Certificate Profile Signer";
  const all: ReadonlyArray<readonly [string, readonly JobKind[], Operation]> = [
    ["read the registry", ["preview", "deploy"], { scope, action: `${REGISTRIES}/read` }],
    ["read an identity", ["preview", "deploy"], { scope: group, action: `${IDENTITIES}/read` }],
    ["create an identity", ["deploy"], { scope: group, action: `${IDENTITIES}/write` }],
    ["let a pipeline push", ["deploy"], assign(scope, "AcrPush")],
    ["let a pipeline sign", ["deploy"], assign(profile, signer)],
    ["stop a pipeline from pushing", ["deploy"], assign(scope, "AcrPush", undefined, "delete")],
    ["let a person push", [], assign(scope, "AcrPush", "User")],
    [
      "make somebody an administrator",
      [],
      assign(scope, "Role Based Access Control Administrator"),
    ],
    ["assign a role on the resource group", [], assign(group, "AcrPush")],
    ["let somebody log in as itself", [], { scope: own, action: `${IDENTITIES}/write` }],
    ["push an image", [], { scope, action: `${REGISTRIES}/push/write` }],
    [
      "sign",
      [],
      { scope: profile, dataAction: "Microsoft.CodeSigning/certificateProfiles/Sign/action" },
    ],
  ];
  const principalOf = (kind: JobKind) => {
    const found = github.repository(repository).environments.get(environments[kind].toLowerCase());
    const clientId = found?.variables.get("AZURE_CLIENT_ID")?.value ?? "";
    return [...azure.identities.values()].find((it) => sameId(it.clientId, clientId))?.principalId;
  };
  return all.map(([operation, meant, what]) => {
    const allowed = (["preview", "deploy"] as const).filter((kind) => {
      return judge(azure, principalOf(kind) ?? "", what).allowed;
    });
    return { operation, meant, allowed, violation: allowed.join() !== meant.join() };
  });
}

function guidOf(name: string): string {
  return Object.entries(BUILT_IN_ROLES).find(([, role]) => role.name === name)?.[0] ?? "";
}
