import type { SettingsLocation } from "../trust/login-settings";
import type { LoginInputs } from "./steps/azure";
import { IDS } from "./triggers";

/** The expressions that read a workflow's login settings. */
export function loginInputs({ kind, suffix }: Pick<SettingsLocation, "kind" | "suffix">) {
  const context = kind === "secrets" ? "secrets" : "vars";
  const read = Object.entries(IDS).map(([key, name]) => [
    key,
    `\${{ ${context}.${name}${suffix} }}`,
  ]);
  return Object.fromEntries(read) as LoginInputs;
}

/** A fork has the workflow too, but its tokens have another subject. The id is a string there. */
export function isNotFork({ repositoryId }: { readonly repositoryId: number }): string {
  return `github.repository_id == '${repositoryId}'`;
}
