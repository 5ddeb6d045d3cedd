import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { ProveReport } from "../../commands/prove/main";
import { configurationOf } from "../../rehearsal/configuration";
import { worldText } from "../../rehearsal/derived/text";
import { derivedWorld } from "../../rehearsal/derived-world";
import { prove } from "../../rehearsal/proof/prove";
import { withCommands } from "../support/commands";
import type { Config } from "../support/config";
import { meant, stored } from "../support/meant";

const { config }: { config: Config } = parse(readFileSync("Pulumi.dev.yaml", "utf8"));
const world = derivedWorld(configurationOf(stored(config)));
const NOWHERE = { PULUMI_BACKEND_URL: "file:///nowhere" };

test("the example stack is proven from its state, and a state with a fault is not", async () => {
  await withCommands({ config, world }, async ({ folder, clouds, up, run, pulumi }) => {
    await up();
    writeFileSync(join(folder, "world.yaml"), worldText(world));
    const proven = await run(["prove", "--stack", "prod"]);
    expect([proven.code, proven.stderr]).toEqual([0, ""]);
    await expect(proven.stdout).toMatchFileSnapshot("../golden/prove.txt");
    expect(proven.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);

    // An account of the backend is not needed for files.
    const exported = await pulumi("stack", "export", "--show-secrets", "--stack", "prod");
    const widened = exported.stdout.replaceAll(":environment:release", ":pull_request");
    writeFileSync(join(folder, "state.json"), exported.stdout);
    writeFileSync(join(folder, "widened.json"), widened);
    const files = ["prove", "--stack", "prod", "--world", "world.yaml", "--json", "--state"];
    const [whole, faulty] = await Promise.all(
      ["state.json", "widened.json"].map((file) => run([...files, file], NOWHERE)),
    );
    const report: ProveReport = JSON.parse(whole?.stdout ?? "");
    expect([whole?.code, report]).toEqual([
      0,
      {
        version: 1,
        stack: "prod",
        holds: true,
        reasons: [],
        trusts: {
          web: ["repo:contoso@5544123/web@821093847:ref:refs/heads/main"],
          payments: ["repo:contoso@5544123/payments@821093848:environment:release"],
        },
        proof: prove(clouds, meant(config, world)),
        accepts: [
          expect.objectContaining({ pipeline: "web", makers: ["web"] }),
          expect.objectContaining({ pipeline: "payments", makers: ["payments"] }),
        ],
      },
    ]);
    const { holds, reasons }: ProveReport = JSON.parse(faulty?.stdout ?? "");
    expect([faulty?.code, holds, reasons]).toEqual([
      1,
      false,
      expect.arrayContaining([
        "payments, a pull request: logs in with federated credential environment-release-immutable",
      ]),
    ]);
  });
});

test("what is missing is named, with the way out", async () => {
  await withCommands({}, async ({ run }) => {
    const asked = [
      ["prove"],
      ["prove", "--stack", "prod", "--world", "none.yaml"],
      ["prove", "--stack", "prod"],
    ];
    const nowhere = run(["prove", "--stack", "prod"], NOWHERE);
    const said = await Promise.all([...asked.map((args) => run(args)), nowhere]);
    expect(said.map(({ code, stderr }) => [code, stderr.trim()])).toEqual([
      [1, "--stack is missing. Name the stack to prove."],
      [1, "--world none.yaml cannot be used: there is no such file."],
      [1, "--stack prod: the backend has no stack of this name."],
      [
        1,
        "--stack prod cannot be read: unable to open bucket file:///nowhere?no_tmp_dir=true: stat /nowhere: no such file or directory. Log in to the backend with `pulumi login`.",
      ],
    ]);
  });
});
