import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configurationOf } from "../../rehearsal/configuration";
import { derivedWorld } from "../../rehearsal/derived-world";
import { withCommands } from "../support/commands";
import type { Config } from "../support/config";
import { stored } from "../support/meant";

const { config }: { config: Config } = parse(readFileSync("Pulumi.dev.yaml", "utf8"));

const world = derivedWorld(configurationOf(stored(config)));

/** Says what it is called with, and knows one signed image. */
const NOTATION = `#!/bin/bash
echo "$*" >> "$CALLS"
case "$*" in
  list*web:1) echo "contosoimages.azurecr.io/web@sha256:${"a1".repeat(32)}" ;;
  list*) echo "contosoimages.azurecr.io/web@sha256:${"b2".repeat(32)} has no associated signature" ;;
  verify*a1*) ;;
  verify*) echo 'Error: signature verification failed: no signature is associated with "x"'; exit 1 ;;
esac
`;

test("images are verified with what the stack exports, and with no configuration of the user", async () => {
  await withCommands({ config, world }, async ({ folder, up, run }) => {
    expect((await run(["verify", "--stack", "prod", "x"])).stderr).toMatch(
      /--stack prod: the (?:backend|stack) has no/,
    );
    await up();
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "notation"), NOTATION, { mode: 0o755 });
    const calls = join(folder, "calls");
    const env = { PATH: `${bin}:${process.env.PATH}`, CALLS: calls, NOTATION_PASSWORD: "x" };
    const image = (tag: string) => `contosoimages.azurecr.io/web:${tag}`;
    const good = await run(["verify", "--stack", "prod", "--out", "kept", image("1")], env);
    expect([good.code, good.stdout]).toEqual([
      0,
      `✓ verified: ${image("1")}\n  sha256:${"a1".repeat(32)}\n`,
    ]);
    // The tag is resolved once, and then only the digest is used.
    expect(readFileSync(calls, "utf8")).toBe(
      `list ${image("1")}\nverify --verbose contosoimages.azurecr.io/web@sha256:${"a1".repeat(32)}\n`,
    );
    const both = await run(["verify", "--stack", "prod", image("1"), image("2")], env);
    expect(both.code).toBe(1);
    expect(both.stdout).toContain(`✗ unsigned: ${image("2")}\n  sha256:b2`);
    const policy = JSON.parse(readFileSync(join(folder, "kept", "trustpolicy.json"), "utf8"));
    expect(policy.trustPolicies.map(({ name }: { name: string }) => name)).toHaveLength(2);
    expect(readFileSync(join(folder, "kept", "verify.sh"), "utf8")).toContain("verify.sh IMAGE…");
  });
});

test("what is missing is named, with the way out", async () => {
  await withCommands({}, async ({ run }) => {
    const said = await Promise.all(
      [["verify"], ["verify", "--stack", "prod"]].map((args) => run(args)),
    );
    expect(said.map(({ code, stderr }) => [code, stderr.trim()])).toEqual([
      [1, "--stack is missing. Name the stack that signs the images."],
      [1, "There is nothing to verify. Name an image, or give --out."],
    ]);
  });
});
