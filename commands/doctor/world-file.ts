import { isRecord } from "../../configuration/problems";
import { worldText } from "../../rehearsal/derived/text";
import { parseWorld } from "../../rehearsal/world/world";
import type { Survey } from "../survey";
import { worldOf } from "./world";

const HEAD = `# What \`npm run doctor\` found. A key that is not here has its default, also where
# a cloud did not say. All keys: rehearsal/world/azure.ts and
# rehearsal/world/github.ts. The IDs of reviewers are real, and no secret is here.
`;

/** The text of a file for \`rehearse --world\`. Undefined: nothing was read. */
export function worldFile({ configuration, snapshot, values }: Survey): string | undefined {
  if (!configuration || !snapshot) return undefined;
  const { azure, github } = snapshot;
  const unread = unreadIn({ azure, github }).map((it) => `# Not permitted to read: ${it}\n`);
  const world = parseWorld(worldOf(configuration, snapshot, values));
  return worldText(world, HEAD + unread.join(""));
}

/** The places of answers that a cloud refused. */
function unreadIn(value: unknown, place: readonly string[] = []): string[] {
  if (!isRecord(value)) return [];
  if (value.status === "forbidden" || value.status === "unsupported") return [place.join(" ")];
  return Object.entries(value).flatMap(([key, it]) =>
    unreadIn(it, key === "value" || key === "repositories" ? place : [...place, key]),
  );
}
