import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { getClientConfig } from "@pulumi/azure-native/authorization";
import * as github from "@pulumi/github";
import { parse } from "yaml";
import type { SubjectCustomization } from "../trust/subjects";
import type { BootstrapConfiguration } from "./configuration";

/** What exists, as far as the bootstrap program asks. */
export interface BootstrapSnapshot {
  readonly azure: { readonly tenantId: string; readonly subscriptionId: string };
  /** Undefined: there is no such repository, or the token cannot read it. */
  readonly repository?: {
    readonly id: number;
    readonly name: string;
    readonly visibility: string;
    readonly owner: { readonly login: string; readonly id: number };
    readonly subjects?: SubjectCustomization;
  };
  /** IDs by login or slug. Undefined: there is no such user or team. */
  readonly users: Readonly<Record<string, number | undefined>>;
  readonly teams: Readonly<Record<string, number | undefined>>;
}

/** The values of a stack's file, as Pulumi stores them. */
export function stackValues(file: string): Record<string, string> {
  const { config = {} } = parse(readFileSync(resolve(file), "utf8")) as {
    readonly config?: Readonly<Record<string, unknown>>;
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export async function discoverBootstrap({
  repository: name,
  reviewers,
  stack: { owner },
}: BootstrapConfiguration): Promise<BootstrapSnapshot> {
  type Repository = NonNullable<BootstrapSnapshot["repository"]> & { readonly private: boolean };
  const ids = async (names: readonly string[], at: (name: string) => string) =>
    Object.fromEntries(
      await Promise.all(
        names.map(async (it) => [it, (await get<{ readonly id: number }>(at(it)))?.id] as const),
      ),
    );
  const base = `repos/${owner}/${name}`;
  const [{ tenantId, subscriptionId }, found, subjects, users, teams] = await Promise.all([
    getClientConfig(),
    get<Repository>(base),
    get<SubjectCustomization>(`${base}/actions/oidc/customization/sub`),
    ids(reviewers.users, (login) => `users/${login}`),
    ids(reviewers.teams, (slug) => `orgs/${owner}/teams/${slug}`),
  ]);
  const azure = { tenantId, subscriptionId };
  if (!found) return { azure, users, teams };
  const { id, name: spelled, visibility, owner: account } = found;
  const repository = { id, name: spelled, visibility, owner: account, subjects };
  return { azure, repository, users, teams };
}

/** The answer to a GET. Undefined: GitHub answers 404. */
async function get<T>(endpoint: string): Promise<T | undefined> {
  const { code, body } = await github.getRestApi({ endpoint });
  return code === 404 ? undefined : (JSON.parse(body) as T);
}
