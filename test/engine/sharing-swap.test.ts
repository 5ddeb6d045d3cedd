import { expect, test } from "vitest";
import { block } from "../support/block";
import { onEngine, reasonOf, world } from "../support/engine";
import { stackOf, violations } from "../support/identities";

const repositories = ["web", "api", "job"].map((name, index) => ({ name, id: 7 + index }));
const there = world({ repositories });

test("two pipelines that change places between shares are refused, one after the other not", async () => {
  const shares = (web: string, api: string) =>
    stackOf({
      web: { identity: { share: web } },
      api: { identity: { share: api } },
      job: { identity: { share: "red" } },
    });
  const [first, swapped] = [shares("red", "blue"), shares("blue", "red")];
  await onEngine({ config: first, world: there }, async ({ run, configure, clouds }) => {
    await run("up", "up");
    await configure(swapped);
    expect(await reasonOf(run("preview", "preview"))).toContain(
      block(
        "countersign:pipelines.web.identity.share",
        '"red"',
        "pipelines that do not change places between shares in one run",
        "move one of them in a run of its own",
      ),
    );
    await configure(shares("blue", "blue"));
    await run("up", "one");
    await configure(swapped);
    await run("up", "the other");
    expect(violations(clouds, swapped, there)).toEqual([]);
  });
});
