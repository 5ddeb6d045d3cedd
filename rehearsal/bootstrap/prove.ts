import type { Clouds } from "../clouds/clouds";
import type { Environment } from "../clouds/github/state";
import { exchange } from "../proof/entra";
import { AUDIENCES } from "../proof/hosts";
import { letsIn } from "../proof/policies";
import { type JobKind, type Meant, type RightRow, rightsOf } from "./rights";

/** One run, and whom it can log in as. */
export interface LoginRow {
  readonly run: string;
  /** Undefined: it should not log in at all. */
  readonly meant?: JobKind;
  /** `preview`, `deploy`, `no token`, or Entra's error code. */
  readonly login: string;
  readonly violation: boolean;
}

export interface BootstrapProof {
  readonly logins: readonly LoginRow[];
  readonly rights: readonly RightRow[];
}

/** Judges from the state of the clouds, after the bootstrap program ran. */
export function proveBootstrap(clouds: Clouds, meant: Meant): BootstrapProof {
  return {
    logins: runsOf(clouds, meant).map((run) => loginRow(clouds, meant, run)),
    rights: rightsOf(clouds, meant),
  };
}

interface Run {
  readonly name: string;
  readonly meant?: JobKind;
  /** Everything before `:environment:` or `:ref:`. */
  readonly prefix: string;
  /** Ref of a branch, or undefined: a pull request, which has a ref of its own. */
  readonly branch?: string;
  readonly environment?: JobKind;
  /** Whether the run is in the repository, whose environments then decide. */
  readonly own: boolean;
}

function runsOf({ github }: Clouds, { repository, branch }: Meant): Run[] {
  const found = github.repository(repository);
  const prefix = github.subjectPrefix(found);
  const own = { prefix, own: true };
  const { login, id } = github.owner;
  const { settings } = found;
  const other = github.immutableSubjects(found)
    ? { renewed: `repo:${login}@${id}/${settings.name}@1`, another: `repo:${login}@${id}/x@2` }
    : { renewed: "", another: `repo:${login}/x` };
  const foreign = (name: string, prefix: string, environment: JobKind): Run => {
    return { name, prefix, environment, branch, own: false };
  };
  return [
    { ...own, name: "a pull request, in preview", environment: "preview", meant: "preview" },
    { ...own, name: `${branch}, in preview`, branch, environment: "preview", meant: "preview" },
    { ...own, name: `${branch}, in deploy`, branch, environment: "deploy", meant: "deploy" },
    { ...own, name: "a pull request, in deploy", environment: "deploy" },
    { ...own, name: "another branch, in deploy", branch: "feature", environment: "deploy" },
    { ...own, name: `${branch}, without an environment`, branch },
    { ...own, name: "a pull request, without an environment" },
    foreign("another repository of the owner", other.another, "deploy"),
    ...(other.renewed ? [foreign("a new repository of the name", other.renewed, "deploy")] : []),
    foreign("the repository in another case", swapped(prefix), "deploy"),
  ];
}

function loginRow(clouds: Clouds, meant: Meant, run: Run): LoginRow {
  const login = loginOf(clouds, meant, run);
  return {
    run: run.name,
    ...(run.meant && { meant: run.meant }),
    login,
    violation: run.meant ? login !== run.meant : login === "preview" || login === "deploy",
  };
}

/** Whom a run can log in as. A run that should not log in tries the IDs of both environments. */
function loginOf({ azure, github }: Clouds, meant: Meant, run: Run): string {
  const repository = github.repository(meant.repository);
  const environmentOf = (kind: JobKind) =>
    repository.environments.get(meant.environments[kind].toLowerCase());
  const gate = run.environment && environmentOf(run.environment);
  if (run.own && gate && !admits(gate, run.branch)) return "no token";
  const context = run.environment
    ? `environment:${meant.environments[run.environment]}`
    : run.branch === undefined
      ? "pull_request"
      : `ref:refs/heads/${run.branch}`;
  let said = "no identity";
  const kinds = run.meant ? [run.meant] : (["deploy", "preview"] as const);
  for (const kind of kinds) {
    const { variables } = environmentOf(kind) ?? {};
    const answer = exchange(azure, {
      clientId: variables?.get("AZURE_CLIENT_ID")?.value,
      tenantId: variables?.get("AZURE_TENANT_ID")?.value,
      issuer: github.issuer,
      audience: AUDIENCES[azure.world.environment],
      subject: `${run.prefix}:${context}`,
    });
    if ("principalId" in answer) return kind;
    said = answer.code;
  }
  return said;
}

/** A pull request runs on `refs/pull/NUMBER/merge`, which no policy for branches lets in. */
function admits({ policies }: Environment, branch: string | undefined): boolean {
  if (!policies) return true;
  if (branch === undefined) return false;
  return policies.some(({ type, name }) => type === "branch" && letsIn(name, branch));
}

/** A prefix with its names in another case. GitHub writes `repo:` itself. */
function swapped(prefix: string): string {
  const [start = "", ...names] = prefix.split(":");
  const other = (it: string) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase());
  return [start, ...names.map((name) => name.replace(/[a-z]/gi, other))].join(":");
}
