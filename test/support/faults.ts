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
