import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect } from "vitest";
import type { Operation, Phase } from "../../rehearsal/engine/session";
import { type Bench, type Config, config } from "./engine";

export const WORKFLOW = ".github/workflows/sign-image.yml";
/** What of the inventory is the files on `main`. */
export const ON_MAIN = [`file web/${WORKFLOW} on main`];
export const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };

/** A stack whose pipeline `web` gets its files to the default branch in one way. */
export const committing = (commit: string, web: object = {}): Config =>
  config({ "countersign:pipelines": { web: { commit, ...web } } });
export const proposing = (web: object = {}): Config => committing("pull-request", web);
/** A change of the configuration that changes the workflow, and nothing else. */
export const OTHER = { signWith: "action" };

export const web = ({ clouds }: Bench) => clouds.github.repository("web");
/** A proposal in the state: its component, its branch, the workflow, and the pull request. */
export const ONE = 4;
/** What the workflow has after the change `OTHER`, and not before. */
export const NEW = "notation-action/sign";
/** The workflow on the default branch. */
export const onMain = (bench: Bench) => web(bench).branches.get("main")?.get(WORKFLOW);
/** Numbers of the open pull requests. */
export const open = (bench: Bench) =>
  [...web(bench).pullRequests.values()].flatMap((it) => (it.state === "open" ? it.number : []));
/** The branches of proposals. */
export const branches = (bench: Bench) =>
  [...web(bench).branches.keys()].filter((name) => name !== "main");
export const headOf = (bench: Bench, number: number) =>
  web(bench).pullRequests.get(number)?.head ?? "";

/** A person deletes a branch; GitHub closes its pull request. */
export function deleteBranch(bench: Bench, name: string): void {
  const { branches, starts, pullRequests } = web(bench);
  branches.delete(name);
  starts.delete(name);
  for (const pull of pullRequests.values()) if (pull.head === name) pull.state = "closed";
}

/** A person reopens a closed pull request. */
export function reopen(bench: Bench, number: number): void {
  bench.clouds.github.pullRequest("web", number).state = "open";
}

/** Runs an operation; what it did, and what the pipeline said of its files. */
export async function said(
  bench: Bench,
  operation: Operation = "up",
): Promise<readonly [Phase, readonly string[]]> {
  const lines = new Set<string>();
  const onEvent = ({ diagnosticEvent: it }: EngineEvent) => {
    const isOurs = it?.urn?.endsWith("SigningPipeline::web");
    if (isOurs) lines.add(`${it?.severity} ${it?.message.replace(/<\{%[^%]*%\}>/g, "").trim()}`);
  };
  const phase = await bench.run(operation, operation, { onEvent });
  return [phase, [...lines]];
}

/** Nothing is to be done: by `up`, which shows no more and no less than a preview, or by others. */
export async function quiet(bench: Bench, ...operations: readonly Operation[]): Promise<void> {
  for (const operation of operations.length > 0 ? operations : (["up"] as const)) {
    expect(await bench.run(operation, operation)).toMatchObject(NOTHING);
  }
}

/** The writes since, as `create web-identity`. */
export const writes = ({ clouds }: Bench, from = 0) =>
  clouds.traffic.writes.slice(from).map(({ operation, name }) => `${operation} ${name}`);

/** The writes since, with the ids of proposals left out. */
export const proposalWrites = (bench: Bench, from: number) =>
  writes(bench, from).map((it) => it.replace(/proposal-\w{10}/, "proposal"));

/** Branches of proposals that stay on GitHub, each with the workflow. */
export const leftBy = (bench: Bench, ...numbers: readonly number[]) =>
  numbers.flatMap((number) => {
    const head = headOf(bench, number);
    return [`branch web/${head}`, `file web/${WORKFLOW} on ${head}`];
  });

/** Everything that exists, without the Dockerfile that each repository of a world has. */
export const inventory = ({ clouds }: Pick<Bench, "clouds">) =>
  clouds.inventory().filter((it) => !/^file \S+\/Dockerfile on /.test(it));

/** Files, branches and pull requests on GitHub. */
export const onGitHub = (bench: Pick<Bench, "clouds">) =>
  inventory(bench).filter((it) => /^(file|branch|open pull request) /.test(it));

export const STARTS =
  "info proposes its files in a pull request: signing starts when it is merged into main";
export const CHANGES =
  "info proposes a change of its files in a pull request, which takes effect when it is merged into main";
/** The note about a declared branch that is not the default branch. */
export const onceIn = (branch: string, base = "main") =>
  `info signs a push to ${branch} only after that branch contains ${WORKFLOW} of ${base}`;
export const FINISHED =
  "info removes its finished proposal from the state: the pull request and its branch stay on GitHub";
export const waits = (number: number, until = "nothing is signed") =>
  `info waits for the merge of https://github.com/Contoso/web/pull/${number}: until then ${until}`;
export const closes = (number: number, why: string) =>
  `info closes https://github.com/Contoso/web/pull/${number}, because ${why}`;
