import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { config, onEngine, reasonOf } from "../../support/engine";

/** How long calls take that a program makes at once through one provider. */
async function timeOf(calls: number, provider?: github.Provider): Promise<number> {
  const started = performance.now();
  const endpoints = Array.from({ length: calls }, (_, it) => `repos/Contoso/web/branches/b${it}`);
  await Promise.all(
    endpoints.map((endpoint) => github.getRestApi({ endpoint }, provider && { provider })),
  );
  return performance.now() - started;
}

test("a provider with parallelRequests reads all at once, the default one does not", async () => {
  const ratios: number[] = [];
  const program = async () => {
    const args = { owner: "Contoso", parallelRequests: true };
    const provider = new github.Provider("github-reads", args);
    const parallel = await timeOf(20, provider);
    ratios.push((await timeOf(20)) / parallel);
  };
  await onEngine({ program }, async ({ run, clouds }) => {
    clouds.traffic.readDelayMs = 100;
    await run("preview", "preview");
    await run("up", "up");
    const { reads } = clouds.traffic;
    expect([reads.length, new Set(reads).size]).toEqual([80, 20]);
    expect(reads).toContain("repos/Contoso/web/branches/b19");
    await run("destroy", "destroy");
  });
  // An idle machine comes near 20; a busy one must not fail here.
  expect(ratios.filter((ratio) => ratio > 4)).toHaveLength(2);
});

test.each([
  [{ legacyClient: false }, true],
  [{ parallelRequests: false }, false],
  [{ parallelRequests: true, legacyClient: true }, true],
])("whether a provider with %j reads all at once: %s", async (args, isParallel) => {
  const times: number[] = [];
  const program = async () => {
    times.push(await timeOf(5, new github.Provider("reads", { owner: "Contoso", ...args })));
  };
  await onEngine({ program }, async ({ run, clouds }) => {
    clouds.traffic.readDelayMs = 200;
    await run("preview", "preview");
  });
  expect(times.map((it) => it < 900)).toEqual([isParallel]);
});

test("a changed configuration updates the provider in place", async () => {
  const args: github.ProviderArgs = { owner: "Contoso", parallelRequests: true };
  const program = async () => {
    new github.Provider("github-reads", { ...args });
  };
  await onEngine({ program }, async ({ run }) => {
    // The stack itself is a resource too.
    expect(await run("up", "up")).toMatchObject({ created: 2 });
    args.owner = "contoso";
    const changed = { created: 0, updated: 1, replaced: 0 };
    expect(await run("preview", "preview")).toMatchObject(changed);
    expect(await run("up", "changed")).toMatchObject(changed);
    expect(await run("up", "again")).toMatchObject({ updated: 0, unchanged: 2 });
  });
});

class Provider extends pulumi.ProviderResource {}

test("a key that the provider does not have is refused", async () => {
  const explicit = async () => {
    new Provider("github", "reads", { owner: "Contoso", parallelReads: "true" });
  };
  const standard = async () => {
    await github.getRestApi({ endpoint: "repos/Contoso/web" });
  };
  const misspelled = config({ "github:parallelReads": "true" });
  const refused = (settings: Parameters<typeof onEngine>[0]) =>
    onEngine(settings, ({ run }) => reasonOf(run("preview", "preview")));
  expect(await refused({ program: explicit })).toContain(
    "could not validate provider configuration: Invalid or unknown key. Examine values at 'reads.parallelReads'.",
  );
  expect(await refused({ program: standard, config: misspelled })).toContain(
    "`github:parallelReads` is not a valid configuration key for the github provider. If the referenced key is not intended for the provider, please choose a different namespace from `github:`.",
  );
});
