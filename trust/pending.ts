import { createHash } from "node:crypto";

/** Stands for the login server of a registry that does not exist yet. No host can have this name. */
export const PENDING_LOGIN_SERVER = "login-server.countersign.invalid";

/** Stands for the client ID of an identity that does not exist yet. */
export const PENDING_CLIENT_ID = "client-id.countersign.invalid";

/** Stands for the ID of a repository that does not exist yet. No repository has an ID as large. */
export function pendingRepositoryId(name: string): number {
  return 900_000_000_000_000 + Number.parseInt(sha256(name.toLowerCase()).slice(0, 10), 16);
}

/** Whether an ID stands for that of a repository that does not exist yet. */
export function isPendingId(id: number): boolean {
  return id >= 900_000_000_000_000;
}

/** What is known of new things once they exist. Undefined: it was known before. */
export interface Known {
  readonly loginServer?: string;
  readonly repository?: { readonly pending: number; readonly id: number };
  readonly clientId?: string;
}

/** What identifies a text in a record. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What identifies plain data in a record, and in the name of a branch. */
export function digest(value: unknown): string {
  return sha256(JSON.stringify(value)).slice(0, 10);
}

/** A file as far as records identify it. */
export interface IdentifiedFile {
  readonly path: string;
  readonly content: string;
}

/** What identifies the content of files in a record. */
export function filesDigest(files: readonly IdentifiedFile[]): string {
  return digest(files.map(({ path, content }) => [path, content]));
}

/**
 * A copy of plain data in which the real values stand. Where the data identifies the files by a hash,
 * the copy has the hash of the real files.
 */
export function settled<T>(value: T, known: Known, files: readonly IdentifiedFile[] = []): T {
  const real = (text: string) => {
    const served =
      known.loginServer === undefined
        ? text
        : text.replaceAll(PENDING_LOGIN_SERVER, known.loginServer);
    const { repository, clientId } = known;
    const named = clientId === undefined ? served : served.replaceAll(PENDING_CLIENT_ID, clientId);
    return repository ? named.replaceAll(String(repository.pending), String(repository.id)) : named;
  };
  const actual = files.map(({ path, content }) => ({ path, content: real(content) }));
  const hashes = new Map([
    ...files.map(({ content }) => [sha256(content), sha256(real(content))] as const),
    [filesDigest(files), filesDigest(actual)],
  ]);
  const copy = (it: unknown): unknown => {
    if (typeof it === "string") return hashes.get(it) ?? real(it);
    if (it === known.repository?.pending) return known.repository?.id;
    if (Array.isArray(it)) return it.map(copy);
    if (typeof it !== "object" || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([key, each]) => [key, copy(each)]));
  };
  return copy(value) as T;
}
