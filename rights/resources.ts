/** A resource of a stack, as a state or a preview has it. */
export interface KnownResource {
  readonly urn: string;
  readonly type: string;
  /** URN of its parent. Undefined: the stack itself. */
  readonly parent?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of the resources that its inputs come from. */
  readonly dependencies: readonly string[];
}

interface Written {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  /** A resource that an interrupted update still has to delete. */
  readonly delete?: boolean;
}

/** What `pulumi stack export` prints. */
export interface ExportedState {
  readonly deployment?: { readonly resources?: readonly Written[] } | null;
}

/** What `pulumi preview --json` prints, as far as it is read. */
export interface PreviewJson {
  readonly steps?: ReadonlyArray<{
    readonly op: string;
    readonly urn: string;
    readonly oldState?: Written;
    readonly newState?: Written;
    readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  }>;
  /** How many resources each operation is about. */
  readonly changeSummary?: Readonly<Record<string, number>>;
  readonly diagnostics?: ReadonlyArray<{ readonly severity?: string; readonly message?: string }>;
}

export function stateResources({ deployment }: ExportedState): KnownResource[] {
  return (deployment?.resources ?? []).filter((it) => !it.delete).map(known);
}

/** Whether a preview has what stays as it is. It does so only with `--show-sames`. */
export function isWhole({ steps = [], changeSummary }: PreviewJson): boolean {
  return steps.filter(({ op }) => op === "same").length >= (changeSummary?.same ?? 0);
}

/** The resources before and after a preview's changes. */
export function previewResources({ steps = [] }: PreviewJson): {
  readonly before: KnownResource[];
  readonly after: KnownResource[];
} {
  const before = new Map<string, KnownResource>();
  const after = new Map<string, KnownResource>();
  for (const { op, urn, oldState, newState } of steps) {
    // What an interrupted update still has to delete has the URN of what replaced it.
    if (oldState && !(oldState.delete && before.has(urn))) before.set(urn, known(oldState));
    // A replacement deletes the old resource in a step of its own.
    if (newState && !/^delete/.test(op)) after.set(urn, known(newState));
  }
  return { before: [...before.values()], after: [...after.values()] };
}

function known({ urn, type, parent, inputs = {}, dependencies = [] }: Written): KnownResource {
  return { urn, type, ...(parent && { parent }), inputs, dependencies };
}
