import { claimText } from "../trust/subject-template";

/** A run as far as trust in it can be told from what a credential accepts. */
export interface HeldRun {
  readonly environment: string | undefined;
  /** Full ref, or the pattern of one. */
  readonly ref: string;
}

/**
 * Whether a credential lets such a run in, whatever its repository was called and its subjects were
 * built of.
 *
 * @param accepts its subject or its expression.
 */
export function letsIn(accepts: string, { environment, ref }: HeldRun): boolean {
  return accepts.split("'").some((subject) => {
    // The ref of what is called is not the run's.
    const claims = `:${subject.replace(/job_workflow_ref:[^:]*/, "")}:`;
    if (environment !== undefined) {
      return claims.includes(`:environment:${claimText(environment)}:`);
    }
    const isGated = claims.includes(":environment:");
    return !isGated && (claims.includes(`:ref:${ref}:`) || claims.includes(`@${ref}:`));
  });
}
