import * as github from "@pulumi/github";
import { expect, test } from "vitest";
import { onEngine, reasonOf } from "../support/engine";

/** The second secret waits for the first one: forever, where that is refused. */
async function program() {
  const repository = "web";
  const one = new github.ActionsSecret("one", { repository, secretName: "ONE", value: "x" });
  new github.ActionsSecret("two", { repository, secretName: "TWO", value: one.createdAt });
}

test("an engine that ends before its program leaves no handlers to pile up", async () => {
  const counts: number[] = [];
  await onEngine({ program }, async ({ run, clouds }) => {
    clouds.traffic.fault = () => "refused";
    for (const name of ["first", "second", "third", "fourth"]) {
      expect(await reasonOf(run("up", name))).toContain("injected fault");
      counts.push(process.listenerCount("uncaughtException"));
    }
  });
  // Those of the last two stay, as their calls may still fail.
  expect(new Set(counts.slice(1)).size).toBe(1);
});
