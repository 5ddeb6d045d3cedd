import { execFile } from "node:child_process";
import { type ArmClient, armClient } from "../clients/arm";
import { type GitHubClient, gitHubClient } from "../clients/github";
import type { InitAnswers, Key } from "./questions";

type Known = Partial<InitAnswers>;

/** One thing to choose, with the answers that it brings. */
export interface Offer {
  readonly label: string;
  readonly brings: Known;
}

/** What can be chosen, or why nothing is offered. */
export type Offers = { readonly all: readonly Offer[] } | { readonly none: string };

/** Offers for some questions, from what the logins of the user can list. Others have none. */
export type OffersFor = (key: Key, known: Known) => Promise<Offers | undefined>;

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly location: string;
}

interface Profile {
  readonly name: string;
  readonly properties: { readonly profileType: string; readonly status: string };
}

/** API versions: @pulumi/azure-native 3.28.0, containerregistry and codesigning. */
const [REGISTRIES, SIGNING] = ["2025-11-01", "2025-10-13"] as const;

/** Uses GITHUB_TOKEN or `gh`, and `az`. It asks for a login only when a question needs it. */
export function offersOfLogins(): OffersFor {
  const gitHub = once(gitHubLogin);
  const azure = once(azureLogin);
  return async (key, known) => {
    if (key === "owner") return withLogin(await gitHub(), ownerOffers);
    if (key === "repository") {
      return withLogin(await gitHub(), (client) => repositoryOffers(client, known.owner ?? ""));
    }
    if (key === "registry") return withLogin(await azure(), registryOffers);
    if (key === "account") return withLogin(await azure(), accountOffers);
    if (key === "profile") return withLogin(await azure(), (login) => profileOffers(login, known));
    return undefined;
  };
}

async function ownerOffers(client: GitHubClient): Promise<Offers> {
  type Account = { readonly login: string };
  const [user, organizations] = await Promise.all([
    client.get<Account>("user"),
    client.list<Account>("user/orgs"),
  ]);
  const all = [
    ...(organizations.status === "found" ? organizations.value : []),
    ...(user.status === "found" ? [user.value] : []),
  ];
  return offered(
    all.map(({ login }) => ({ label: login, brings: { owner: login } })),
    "The GitHub token cannot list organizations.",
  );
}

async function repositoryOffers(client: GitHubClient, owner: string): Promise<Offers> {
  type Repository = {
    readonly name: string;
    readonly archived: boolean;
    readonly owner: { readonly login: string };
  };
  const organization = await client.list<Repository>(`orgs/${owner}/repos?sort=pushed`);
  const answer =
    organization.status === "found"
      ? organization
      : await client.list<Repository>("user/repos?affiliation=owner&sort=pushed");
  const found = answer.status === "found" ? answer.value : [];
  const names = found
    .filter((it) => !it.archived && it.owner.login.toLowerCase() === owner.toLowerCase())
    .map(({ name }) => name);
  return offered(
    names.map((repository) => ({ label: repository, brings: { repository } })),
    `The GitHub token cannot list the repositories of ${owner}.`,
  );
}

/** Azure, and the subscription that `az` is logged in to. */
interface AzureLogin {
  readonly arm: ArmClient;
  readonly subscription: string;
}

async function registryOffers({ arm, subscription }: AzureLogin): Promise<Offers> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.ContainerRegistry/registries`;
  return resources(await arm.list<Resource>(path, REGISTRIES), "registries", (it) => ({
    registry: it.name,
    registryGroup: groupOf(it),
    location: it.location,
  }));
}

async function accountOffers({ arm, subscription }: AzureLogin): Promise<Offers> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.CodeSigning/codeSigningAccounts`;
  return resources(await arm.list<Resource>(path, SIGNING), "signing accounts", (it) => ({
    account: it.name,
    signingGroup: groupOf(it),
  }));
}

async function profileOffers({ arm, subscription }: AzureLogin, known: Known): Promise<Offers> {
  const path = `/subscriptions/${subscription}/resourceGroups/${known.signingGroup}/providers/Microsoft.CodeSigning/codeSigningAccounts/${known.account}/certificateProfiles`;
  const answer = await arm.list<Profile>(path, SIGNING);
  if (answer.status !== "found") {
    return { none: `Azure lists no certificate profiles: ${answer.said}` };
  }
  const usable = answer.value.filter(
    ({ properties: { profileType, status } }) =>
      ["PublicTrust", "PrivateTrust"].includes(profileType) && status === "Active",
  );
  return offered(
    usable.map(({ name }) => ({ label: name, brings: { profile: name } })),
    "The account has no active certificate profile for images.",
  );
}

function resources(
  answer: Awaited<ReturnType<ArmClient["list"]>>,
  what: string,
  brings: (resource: Resource) => Known,
): Offers {
  if (answer.status !== "found") return { none: `Azure lists no ${what}: ${answer.said}` };
  const all = answer.value as readonly Resource[];
  return offered(
    all.map((it) => ({ label: it.name.split("/").at(-1) ?? it.name, brings: brings(it) })),
    `The subscription has no ${what}.`,
  );
}

/** The resource group in an id of ARM: `/subscriptions/ID/resourceGroups/NAME/…`. */
function groupOf({ id }: Resource): string {
  return id.split("/")[4] ?? "";
}

function offered(all: readonly Offer[], none: string): Offers {
  return all.length > 0 ? { all } : { none };
}

/** A cloud that does not answer offers nothing, and the question is asked all the same. */
async function withLogin<T>(
  login: T | string,
  offers: (login: T) => Promise<Offers>,
): Promise<Offers> {
  if (typeof login === "string") return { none: login };
  return offers(login).catch((failure: Error) => ({ none: failure.message }));
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

/** A client, or why there is none. */
async function gitHubLogin(): Promise<GitHubClient | string> {
  const token = process.env.GITHUB_TOKEN || (await printed("gh", ["auth", "token"]))?.trim();
  if (!token) return "GITHUB_TOKEN is not set, and `gh auth token` has no token.";
  return gitHubClient(token);
}

async function azureLogin(): Promise<AzureLogin | string> {
  const said = await printed("az", ["account", "get-access-token", "--output", "json"]);
  if (!said) return "`az account get-access-token` has no token. Run `az login`.";
  const { accessToken, subscription } = JSON.parse(said);
  return { arm: armClient(accessToken), subscription };
}

/** What a command prints. Undefined: it failed, or there is no such command. */
function printed(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { shell: process.platform === "win32" }, (failure, stdout) =>
      resolve(failure ? undefined : stdout),
    );
  });
}
