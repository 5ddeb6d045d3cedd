import { expect, test } from "vitest";
import { faultsOf } from "../../rehearsal/running/judge";
import { SECRETS, useBench } from "./bench";
import { generated } from "./generated";
import type { Variant } from "./variant";

/** A test for each variant of a good workflow: the run fails for its reason, or signs nothing valid. */
export function testRefusals(variants: readonly Variant[]): void {
  const bench = useBench();

  test.each([...variants])(
    "$what ($signWith)",
    async ({ signWith, edits = [], changes, reason, fault }) => {
      const { services, trust } = bench();
      const edited = edits.reduce(
        (text, [from, to]) => {
          const next = text.replace(from, to.replace("$NAME", `${services.loginServer}/web`));
          expect(next, `an edit that changes nothing: ${from}`).not.toBe(text);
          return next;
        },
        generated({ signWith: signWith ?? "action" }, services),
      );
      const run = await bench().run(edited, changes?.({ ...SECRETS }));
      if (reason) {
        expect(run.ok).toBe(false);
        expect(run.reason, run.log).toMatch(reason);
        return;
      }
      expect(run.reason, run.log).toBeUndefined();
      const faults = await Promise.all(run.pushed.map((image) => faultsOf(image, trust)));
      expect(faults.flat().join("\n")).toMatch(fault as RegExp);
    },
  );
}
