import type { Declared, Match } from "./match";

/** One resource of a file for `pulumi import --file`. */
interface ImportResource {
  readonly type: string;
  /** The resource's handle in this file. */
  readonly name: string;
  /** The resource's name, if it differs from the handle. */
  readonly logicalName?: string;
  readonly id?: string;
  readonly component?: true;
  readonly parent?: string;
  readonly version?: string;
}

/** https://github.com/pulumi/pulumi, pkg/cmd/pulumi/operations/import.go@v3.250.0 */
export interface ImportFile {
  /** URNs of parents that are in the state, by handle. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportResource[];
}

/** Versions of the providers, by the first part of a type: those that the program uses. */
export type Versions = Readonly<Record<string, string>>;

/**
 * The file that imports what exists, below the components that the program declares. What the state
 * has already is left out, so that the file can be made again after a part of it was imported.
 *
 * @param held URNs of the state.
 */
export function importFile(
  declared: readonly Declared[],
  matches: readonly Match[],
  held: readonly string[],
  versions: Versions,
): ImportFile {
  const open = matches.filter(({ resource }) => !held.includes(resource.urn));
  const byUrn = new Map(declared.map((it) => [it.urn, it]));
  // From the top, so that each parent comes before its children.
  const parents = new Map<string, Declared>();
  const addParents = (urn: string) => {
    const parent = byUrn.get(urn);
    if (!parent || parent.type === "pulumi:pulumi:Stack" || parents.has(urn)) return;
    addParents(parent.parent);
    parents.set(urn, parent);
  };
  for (const { resource } of open) addParents(resource.parent);
  const all = [...parents.values(), ...open.map(({ resource }) => resource)];
  const handleOf = (it: Declared) =>
    all.filter(({ name }) => name === it.name).length > 1
      ? `${it.name}-${it.type.split(":").at(-1)}`
      : it.name;
  const entry = (it: Declared) => {
    const handle = handleOf(it);
    const parent = parents.get(it.parent);
    return {
      type: it.type,
      name: handle,
      ...(handle !== it.name && { logicalName: it.name }),
      ...(parent && { parent: handleOf(parent) }),
    };
  };
  const isHeld = (it: Declared) => held.includes(it.urn);
  return {
    nameTable: Object.fromEntries(
      [...parents.values()].filter(isHeld).map((it) => [handleOf(it), it.urn]),
    ),
    resources: [
      ...[...parents.values()]
        .filter((it) => !isHeld(it))
        .map((it) => ({ ...entry(it), component: true as const })),
      ...open.map(({ resource, id }) => {
        const version = versions[resource.type.split(":")[0] ?? ""];
        return { ...entry(resource), id, ...(version && { version }) };
      }),
    ],
  };
}
