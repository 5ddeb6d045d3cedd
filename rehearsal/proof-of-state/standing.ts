import type { z } from "zod";
import type { Problem } from "../../configuration/problems";
import type { Clouds } from "../clouds/clouds";
import type { StateResource } from "./deployment";

/** Puts a resource of the state into the clouds. @throws Unfit if it cannot stand there. */
export type Stand = (clouds: Clouds, resource: StateResource) => void;

/** What keeps a resource of the state from standing in the clouds. */
export class Unfit extends Error {
  constructor(
    readonly given: unknown,
    readonly expected: string,
    readonly fix: string,
  ) {
    super(expected);
  }

  /** The problem of the resource that does not fit. */
  of({ name, type }: StateResource): Problem {
    const { given, expected, fix } = this;
    return { path: `${name} (${type})`, given, expected, fix };
  }
}

export const REFRESH = "run `pulumi refresh`, then `pulumi up`, and prove the stack again";

/** A resource with an ID, and with outputs that fit a schema. */
export function standing<T>(
  schema: z.ZodType<T>,
  put: (clouds: Clouds, outputs: T, id: string) => void,
): Stand {
  return (clouds, { id, outputs }) => {
    const parsed = schema.safeParse(outputs);
    if (parsed.success && id !== undefined) {
      put(clouds, parsed.data, id);
      return;
    }
    const [issue] = parsed.error?.issues ?? [];
    const key = issue ? issue.path.join(".") : "id";
    const given = issue?.path[0] === undefined ? id : outputs[String(issue.path[0])];
    throw new Unfit(given, `a usable value of \`${key}\` in the state`, REFRESH);
  };
}
