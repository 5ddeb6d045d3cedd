import type { Survey } from "../survey";
import { azureGroup, signingGroup } from "./azure-groups";
import { type Check, type Group, missing, ok, problemCheck, unknown } from "./checks";
import type { Facts } from "./facts";
import { gitHubGroups, tokenCheck } from "./github-groups";

/** What doctor knows of the stack itself. */
export interface StackFacts {
  readonly name: string;
  readonly file: string;
  /** Version of the Pulumi engine. */
  readonly engine: string;
  /** Whether the backend has the stack, or why the backend did not answer. */
  readonly exists: boolean | { readonly said: string };
}

/**
 * All checks, in groups. What the program itself would refuse is never decided a second time.
 *
 * @param facts undefined: the configuration has problems, so the clouds were not asked.
 */
export function groupsOf(stack: StackFacts, survey: Survey, facts: Facts | undefined): Group[] {
  const { configuration, problems, failure } = survey;
  if (!configuration || !facts) {
    // The engine fails before the program runs if, for example, it cannot decrypt a value.
    const read = failure ? [unreadable(stack, failure)] : [];
    const checks = [...read, ...problems.map(problemCheck)];
    return [{ name: "Configuration", checks }, pulumiGroup(stack)];
  }
  const count = Object.keys(configuration.pipelines).length;
  const found = `${count} ${count === 1 ? "pipeline" : "pipelines"}`;
  const below = (prefix: string) =>
    problems.filter(({ path }) => path === prefix || path.startsWith(`${prefix}.`));
  const places = ["countersign:registry", "countersign:signing", "countersign:pipelines"] as const;
  const placed = places.flatMap(below);
  const others = problems.filter((it) => !placed.includes(it));
  return [
    { name: "Configuration", checks: [ok(stack.file, found), ...others.map(problemCheck)] },
    pulumiGroup(stack, unread(survey, facts)),
    azureGroup(configuration, survey, facts.azure, below("countersign:registry")),
    signingGroup(configuration, survey, facts.azure, below("countersign:signing")),
    { name: "GitHub", checks: [tokenCheck(configuration, facts.gitHub.token)] },
    ...gitHubGroups(configuration, survey, facts.gitHub, below),
  ];
}

function unreadable({ name, file }: StackFacts, failure: string) {
  const command = `pulumi config --stack ${name}`;
  const fix = "Correct what Pulumi says. This command reads the same:";
  return missing(file, failure, { fix, command });
}

/** Why what exists was not read, unless a login is missing, which says it. */
function unread({ failure }: Survey, { azure, gitHub }: Facts): readonly Check[] {
  const isLoggedIn = azure.login.status === "found" && gitHub.token.status === "found";
  if (!failure || !isLoggedIn) return [];
  return [unknown("preview", failure, "Run this command again.")];
}

function pulumiGroup({ name, engine, exists }: StackFacts, more: readonly Check[] = []): Group {
  const title = `stack ${name}`;
  const init = { command: `pulumi stack init ${name}` };
  const login = {
    fix: "Log in to the backend, and run this command again.",
    command: "pulumi login",
  };
  const stack =
    exists === true
      ? ok(title, "exists")
      : exists === false
        ? missing(title, "the backend has no such stack", init)
        : unknown(title, exists.said, login);
  return { name: "Pulumi", checks: [ok("engine", engine), stack, ...more] };
}
