import { getClientConfig, getClientToken } from "@pulumi/azure-native/authorization";
import * as github from "@pulumi/github";
import type { Answer } from "../../answer";
import type { StackConfiguration } from "../../configuration/schema";
import { path } from "../../discovery/github/reader";
import { type ArmAnswer, type ArmClient, armClient } from "../clients/arm";
import type { Access, AzureFacts, Facts, GitHubFacts, GitHubToken } from "./facts";
import { type WantedNamespace, wantedNamespaces, wantedRights } from "./needs";
import type { ScopeFacts } from "./rights";

/** Asks as the providers do, in a preview: the provider decides whose rights count. */
export async function askFacts(
  configuration: StackConfiguration,
  environment: string | undefined,
): Promise<Facts> {
  const [azure, gitHub] = await Promise.all([
    askAzure(configuration, environment),
    askGitHub(configuration),
  ]);
  return { azure, gitHub };
}

async function askAzure(
  configuration: StackConfiguration,
  environment: string | undefined,
): Promise<AzureFacts> {
  try {
    const [{ objectId, subscriptionId }, { token }] = await Promise.all([
      getClientConfig(),
      getClientToken(),
    ]);
    const arm = armClient(token, environment);
    const namespaces = wantedNamespaces(configuration, subscriptionId).map(
      async (it) => [it, await registration(arm, it)] as const,
    );
    const rights = wantedRights(configuration, subscriptionId).map(
      async (it) => [it, await scopeFacts(arm, it.scope, objectId)] as const,
    );
    return {
      login: { status: "found", value: { objectId, subscriptionId } },
      namespaces: await Promise.all(namespaces),
      rights: await Promise.all(rights),
    };
  } catch (failure) {
    return {
      login: { status: "forbidden", said: providersWords(failure) },
      namespaces: wantedNamespaces(configuration, "").map((it) => [it, undefined]),
      rights: wantedRights(configuration, "").map((it) => [it, undefined]),
    };
  }
}

/** https://learn.microsoft.com/rest/api/resources/providers/get */
async function registration(
  arm: ArmClient,
  { namespace, subscription }: WantedNamespace,
): Promise<ArmAnswer<string>> {
  const at = `/subscriptions/${subscription}/providers/${namespace}`;
  const answer = await arm.get<{ readonly registrationState: string }>(at, "2021-04-01");
  if (answer.status !== "found") return answer;
  return { status: "found", value: answer.value.registrationState };
}

/** https://learn.microsoft.com/rest/api/authorization */
async function scopeFacts(arm: ArmClient, scope: string, principal: string): Promise<ScopeFacts> {
  const at = `${scope}/providers/Microsoft.Authorization`;
  const mine = `assignedTo('${principal}')`;
  const [permissions, assignments, denials, eligible] = await Promise.all([
    arm.list(`${at}/permissions`, "2022-04-01"),
    arm.list(`${at}/roleAssignments`, "2022-04-01", mine),
    arm.list(`${at}/denyAssignments`, "2022-04-01", mine),
    arm.list(`${at}/roleEligibilityScheduleInstances`, "2020-10-01", "asTarget()"),
  ]);
  return { permissions, assignments, denials, eligible } as ScopeFacts;
}

async function askGitHub({ owner, pipelines }: StackConfiguration): Promise<GitHubFacts> {
  const asked = Object.entries(pipelines).map(
    async ([name, { repository }]) =>
      [name, await askRepository(path`repos/${owner}/${repository}`)] as const,
  );
  const answers = await Promise.all(asked);
  const all = answers.map(([, { token }]) => token);
  return {
    token: all.find(({ status }) => status === "found") ??
      all[0] ?? { status: "missing", said: "nothing was asked" },
    repositories: Object.fromEntries(answers.map(([name, { access }]) => [name, access])),
  };
}

async function askRepository(
  endpoint: string,
): Promise<{ readonly token: Answer<GitHubToken>; readonly access: Answer<Access> }> {
  try {
    // The provider returns a 404 and throws every other failure.
    const { code, headers, body } = await github.getRestApi({ endpoint });
    return {
      token: { status: "found", value: tokenOf(JSON.parse(headers)) },
      access:
        code === 404
          ? { status: "missing", said: "404 Not Found" }
          : { status: "found", value: JSON.parse(body) },
    };
  } catch (failure) {
    const answer = { status: "forbidden", said: providersWords(failure) } as const;
    return { token: answer, access: answer };
  }
}

/**
 * What the headers of an answer say about the token. Only a classic token has scopes:
 * https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps. Without a
 * login, GitHub allows 60 requests in an hour:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function tokenOf(
  headers: Readonly<Record<string, string | readonly string[]>>,
): GitHubToken {
  const byName = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const scopes = byName.get("x-oauth-scopes");
  if (scopes !== undefined) {
    return { kind: "classic", scopes: scopes.split(/, ?/).filter(Boolean) };
  }
  return { kind: byName.get("x-ratelimit-limit") === "60" ? "none" : "other" };
}

/** Without what the engine puts before the words of a provider. */
function providersWords(failure: unknown): string {
  const text = failure instanceof Error ? failure.message : String(failure);
  return text.split("\n")[0]?.replace(/^.*?returned an error: /, "") ?? text;
}
