import { isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";

/** What is wrong in a workflow that was written by hand. */
export interface WorkflowFault {
  readonly path: string;
  readonly line: number;
  readonly fault: string;
}

/** Actions that sign with Notation. */
const NOTATION = /^notaryproject\/notation-action(?:\/|@)/i;

/**
 * The faults of the workflows that sign with Notation, other than the stack's own.
 *
 * @param texts workflows by path.
 * @param own paths of the workflows that the stack writes.
 */
export function oldWorkflows(
  texts: Readonly<Record<string, string>>,
  own: readonly string[],
): { readonly paths: readonly string[]; readonly faults: readonly WorkflowFault[] } {
  const others = Object.entries(texts).filter(([path]) => !own.includes(path));
  const signing = others.filter(([, text]) => usesOf(text).some(({ uses }) => NOTATION.test(uses)));
  return {
    paths: signing.map(([path]) => path),
    faults: signing.flatMap(([path, text]) => [
      ...usesOf(text)
        .filter(({ uses }) => !uses.startsWith("./") && !/@[0-9a-f]{40}$/.test(uses))
        .map(({ uses, line }) => ({ path, line, fault: `${uses} is not pinned to a commit` })),
      ...signedTags(text).map((line) => ({ path, line, fault: "the workflow signs a tag" })),
    ]),
  };
}

function usesOf(text: string): ReadonlyArray<{ readonly uses: string; readonly line: number }> {
  return scalars(text, "uses").map(({ value, line }) => ({ uses: value, line }));
}

/** References that end with a tag. An expression can be a digest, so it is no fault. */
function signedTags(text: string): number[] {
  return scalars(text, "target_artifact_reference")
    .filter(({ value }) => !value.includes("@") && /:[^/}]+$/.test(value))
    .map(({ line }) => line);
}

/** The texts below a key, with their lines. A file that is not YAML has none. */
function scalars(
  text: string,
  key: string,
): ReadonlyArray<{ readonly value: string; readonly line: number }> {
  const lines = new LineCounter();
  const found: Array<{ value: string; line: number }> = [];
  visit(parseDocument(text, { lineCounter: lines }), {
    Pair(_, pair, path) {
      const isKey = isScalar(pair.key) && pair.key.value === key && isMap(path.at(-1));
      if (!isKey || !isScalar(pair.value)) return;
      const [at = 0] = pair.value.range ?? [];
      found.push({ value: String(pair.value.value), line: lines.linePos(at).line });
    },
  });
  return found;
}
