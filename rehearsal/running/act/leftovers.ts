import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends every process that has this text in its environment. A step can leave processes that act
 * does not know, in their own process groups. They inherit the environment of the step.
 */
export function endLeftovers(environment: string): void {
  for (const pid of processes()) {
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      if (variables.includes(environment)) process.kill(pid, "SIGKILL");
    } catch {
      // The process has ended, or belongs to another user.
    }
  }
}

function processes(): number[] {
  try {
    const pids = readdirSync("/proc").map(Number);
    return pids.filter((pid) => Number.isInteger(pid) && pid > 0 && pid !== process.pid);
  } catch {
    return [];
  }
}
