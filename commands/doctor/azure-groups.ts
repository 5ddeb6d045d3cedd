import type { Answer } from "../../answer";
import type { Problem } from "../../configuration/problems";
import type { StackConfiguration } from "../../configuration/schema";
import type { Snapshot } from "../../snapshot";
import type { ArmAnswer } from "../clients/arm";
import type { Survey } from "../survey";
import {
  type Check,
  type Group,
  missing,
  notAsked,
  ok,
  problemCheck,
  unknown,
  warning,
} from "./checks";
import type { AzureFacts } from "./facts";
import type { WantedNamespace, WantedRight } from "./needs";
import { rightCheck } from "./rights";

/** @param problems what planning refuses about the registry. */
export function azureGroup(
  { registry, pipelines }: StackConfiguration,
  { snapshot, plan }: Survey,
  facts: AzureFacts,
  problems: readonly Problem[],
): Group {
  const found = resourceChecks(
    `registry ${registry.name}`,
    snapshot?.azure.registry,
    registry.create !== undefined,
    problems,
    ({ loginServer, roleAssignmentMode }) =>
      `${loginServer}, ${MODES[roleAssignmentMode ?? ""] ?? `${registry.permissions}, as configured`}`,
  );
  const kinds = Object.values(pipelines).map(({ identity: { kind } }) => kind);
  const entra = "Entra does not list what a login can do";
  return {
    name: "Azure",
    checks: [
      loginCheck(facts.login),
      ...facts.namespaces.map(namespaceCheck),
      ...found,
      ...rightChecks(facts, ({ about }) => about !== "profile"),
      ...(kinds.some((it) => it === "application" || it === "existingApplication")
        ? [unknown("may change applications", entra, "docs/permissions.md lists what it needs.")]
        : []),
      ...(plan?.warnings ?? []).map(warning),
    ],
  };
}

/** How ARM names the modes of a registry. */
const MODES: Readonly<Record<string, string>> = {
  AbacRepositoryPermissions: "ABAC mode",
  LegacyRegistryPermissions: "RBAC mode",
};

/** @param problems what planning refuses about the account, the profile, and the timestamp. */
export function signingGroup(
  { signing }: StackConfiguration,
  { snapshot }: Survey,
  facts: AzureFacts,
  problems: readonly Problem[],
): Group {
  const of = (key: string) => problems.filter(({ path }) => path.endsWith(`.${key}`));
  const [account, profile] = [of("account"), of("profile")];
  const others = problems.filter((it) => !account.includes(it) && !profile.includes(it));
  return {
    name: "Artifact Signing",
    checks: [
      ...resourceChecks(
        `account ${signing.account}`,
        snapshot?.azure.account,
        signing.createAccount !== undefined,
        account,
        ({ endpoint }) => endpoint,
      ),
      ...resourceChecks(
        `certificate profile ${signing.profile}`,
        snapshot?.azure.profile,
        signing.createProfile !== undefined,
        profile,
        ({ type, status }) => `${type}, ${status}`,
      ),
      ...certificateCheck(snapshot),
      ...others.map(problemCheck),
      ...rightChecks(facts, ({ about }) => about === "profile"),
    ],
  };
}

function loginCheck(login: AzureFacts["login"]): Check {
  if (login.status === "found") {
    const { objectId, subscriptionId } = login.value;
    return ok("login", `${objectId} in subscription ${subscriptionId}`);
  }
  const fix = "Log in, or set the variables ARM_* of a service principal.";
  return missing("login", login.said, { fix, command: "az login" });
}

function namespaceCheck([{ namespace, subscription }, answer]: readonly [
  WantedNamespace,
  ArmAnswer<string> | undefined,
]): Check {
  const name = `provider ${namespace}`;
  if (!answer) return notAsked(name);
  if (answer.status !== "found") return unknown(name, answer.said ?? answer.status);
  if (answer.value === "Registered") return ok(name, "registered");
  const command = `az provider register --namespace ${namespace} --subscription ${subscription}`;
  return missing(name, answer.value, { command });
}

function rightChecks(
  { login, rights }: AzureFacts,
  isWanted: (right: WantedRight) => boolean,
): Check[] {
  const principal = login.status === "found" ? login.value.objectId : "";
  return rights
    .filter(([right]) => isWanted(right))
    .map(([right, facts]) => (facts ? rightCheck(right, facts, principal) : notAsked(right.name)));
}

/** A profile issues its first certificate when something is signed. */
function certificateCheck(snapshot: Snapshot | undefined): Check[] {
  const profile = snapshot?.azure.profile;
  if (profile?.status !== "found") return [];
  const { subject } = profile.value;
  if (subject !== undefined) return [ok("certificate", subject)];
  const found = "the profile has issued no certificate yet, so its subject is not known";
  return [unknown("certificate", found, "Sign something once, or read the subject in the portal.")];
}

/** A resource that the program reads or creates: its problems, or what was found, or that it was not read. */
function resourceChecks<T>(
  name: string,
  answer: Answer<T> | undefined,
  isNew: boolean,
  problems: readonly Problem[],
  found: (value: T) => string,
): Check[] {
  if (problems.length > 0) return problems.map(problemCheck);
  if (!answer) return [notAsked(name)];
  if (answer.status === "found") return [ok(name, found(answer.value))];
  if (isNew && answer.status === "missing") return [ok(name, "`pulumi up` creates it")];
  return [unknown(name, answer.said ?? answer.status)];
}
