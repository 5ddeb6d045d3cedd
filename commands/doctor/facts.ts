import type { Answer } from "../../answer";
import type { ArmAnswer } from "../clients/arm";
import type { WantedNamespace, WantedRight } from "./needs";
import type { ScopeFacts } from "./rights";

/** What doctor asks beside the program's own reads. */
export interface Facts {
  readonly azure: AzureFacts;
  readonly gitHub: GitHubFacts;
}

/** Whom the Azure provider acts as. */
export interface AzureLogin {
  readonly objectId: string;
  readonly subscriptionId: string;
}

export interface AzureFacts {
  readonly login: Answer<AzureLogin>;
  /** Registration states. Undefined: there was no login to ask with. */
  readonly namespaces: ReadonlyArray<readonly [WantedNamespace, ArmAnswer<string> | undefined]>;
  readonly rights: ReadonlyArray<readonly [WantedRight, ScopeFacts | undefined]>;
}

/** `other`: GitHub does not tell what a fine-grained token, or one of an App, is permitted. */
export type GitHubToken =
  | { readonly kind: "none" | "other" }
  | { readonly kind: "classic"; readonly scopes: readonly string[] };

export interface GitHubFacts {
  readonly token: Answer<GitHubToken>;
  /** What the user of the token can do, by pipeline. */
  readonly repositories: Readonly<Record<string, Answer<Access>>>;
}

/** The fields of https://docs.github.com/rest/repos/repos#get-a-repository that are used. */
export interface Access {
  readonly permissions?: Readonly<Partial<Record<"admin" | "push" | "pull", boolean>>>;
}
