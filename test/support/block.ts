/** A problem as the engine prints it. */
export const block = (path: string, given: string, allowed: string, remedy: string) =>
  [`  ${path}`, `    given    ${given}`, `    allowed  ${allowed}`, `    remedy   ${remedy}`].join(
    "\n",
  );
