import type { Right, Trust } from "./rights";

/** One right that runs with a subject gain or lose. */
export interface Change {
  readonly change: "gains" | "loses";
  readonly subject: string;
  readonly issuer: string;
  readonly right: string;
  readonly identity: string;
}

/** What every trust allows. It is worth saying if there is nothing else. */
const LOGIN: Right = { action: "other", target: "log in" };

/** Who gains which right, and who loses it. What is replaced by an equal is no change. */
export function changesOf(before: readonly Trust[], after: readonly Trust[]): Change[] {
  return [...difference("gains", after, before), ...difference("loses", before, after)];
}

/** The rights of `these` that `others` do not have. */
function difference(
  change: Change["change"],
  these: readonly Trust[],
  others: readonly Trust[],
): Change[] {
  const held = new Set(others.flatMap((it) => allOf(it).map((right) => keyOf(it, right))));
  return these.flatMap((trust) => {
    const { subject, issuer, identity } = trust;
    const rights = allOf(trust).filter((right) => !held.has(keyOf(trust, right)));
    return worthSaying(rights).map((right) => {
      return { change, subject, issuer, identity, right: inWords(right) };
    });
  });
}

function allOf({ rights, gates }: Trust): Right[] {
  return [LOGIN, ...rights, ...gates.map((target) => ({ action: "other", target }) as const)];
}

function keyOf({ issuer, subject }: Trust, { action, target, condition }: Right): string {
  return JSON.stringify([issuer, subject, action, target, condition]);
}

/** A right in words. */
export function inWords({ action, target, condition }: Right): string {
  const what = action === "sign" ? `sign with ${target}` : `${action} ${target}`;
  return `${action === "other" ? target : what}${condition ? " (a condition)" : ""}`;
}

/** The rights that are worth saying. Pulling is a part of pushing, so it is not said beside it. */
export function worthSaying(rights: readonly Right[]): Right[] {
  const isPushed = (it: Right) =>
    rights.some(
      ({ action, target, condition }) =>
        action === "push" && target === it.target && condition === it.condition,
    );
  return rights
    .filter((it) => it !== LOGIN || rights.length === 1)
    .filter((it) => it.action !== "pull" || !isPushed(it));
}
