import type { Report } from "../report";
import { wrapped } from "./lines";

/** The created resources of each pipeline, and before them those of the whole stack. */
export function createdLines({ made }: Pick<Report, "made">): string[] {
  const owners = [...new Set(made.map(({ pipeline }) => pipeline))];
  return owners.flatMap((owner) => {
    const its = made.filter(({ pipeline }) => pipeline === owner);
    const types = [...new Set(its.map(({ type }) => type))];
    return [
      `  ${owner ?? "for the stack"}`,
      ...types.flatMap((type) => {
        const names = its.filter((it) => it.type === type).map(({ name }) => name);
        return wrapped(`    ${type.split(":").at(-1)}: ${names.join(", ")}`, 6);
      }),
    ];
  });
}
