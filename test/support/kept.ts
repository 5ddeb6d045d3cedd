import { web } from "./planning";
import type { World } from "./runs";

/** A stack whose pipeline `web` proposes its files. */
export const proposing = (pipeline: object = {}) =>
  web({ branches: ["main"], commit: "pull-request", ...pipeline });
export const NAME = "repo:Contoso@5/web@7";

/** What a plan trusts, in order. */
export const trusted = ({ plan }: World) =>
  plan?.credentials.map(({ subject }) => subject.replace(`${NAME}:`, ""));
/** The environments that it declares, each with its refs. */
export const environments = ({ plan }: World) =>
  plan?.environments.map((it) => [it.environment.name, ...it.branches, ...it.tags]);
