import { z } from "zod";
import { schemaProblems } from "../../configuration/schema-problems";
import { RefusedError } from "../configuration";
import { azureSchema } from "./azure";
import { gitHubSchema } from "./github";

/** What exists in the embedded clouds before a rehearsal. */
export const worldSchema = z.strictObject({ azure: azureSchema, github: gitHubSchema });

export type World = z.output<typeof worldSchema>;
export type WorldInput = z.input<typeof worldSchema>;

/** @throws RefusedError that lists every problem of the world. */
export function parseWorld(input: unknown): World {
  const result = worldSchema.safeParse(input);
  if (!result.success) {
    const problems = schemaProblems(worldSchema, result.error.issues, input, "world");
    throw new RefusedError("The world cannot be used", problems);
  }
  return result.data as World;
}
