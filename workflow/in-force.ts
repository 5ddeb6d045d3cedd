import { parse } from "yaml";
import { z } from "zod";
import { isOfStack } from "./committed-files";
import type { IdKind } from "./sign-image";

/** What a committed workflow of ours asks for, as far as trust depends on it. */
export interface WorkflowInForce {
  readonly path: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment: string | undefined;
  /** Where it reads the three ids, and what follows their names. */
  readonly ids: IdKind;
  readonly idSuffix: string;
  /** The reusable workflow that it calls, as `uses` has it. */
  readonly calls: string | undefined;
  /** Repositories of the registry that it pushes to. */
  readonly images: readonly string[];
  /** Name of that registry; undefined where only the called workflow knows. */
  readonly registry: string | undefined;
  /** What it signs with; undefined where only the called workflow knows. */
  readonly signing: { readonly account: string; readonly profile: string } | undefined;
}

/**
 * Reads what a branch holds. Until a proposal is merged, runs are those of this workflow: what they
 * need must stay.
 *
 * @returns undefined where it is not this stack's, or was edited beyond recognition.
 */
export function workflowInForce(
  path: string,
  text: string,
  stack: string,
): WorkflowInForce | undefined {
  if (!isOfStack(text, stack)) return undefined;
  try {
    const { on, jobs } = written.parse(parse(text));
    const { sign } = jobs;
    const login = sign.steps.find(({ uses }) => uses.startsWith("azure/login@"));
    const clientId = (login ?? sign).with["client-id"] ?? "";
    const [, context, suffix = ""] = EXPRESSION.exec(clientId) ?? [];
    if (!context) return undefined;
    return {
      path,
      branches: on.push.branches,
      tags: on.push.tags,
      environment: sign.environment ?? sign.with.environment,
      ids: context === "secrets" ? "secrets" : "variables",
      idSuffix: suffix,
      calls: sign.uses,
      images: imagesOf(sign),
      registry: valueIn(sign, "REGISTRY"),
      signing: signingOf(sign),
    };
  } catch {
    return undefined;
  }
}

const EXPRESSION = /^\$\{\{ (secrets|vars)\.AZURE_CLIENT_ID(\w*) \}\}$/;

function imagesOf(sign: Job): string[] {
  const rows = sign.with.images
    ? imageRows.catch([]).parse(fromJson(sign.with.images))
    : (sign.strategy?.matrix.include ?? []);
  if (rows.length > 0) return rows.map(({ image }) => image);
  const [, image] = /^[^/]+\/([^$]+)$/.exec(valueIn(sign, "REPOSITORY") ?? "") ?? [];
  return image ? [image] : [];
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function signingOf({ steps }: Job): WorkflowInForce["signing"] {
  const settings = steps.flatMap((it) => it.with.plugin_config ?? it.env.PLUGIN_CONFIG ?? []);
  const [, account] = /^accountName=(.+)$/m.exec(settings[0] ?? "") ?? [];
  const [, profile] = /^certProfile=(.+)$/m.exec(settings[0] ?? "") ?? [];
  return account && profile ? { account, profile } : undefined;
}

/** A value that a step's script gets. */
function valueIn({ steps }: Job, name: string): string | undefined {
  return steps.flatMap(({ env }) => env[name] ?? [])[0];
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const text = scalar.catch("");
const values = z.record(z.string(), text).catch({});
const texts = z
  .union([z.null().transform(() => []), scalar.transform((it) => [it]), z.array(scalar)])
  .default([]);
const imageRows = z
  .array(z.object({ image: text }).catch({ image: "" }))
  .transform((rows) => rows.filter(({ image }) => image));

const job = z.object({
  environment: z
    .union([scalar, z.object({ name: scalar }).transform(({ name }) => name)])
    .optional(),
  uses: z.string().optional().catch(undefined),
  with: values,
  strategy: z
    .object({ matrix: z.object({ include: imageRows }) })
    .optional()
    .catch(undefined),
  steps: z.array(z.object({ uses: text, with: values, env: values })).catch([]),
});
type Job = z.infer<typeof job>;

/**
 * In all shapes that GitHub takes, as somebody may have edited it: what says who logs in must be
 * clear, and of the rest nothing is needed that is not.
 */
const written = z.object({
  on: z.object({ push: z.object({ branches: texts, tags: texts }) }),
  jobs: z.object({ sign: job }),
});
