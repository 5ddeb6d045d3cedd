import type { PipelineConfiguration, StackConfiguration } from "../../configuration/schema";
import type { Account, Answer, ReusableWorkflow, Snapshot } from "../../snapshot";
import { readingProvider } from "./provider";
import { byKey, GitHubReader, mapAnswer, path, textOf } from "./reader";
import { discoverRepository } from "./repository";

/** What GitHub says of all that the configuration names. */
export async function discoverGitHub(
  configuration: StackConfiguration,
  { pipelines: records, resources }: Snapshot["state"],
): Promise<Snapshot["github"]> {
  const { owner, pipelines } = configuration;
  const reader = new GitHubReader(readingProvider());
  const all = Object.values(pipelines);
  const reviewers = all.flatMap(({ environment }) => environment?.reviewers ?? []);
  const [repositories, users, teams, reusableWorkflows] = await Promise.all([
    byKey(Object.keys(pipelines), (pipeline) => {
      const wanted = pipelines[pipeline] as PipelineConfiguration;
      const record = records[pipeline];
      return discoverRepository({ reader, pipeline, wanted, record, resources }, owner);
    }),
    byKey(
      reviewers.flatMap((it) => it.users),
      (login) => reader.get<{ readonly id: number; readonly type: string }>(path`users/${login}`),
    ),
    byKey(
      reviewers.flatMap((it) => it.teams),
      (slug) => reader.get<{ readonly id: number }>(path`orgs/${owner}/teams/${slug}`),
    ),
    byKey(
      all.flatMap(({ trust }) => trust?.workflow ?? []),
      (workflow) => discoverReusableWorkflow(reader, workflow),
    ),
  ]);
  const creates = Object.entries(pipelines).some(
    ([name, it]) => it.createRepository && repositories[name]?.status === "missing",
  );
  const account = creates ? await reader.get<Account>(path`users/${owner}`) : undefined;
  const plan = await discoverPlan(reader, configuration, repositories, account);
  return { repositories, users, teams, reusableWorkflows, plan, ...(account && { account }) };
}

/** On github.com, the owner's plan decides what private repositories have. */
async function discoverPlan(
  reader: GitHubReader,
  { host, pipelines }: StackConfiguration,
  repositories: Snapshot["github"]["repositories"],
  account: Answer<Account> | undefined,
): Promise<Snapshot["github"]["plan"]> {
  const [owner] = Object.entries(repositories).flatMap(([name, answer]) => {
    if (!dependsOnPlan(pipelines[name])) return [];
    if (answer.status === "found") return answer.value.private ? [answer.value.owner] : [];
    return account?.status === "found" ? [account.value] : [];
  });
  if (!owner || host.kind !== "cloud") return undefined;
  const { type, login } = owner;
  const at = type === "Organization" ? path`orgs/${login}` : path`users/${login}`;
  const found = await reader.get<{ readonly plan?: { readonly name: string } }>(at);
  return mapAnswer(found, ({ plan }) => plan?.name);
}

function dependsOnPlan(pipeline: PipelineConfiguration | undefined): boolean {
  return pipeline?.environment !== undefined || pipeline?.level === "organization";
}

async function discoverReusableWorkflow(
  reader: GitHubReader,
  given: string,
): Promise<Answer<ReusableWorkflow>> {
  const [, owner = "", name = "", file = "", ref = ""] =
    /^([^/]+)\/([^/]+)\/(.+?)@(.+)$/.exec(given) ?? [];
  const at = path`repos/${owner}/${name}`;
  const [found, repository] = await Promise.all([
    reader.get<{ readonly content: string }>(at + path`/contents/${file}?ref=${ref}`),
    reader.get<{ readonly full_name: string }>(at),
  ]);
  const spelled = repository.status === "found" ? repository.value.full_name : `${owner}/${name}`;
  return mapAnswer(found, (file) => ({ content: textOf(file), repository: spelled }));
}
