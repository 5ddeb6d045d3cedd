import { expect, test } from "vitest";
import { faultsOf } from "../../rehearsal/running/judge";
import { SECRETS, useBench } from "./bench";
import { generated } from "./generated";
import { ACCESS_VARIANTS } from "./variants-access";
import { SIGNING_VARIANTS } from "./variants-signing";

const bench = useBench();

test.each([...ACCESS_VARIANTS, ...SIGNING_VARIANTS])(
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
