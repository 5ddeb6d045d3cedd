import { parse } from "yaml";
import { bannerOf } from "./committed-files";
import type { IdKind } from "./sign-image";

/** What a committed workflow of ours asks for, as far as trust depends on it. */
export interface WorkflowInForce {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment: string | undefined;
  /** Where it reads the three ids, and what follows their names. */
  readonly ids: IdKind;
  readonly idSuffix: string;
  /** The reusable workflow that it calls, as `uses` has it. */
  readonly calls: string | undefined;
}

/**
 * Reads what a branch holds. Until a proposal is merged, runs are those of this workflow: what they
 * need must stay.
 *
 * @returns undefined where it is not this stack's, or was edited beyond recognition.
 */
export function workflowInForce(text: string, stack: string): WorkflowInForce | undefined {
  if (!text.includes(bannerOf(stack))) return undefined;
  try {
    const { on, jobs } = parse(text) as Written;
    const { sign } = jobs;
    const login = sign.steps?.find(({ uses }) => uses?.startsWith("azure/login@"));
    const clientId = (sign.with ?? login?.with)?.["client-id"] ?? "";
    const [, context, suffix = ""] = EXPRESSION.exec(clientId) ?? [];
    if (!context) return undefined;
    return {
      branches: on.push.branches ?? [],
      tags: on.push.tags ?? [],
      environment: sign.environment ?? sign.with?.environment,
      ids: context === "secrets" ? "secrets" : "variables",
      idSuffix: suffix,
      calls: sign.uses,
    };
  } catch {
    return undefined;
  }
}

const EXPRESSION = /^\$\{\{ (secrets|vars)\.AZURE_CLIENT_ID(\w*) \}\}$/;

interface Written {
  readonly on: { readonly push: { readonly branches?: string[]; readonly tags?: string[] } };
  readonly jobs: {
    readonly sign: {
      readonly environment?: string;
      readonly uses?: string;
      readonly with?: Readonly<Record<string, string>>;
      readonly steps?: ReadonlyArray<{
        readonly uses?: string;
        readonly with?: Readonly<Record<string, string>>;
      }>;
    };
  };
}
