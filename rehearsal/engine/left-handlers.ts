import type { EventEmitter } from "node:events";

/** Events at which the SDK adds a handler for the time of a program. */
const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

type Handler = (...values: unknown[]) => void;

let running = 0;
let before: readonly Handler[] = [];
/** What the last operation left. */
let left: readonly Handler[] = [];

/**
 * Runs an operation of the engine, and then removes the handlers that the one before it left
 * behind.
 *
 * When a write is refused, the engine ends before the program. The SDK then waits forever for the
 * program's open calls, and its handlers stay (@pulumi/pulumi 3.248, automation/server.js). They
 * are needed a little longer, because calls that were cut off still fail after the operation.
 */
export async function withoutLeftHandlers<T>(operation: () => Promise<T>): Promise<T> {
  if (running === 0) before = handlers();
  running += 1;
  try {
    return await operation();
  } finally {
    running -= 1;
    if (running === 0) {
      for (const event of EVENTS) for (const handler of left) process.off(event, handler);
      left = handlers().filter((it) => !before.includes(it));
    }
  }
}

function handlers(): Handler[] {
  return EVENTS.flatMap((event) => (process as EventEmitter).listeners(event) as Handler[]);
}
