import { compare } from "semver";
import type { Digests, Pin } from "./table";

/** What the sources of a pin said. */
export interface Said {
  /** The newest tag. Undefined: there is none, or it is not known. */
  readonly newest?: string;
  /** The digests that the pinned tag has. None if there is no such tag. Undefined: not known. */
  readonly pinned?: Digests;
  /** The digests that the newest tag has, if the pin is behind. Undefined: not known. */
  readonly next?: Digests;
}

/** What is right and wrong about a pin. */
export interface Verdict {
  readonly name: string;
  readonly has: string;
  readonly newest: string;
  readonly digest: "right" | "wrong" | "unknown";
  /** What the pin should have instead: a tag, and its digests as far as they are known. */
  readonly raise?: { readonly tag: string; readonly digests: Digests };
  /** Whether somebody must do something. What is not known needs nothing. */
  readonly isBad: boolean;
}

/** A stable version. What comes before the digits, such as `v`, is the form of the tag. */
const STABLE = /^(\D*)(\d+\.\d+\.\d+)$/;

/** The newest stable version among tags of the same form. Tags such as `v7` move, so they are left out. */
export function newestOf(pinned: string, tags: readonly string[]): string | undefined {
  const [, form] = STABLE.exec(pinned) ?? [];
  const alike = tags.filter((tag) => STABLE.exec(tag)?.[1] === form);
  return alike.sort((a, b) => compare(versionOf(a), versionOf(b))).at(-1);
}

export function isBehind(pinned: string, newest: string | undefined): newest is string {
  return newest !== undefined && compare(versionOf(newest), versionOf(pinned)) > 0;
}

export function judge(pin: Pin, { newest, pinned, next }: Said): Verdict {
  const right = (of: string) => pinned?.[of] === pin.digests[of];
  const digest = !pinned ? "unknown" : Object.keys(pin.digests).every(right) ? "right" : "wrong";
  const behind = isBehind(pin.tag, newest);
  const raise = behind
    ? { tag: newest, digests: next ?? {} }
    : digest === "wrong"
      ? { tag: pin.tag, digests: pinned ?? {} }
      : undefined;
  return {
    name: pin.name,
    has: pin.tag,
    newest: newest ?? "unknown",
    digest,
    ...(raise && { raise }),
    isBad: raise !== undefined,
  };
}

function versionOf(tag: string): string {
  const [, , version] = STABLE.exec(tag) ?? [];
  if (version === undefined) throw new Error(`${tag} is no stable version`);
  return version;
}
