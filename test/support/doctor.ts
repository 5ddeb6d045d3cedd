import type { Group } from "../../commands/doctor/checks";
import type { Facts, GitHubToken } from "../../commands/doctor/facts";
import { groupsOf } from "../../commands/doctor/groups";
import { wantedNamespaces, wantedRights } from "../../commands/doctor/needs";
import { planStack } from "../../planning/plan-stack";
import type { Answer, Snapshot } from "../../snapshot";
import type { Config } from "./config";
import { configurationOf, found, snapshot, web } from "./planning";

const STACK = { name: "prod", file: "Pulumi.prod.yaml", engine: "3.250.0", exists: true };
const CLASSIC: GitHubToken = { kind: "classic", scopes: ["repo", "workflow"] };
const admin = { permissions: { admin: true, push: true, pull: true } };

/** What a test says about a stack in which everything else fits. */
export interface Given {
  readonly config?: Config;
  /** Undefined: nothing could be read. */
  readonly there?: Snapshot | "unread";
  readonly token?: Answer<GitHubToken>;
  readonly access?: Facts["gitHub"]["repositories"][string];
  readonly registration?: Answer<string>;
  /** Actions that the login is allowed everywhere. Default: all. */
  readonly allowed?: readonly string[];
}

function groups({ config = web(), there = snapshot(), ...given }: Given): Group[] {
  const configuration = configurationOf(config);
  const { token = found(CLASSIC), access = found(admin) } = given;
  const rights = {
    permissions: found([{ actions: given.allowed ?? ["*"], notActions: [] }]),
    assignments: found([]),
    denials: found([]),
    eligible: found([]),
  };
  const names = Object.keys(configuration.pipelines);
  const facts: Facts = {
    azure: {
      login: found({ objectId: "me", subscriptionId: "sub-1" }),
      namespaces: wantedNamespaces(configuration, "sub-1").map((it) => [
        it,
        given.registration ?? found("Registered"),
      ]),
      rights: wantedRights(configuration, "sub-1").map((it) => [it, rights]),
    },
    gitHub: { token, repositories: Object.fromEntries(names.map((name) => [name, access])) },
  };
  const survey =
    there === "unread"
      ? { problems: [], failure: "503: busy" }
      : { snapshot: there, ...planStack(configuration, there) };
  return groupsOf(STACK, { configuration, values: {}, ...survey }, facts);
}

/** What is not ok, as `status group: name: found: fix or command`. */
export function open(given: Given): string[] {
  return groups(given).flatMap(({ name, checks }) =>
    checks
      .filter(({ status }) => status !== "ok")
      .map((it) => {
        const { status, found, fix, command } = it;
        return [`${status} ${name}`, it.name, found, fix ?? command].filter(Boolean).join(": ");
      }),
  );
}
