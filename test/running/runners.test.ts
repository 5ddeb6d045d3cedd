import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultsOf } from "../../rehearsal/running/judge";
import { useBench } from "./bench";
import { generated } from "./generated";

const bench = useBench();
const PLUGIN = "notation/plugins/azure-artifactsigning/notation-azure-artifactsigning";

/** What a job leaves in the home folder of a self-hosted runner. None of it can be used. */
function leftBehind(home: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text, { mode: 0o755 });
  };
  write(`.config/${PLUGIN}`, "#!/bin/sh\necho an older version\nexit 1\n");
  write(".docker/config.json", '{"auths":{"localhost":{"auth":"b2xk"}},"credsStore":"gone"}');
  write(".azure/azureProfile.json", "0");
}

describe("a self-hosted runner", () => {
  test.each(["action", "cli"] as const)("with what an earlier job left (%s)", async (signWith) => {
    const runner = ["self-hosted", "linux", "x64"];
    const text = generated({ signWith, runner, images: 2 }, bench().services);
    const result = await bench().run(text, { leftBehind });
    expect(result.reason, result.log).toBeUndefined();
    expect(result.pushed).toHaveLength(2);
    for (const image of result.pushed) expect(await faultsOf(image, bench().trust)).toEqual([]);
  });

  test("would fail without folders of the job's own", async () => {
    const text = generated({ signWith: "cli" }, bench().services);
    const shared = text.replace('            echo "XDG_CONFIG_HOME=$folder/config"\n', "");
    expect(shared).not.toBe(text);
    const result = await bench().run(shared, { leftBehind });
    expect(result.reason, result.log).toMatch(/Install Notation/);
  });
});

test("a fork starts a run without a job", async () => {
  const result = await bench().run(generated({}, bench().services), { repositoryId: 1 });
  expect(result).toMatchObject({ ok: true, steps: [], pushed: [] });
});

test("the steps of a matrix say which image they are of", async () => {
  const { steps } = await bench().run(generated({ images: 2 }, bench().services));
  const built = steps.filter(({ name }) => name === "Build and push");
  expect(built.map(({ image }) => image)).toEqual(["web", "team/worker"]);
  // Only the second image is for another platform.
  const emulated = steps.filter(({ name }) => name === "Set up emulation of other platforms");
  expect(emulated.map(({ image, ok }) => [image, ok])).toEqual([["team/worker", true]]);
});

test.each([
  ["ubuntu-24.04-arm", "linux/amd64"],
  ["ubuntu-24.04", "linux/arm64"],
])("%s builds its own platform without an emulator, and %s with one", async (runner, other) => {
  const native = other === "linux/amd64" ? "linux/arm64" : "linux/amd64";
  const [only] = [{ name: "web", context: ".", dockerfile: "Dockerfile" }];
  const textFor = (platforms: string[]) =>
    generated({ runner, plan: { images: [{ ...only, platforms }] } }, bench().services);
  for (const platforms of [[native], [], [other]]) {
    const result = await bench().run(textFor(platforms));
    expect(result.reason, result.log).toBeUndefined();
    const emulated = result.steps.filter(({ name }) => name.startsWith("Set up emulation"));
    expect(emulated).toHaveLength(platforms[0] === other ? 1 : 0);
  }
});

test("an image for another platform needs an emulator", async () => {
  const text = generated({ images: 2 }, bench().services);
  const without = text.replace(/ {6}- name: Set up emulation.*\n(?: {8}.*\n)*/, "");
  expect(without).not.toBe(text);
  const result = await bench().run(without);
  expect(result.reason).toMatch(/Build and push.*no emulator is installed/);
});
