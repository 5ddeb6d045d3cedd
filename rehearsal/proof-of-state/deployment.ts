import { z } from "zod";
import type { Problem } from "../../configuration/problems";
import { isRecord } from "../../configuration/problems";

/** A resource of a stack's state, with its secrets in plain text. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Last part of the URN. */
  readonly name: string;
  /** Undefined: a component. */
  readonly id: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** URN of the resource that it belongs to. */
  readonly parent: string | undefined;
}

/** What an export holds, and what keeps it from being used. */
export interface ReadDeployment {
  readonly resources: readonly StateResource[];
  readonly problems: readonly Problem[];
}

/**
 * The version and the fields that are read. Source: `DeploymentV3` and `ResourceV3` of
 * https://github.com/pulumi/pulumi, sdk/go/common/apitype/core.go.
 */
const exported = z.object({
  version: z.literal([3, 4]),
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          id: z.string().optional(),
          outputs: z.record(z.string(), z.unknown()).nullish(),
          parent: z.string().optional(),
          delete: z.boolean().optional(),
          pendingReplacement: z.boolean().optional(),
        }),
      )
      .nullish(),
    pending_operations: z.array(z.unknown()).nullish(),
  }),
});

const EXPORT = "pulumi stack export --show-secrets";

/** Reads what `pulumi stack export --show-secrets` writes. */
export function readDeployment(input: unknown): ReadDeployment {
  const { success, data } = exported.safeParse(input);
  if (!success) {
    const fix = `write the file with \`${EXPORT} --file FILE\``;
    const expected = "the export of a stack, version 3 or 4";
    const given = isRecord(input) ? Object.keys(input) : input;
    return { resources: [], problems: [{ path: "state", given, expected, fix }] };
  }
  const { resources, pending_operations: pending } = data.deployment;
  const all = resources ?? [];
  const ciphers: string[] = [];
  const read = all.map(({ urn, type, id, outputs, parent }) => ({
    urn,
    type,
    name: nameOf(urn),
    id,
    outputs: plain(outputs ?? {}, () => ciphers.push(nameOf(urn))) as StateResource["outputs"],
    parent,
  }));
  const unfinished = all.filter((it) => it.delete || it.pendingReplacement);
  return {
    resources: read,
    problems: [
      ...encrypted([...new Set(ciphers)]),
      ...interrupted(unfinished.map(({ urn }) => nameOf(urn))),
      ...(pending?.length ? [waiting(pending.length)] : []),
    ],
  };
}

/** A URN is `urn:pulumi:STACK::PROJECT::TYPES::NAME`, by Pulumi's documentation. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/**
 * How an export marks a secret. Source: https://github.com/pulumi/pulumi,
 * sdk/go/common/resource/sig.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

function plain(value: unknown, isEncrypted: () => void): unknown {
  if (Array.isArray(value)) return value.map((it) => plain(it, isEncrypted));
  if (!isRecord(value)) return value;
  if (value[SIGNATURE] !== SECRET) {
    const entries = Object.entries(value).map(([key, it]) => [key, plain(it, isEncrypted)]);
    return Object.fromEntries(entries);
  }
  if (typeof value.plaintext === "string") return plain(JSON.parse(value.plaintext), isEncrypted);
  isEncrypted();
  return undefined;
}

function encrypted(names: readonly string[]): Problem[] {
  if (names.length === 0) return [];
  return [
    {
      path: "secrets",
      given: `encrypted: ${names.join(", ")}`,
      expected: "plain text, because the proof reads the IDs that runs log in with",
      fix: `export the stack with \`${EXPORT}\``,
    },
  ];
}

const FINISH = "run `pulumi up`, and prove the stack again";

function interrupted(names: readonly string[]): Problem[] {
  return names.map((path) => ({
    path,
    given: "a replacement that was interrupted",
    expected: "a stack whose last `pulumi up` did not stop halfway",
    fix: FINISH,
  }));
}

function waiting(count: number): Problem {
  return {
    path: "pending_operations",
    given: count,
    expected: "no operation whose result is unknown",
    fix: `run \`pulumi refresh\`, then ${FINISH}`,
  };
}
