import type { WorldInput } from "../../rehearsal/world/world";
import { type Config, config, world } from "./engine";

/** A stack whose one pipeline signs in the environment `release`, guarded so. */
export function guarded(environment: object, web: object = {}): Config {
  return config({
    "countersign:pipelines": {
      web: {
        branches: ["main"],
        tags: ["v*"],
        environment: { name: "release", ...environment },
        ...web,
      },
    },
  });
}

/** A world in which somebody could review. */
export function inhabited(
  owner: Partial<WorldInput["github"]["owner"]> = {},
  web: object = {},
): WorldInput {
  const it = world({
    owner: { plan: "enterprise", ...owner },
    repositories: [{ name: "web", id: 7, ...web }],
  });
  const users = [
    { login: "Alice", id: 1001 },
    { login: "Bob", id: 1002 },
  ];
  const teams = [{ slug: "release-managers", id: 2001 }];
  return { ...it, github: { ...it.github, users, teams } };
}
