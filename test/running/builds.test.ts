import { expect, test } from "vitest";
import type { RunResult } from "../../rehearsal/running/act/run";
import { childrenOf, faultsOf } from "../../rehearsal/running/judge";
import { type Manifest, manifestOf } from "../../rehearsal/running/services/images";
import { inspectImage } from "../../rehearsal/running/verify";
import { type Bench, SECRETS, useBench } from "./bench";
import { generated } from "./generated";

const bench = useBench();
const VALUE = "s3cr3t-value-of-npm";
const image = { context: ".", dockerfile: "Dockerfile", platforms: [] };

const names = ({ pushed }: RunResult) => pushed.map(({ repository }) => repository).sort();

/** Everything that the registry has of an image, as text. */
async function contents(on: Bench, { pushed }: RunResult): Promise<string> {
  const { loginServer, user, password } = on.services;
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const [web] = pushed;
  if (!web) throw new Error("nothing was pushed");
  const texts = (await childrenOf(web, on.services)).map(async (digest) => {
    const manifest = await manifestOf(on.services, web.repository, digest);
    const { config, layers = [] } = manifest as Manifest & { config: { digest: string } };
    const blobs = [config, ...(layers as unknown as { digest: string }[])].map(async (it) => {
      const url = `http://${loginServer}/v2/${web.repository}/blobs/${it.digest}`;
      return (await fetch(url, { headers: { Authorization: `Basic ${basic}` } })).text();
    });
    return [JSON.stringify(manifest), ...(await Promise.all(blobs))].join("\n");
  });
  return (await Promise.all(texts)).join("\n");
}

test("a build has its arguments, its target, its labels, and its tags, and no secret", async () => {
  const on = bench();
  const options = {
    args: { VERSION: "1.2 = x" },
    target: "release",
    secrets: { npm: "NPM_TOKEN" },
    cache: "gha",
    labels: { "org.opencontainers.image.title": "The web" },
  } as const;
  const source = { submodules: "", lfs: "", imageTags: "type=sha\ntype=raw,value=latest" };
  const plan = { images: [{ ...image, ...options, name: "web" }], source };
  const secrets = { ...SECRETS, NPM_TOKEN: VALUE };
  const run = await on.run(generated({ plan }, on.services), { secrets });
  expect(run.reason, run.log).toBeUndefined();
  const [web] = run.pushed;
  if (!web) throw new Error("nothing was pushed");
  expect(await faultsOf(web, on.trust)).toEqual([]);
  expect(web.tags).toContain("latest");
  expect(web.tags.find((tag) => tag.startsWith("sha-"))).toHaveLength("sha-".length + 7);
  const text = await contents(on, run);
  for (const part of [
    "VERSION=1.2 = x",
    "target release",
    '"org.opencontainers.image.title":"The web"',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain(VALUE);
  expect(run.log).not.toContain(VALUE);
});

test("a secret that GitHub does not have is noticed before the build", async () => {
  const on = bench();
  const plan = { images: [{ ...image, name: "web", secrets: { npm: "NPM_TOKEN" } }] };
  const run = await on.run(generated({ plan }, on.services));
  expect(run.reason).toMatch(
    /^step "Build and push": .*secret npm=BUILD_SECRET_NPM_TOKEN: not found/,
  );
});

test("a failed build of a matrix that a run selects says its image and its reason", async () => {
  const on = bench();
  const images = MONOREPO.images.map((it) => ({ ...it, secrets: { npm: "NPM_TOKEN" } }));
  const run = await on.run(generated({ plan: { ...MONOREPO, images } }, on.services));
  expect(run.reason).toMatch(
    /^(web|team\/worker): step "Build and push": secret npm=\w+: not found$/,
  );
  const built = run.steps.filter(({ name }) => name === "Build and push");
  expect(built.map(({ image: of }) => of).sort()).toEqual(["team/worker", "web"]);
  for (const { said } of built) expect(said.join()).toContain("not found");
});

test("the signature has the commit, the repository, and the run", async () => {
  const on = bench();
  const run = await on.run(generated({}, on.services));
  expect(run.reason, run.log).toBeUndefined();
  const [web] = run.pushed;
  const named = `${web?.repository}@${web?.digest}`;
  const { Signatures = [] } = await inspectImage({ ...on.trust, image: named });
  const [signature] = Signatures as unknown as Array<{ userDefinedAttributes: object }>;
  expect(signature?.userDefinedAttributes).toEqual({
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    repository: "contoso/rehearsal",
    run: "https://github.com/contoso/rehearsal/actions/runs/1",
  });
});

const MONOREPO = {
  tags: ["web@*", "worker@*"],
  images: [
    { ...image, name: "web", paths: ["apps/web/**"], tags: ["web@*"] },
    { ...image, name: "team/worker", paths: ["apps/worker/**"], tags: ["worker@*"] },
  ],
};

test.each([
  ["changes one image", { changed: ["apps/web/a.txt"] }, ["web"]],
  ["changes both images", { changed: ["apps/web/a", "apps/worker/a"] }, ["team/worker", "web"]],
  ["changes neither", { changed: ["docs/a"] }, []],
  ["is a new branch", {}, ["team/worker", "web"]],
  ["is the tag of one image", { ref: "refs/tags/worker@1.2.3" }, ["team/worker"]],
])("a push that %s", async (_, changes, expected) => {
  const on = bench();
  const run = await on.run(generated({ plan: MONOREPO }, on.services), changes);
  expect(run.reason, run.log).toBeUndefined();
  expect(names(run)).toEqual(expected);
  // Its rows run one after the other, so that the parts do not exceed the whole.
  expect(run.steps.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(run.seconds);
  for (const each of run.pushed) expect(await faultsOf(each, on.trust)).toEqual([]);
});
