import Table from "cli-table3";
import { type Asker, asker } from "./ask";
import { dockerHub } from "./docker-hub";
import { gitHubReleases, gitHubTags } from "./github";
import { isBehind, judge, newestOf, type Verdict } from "./judge";
import type { Source } from "./source";
import type { Pin } from "./table";

/** How the pins compare with what was released, and whether something must be done. */
export async function report(
  pins: readonly Pin[],
  token: string | undefined,
  asking: Asker = asker(),
): Promise<{ readonly text: string; readonly isBad: boolean }> {
  const verdicts: Verdict[] = [];
  // One after the other, so that a host that does not answer costs its time once.
  for (const pin of pins) verdicts.push(await verdictOn(pin, asking, token));
  const isBad = verdicts.some((it) => it.isBad);
  return { text: show(verdicts, asking.unreached), isBad };
}

async function verdictOn(pin: Pin, asking: Asker, token: string | undefined): Promise<Verdict> {
  const { tags, digests } = await sourceOf(pin, asking, token);
  const newest = newestOf(pin.tag, tags ?? []);
  return judge(pin, {
    newest,
    pinned: await digests(pin.tag),
    ...(isBehind(pin.tag, newest) && { next: await digests(newest) }),
  });
}

function sourceOf(pin: Pin, asker: Asker, token: string | undefined): Promise<Source> {
  if (pin.of === "action") return gitHubTags(pin.name, asker, token);
  if (pin.of === "image") return dockerHub(pin.name, asker);
  return gitHubReleases(pin.of, asker, token);
}

const NO_RULES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

export function show(verdicts: readonly Verdict[], unreached: ReadonlyMap<string, string>): string {
  const head = ["pin", "has", "newest", "digest"];
  const table = new Table({ head, style: { head: [], border: [] }, chars: NO_RULES });
  table.push(...verdicts.map(({ name, has, newest, digest }) => [name, has, newest, digest]));
  const raises = verdicts.flatMap(({ name, raise }) => (raise ? [[name, raise] as const] : []));
  return [
    table.toString(),
    ...raises.flatMap(([name, { tag, digests }]) => [
      `${name} should have ${tag}:`,
      ...Object.entries(digests).map(([of, digest]) => `  ${of.padEnd(6)}  ${digest}`),
      ...(Object.keys(digests).length === 0 ? ["  no digest was found"] : []),
    ]),
    ...[...unreached].map(([host, why]) => `${host} could not be asked: ${why}`),
    summary(verdicts),
  ].join("\n");
}

function summary(verdicts: readonly Verdict[]): string {
  const count = (is: (it: Verdict) => boolean) => verdicts.filter(is).length;
  const bad = count((it) => it.isBad);
  const open = count((it) => !it.isBad && (it.newest === "unknown" || it.digest === "unknown"));
  return `${verdicts.length - bad - open} current, ${bad} to change, ${open} unknown.`;
}
