import type { Clouds } from "../../rehearsal/clouds/clouds";
import type { Fault, Write } from "../../rehearsal/clouds/table";

/** Disturbs the first write that fits; the index counts those from now on. */
export function disturb(
  { traffic }: Clouds,
  how: Fault,
  fits: (write: Write, index: number) => boolean,
): void {
  let [count, done] = [0, false];
  traffic.fault = (write) => {
    if (done || !fits(write, count++)) return undefined;
    done = true;
    return how;
  };
}

/** Refuses each write once, when it is first tried; the names of what was refused. */
export function refuseOnce({ traffic }: Clouds): Set<string> {
  const refused = new Set<string>();
  const before = traffic.fault;
  traffic.fault = (write) => {
    before?.(write);
    const it = `${write.operation} ${write.name}`;
    if (refused.has(it)) return undefined;
    refused.add(it);
    return "refused";
  };
  return refused;
}
