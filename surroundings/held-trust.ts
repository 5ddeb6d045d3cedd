import { claimText } from "../trust/subject-template";

/**
 * The refs whose runs in an environment, or in none, a credential lets in, in full and maybe as
 * patterns; whatever its repository was called and its subjects were built of.
 *
 * @param accepts its subject or its expression.
 * @returns an undefined one where it lets in whatever ref the environment does.
 */
export function refsLetIn(
  accepts: string,
  environment: string | undefined,
): Array<string | undefined> {
  return accepts.split("'").flatMap((subject) => {
    // The ref of what is called is not the run's.
    const claims = `:${subject.replace(/job_workflow_ref:[^:]*/, "")}:`;
    const gate = environment === undefined ? "" : `environment:${claimText(environment)}:`;
    if (!claims.includes(`:${gate}`) || (!gate && claims.includes(":environment:"))) return [];
    const [, ref] = /(?::ref:|@)(refs\/[^:]+):/.exec(claims) ?? [];
    return ref || gate ? [ref] : [];
  });
}
