import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { childrenOf, faultsOf } from "../../rehearsal/running/judge";
import { manifestOf, type Pushed, signaturesOf } from "../../rehearsal/running/services/images";
import { pushImage } from "../../rehearsal/running/services/push-image";
import { type Bench, useBench } from "./bench";
import { generated, type Wanted } from "./generated";

const bench = useBench();

/** A workflow that signs what it is given, and knows which signatures are valid. */
function signOnly({ services }: Bench, sign: Wanted["sign"] = {}): string {
  return generated({ images: 2, sign, plan: { build: false } }, services);
}

async function pushed({ services }: Bench, repository = "web"): Promise<Pushed> {
  services.backstage.registry.allowPushes(["web", "team/worker"]);
  return pushImage(services, repository, `t${Math.random()}`);
}

const referenceOf = ({ services }: Bench, { repository, digest }: Pushed) =>
  `${services.loginServer}/${repository}@${digest}`;

async function signatures({ services }: Bench, { repository, digest }: Pushed): Promise<number> {
  return (await signaturesOf(services, repository, digest)).length;
}

describe("a workflow that signs digests", () => {
  test("signs each one, and keeps a valid signature unless a new one is wanted", async () => {
    const on = bench();
    const [web, worker] = [await pushed(on), await pushed(on, "team/worker")];
    const workflow = signOnly(on);
    const first = await on.run(workflow, { inputs: { references: referenceOf(on, web) } });
    expect(first.reason, first.log).toBeUndefined();
    expect(await faultsOf(web, on.trust)).toEqual([]);
    expect(first.summary).toContain(referenceOf(on, web));

    const references = JSON.stringify([web, worker].map((it) => referenceOf(on, it)));
    const second = await on.run(workflow, { inputs: { references } });
    expect(second.reason, second.log).toBeUndefined();
    expect(second.log).toContain(`${referenceOf(on, web)} keeps its signature.`);
    expect(second.summary).toContain(`| Was signed before | \`${referenceOf(on, web)}\` |`);
    expect(second.summary).toContain(`| Signed | \`${referenceOf(on, worker)}\` |`);
    expect(await Promise.all([web, worker].map((it) => signatures(on, it)))).toEqual([1, 1]);
    expect(await faultsOf(worker, on.trust)).toEqual([]);

    const again = await on.run(workflow, { inputs: { references, again: "true" } });
    expect(again.reason, again.log).toBeUndefined();
    expect(await Promise.all([web, worker].map((it) => signatures(on, it)))).toEqual([2, 2]);
  });

  test.each([
    ["a tag", (it: string) => it.replace(/@.*/, ":latest"), /has no digest\. A tag can move/],
    [
      "another image",
      (it: string) => it.replace("/web@", "/other@"),
      /Its images: web team\/worker/,
    ],
    ["another registry", (it: string) => it.replace(/^[^/]+/, "ghcr.io"), /is not in localhost/],
  ])("refuses %s, and signs nothing", async (_, wrong, message) => {
    const on = bench();
    const web = await pushed(on);
    const reference = referenceOf(on, web);
    const inputs = { references: `${reference}\n${wrong(reference)}` };
    const run = await on.run(signOnly(on), { inputs });
    expect(run.reason).toMatch(/^step "Read the references"/);
    expect(run.log).toMatch(message);
    expect(await signatures(on, web)).toBe(0);
  });

  test("gives a calling workflow what it signed", async () => {
    const on = bench();
    const reference = referenceOf(on, await pushed(on));
    const caller = `
name: Release
on: { push: { branches: [main] } }
permissions: {}
jobs:
  sign:
    permissions: { id-token: write }
    uses: ./.github/workflows/sign-image.yml
    with: { references: "${reference}" }
    secrets: inherit
  deploy:
    needs: [sign]
    runs-on: ubuntu-24.04
    steps:
      - name: Deploy
        env: { SIGNED: "\${{ fromJSON(needs.sign.outputs.signed)[0] }}" }
        run: echo "deploys $SIGNED"
`;
    const start = ".github/workflows/release.yml";
    const run = await on.run(signOnly(on), { files: { [start]: caller }, start });
    expect(run.reason, run.log).toBeUndefined();
    expect(run.log).toContain(`deploys ${reference}`);
  });

  test("signs the manifests of platforms and what refers to the image, if told to", async () => {
    const on = bench();
    const { services } = on;
    const web = await pushed(on);
    const sbom = await attach(on, web);
    const workflow = signOnly(on, { platforms: true, referrers: true });
    const run = await on.run(workflow, { inputs: { references: referenceOf(on, web) } });
    expect(run.reason, run.log).toBeUndefined();
    const children = await childrenOf(web, services);
    expect(children).toHaveLength(1);
    for (const digest of [...children, sbom]) {
      expect((await signaturesOf(services, "web", digest)).length, digest).toBe(1);
    }
  });
});

/** Attaches something to an image, and returns its digest. */
async function attach({ services }: Bench, to: Pushed): Promise<string> {
  const { loginServer, user, password } = services;
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const { mediaType } = to;
  const subject = { mediaType, digest: to.digest, size: await sizeOf() };
  const empty = { mediaType: "application/vnd.oci.empty.v1+json", digest: EMPTY, size: 2 };
  const headers = { Authorization: `Basic ${basic}` };
  const base = `http://${loginServer}/v2/${to.repository}`;
  await fetch(`${base}/blobs/uploads/?digest=${EMPTY}`, { method: "POST", headers, body: "{}" });
  const type = "application/vnd.oci.image.manifest.v1+json";
  const manifest = { schemaVersion: 2, mediaType: type, artifactType: "application/spdx+json" };
  const body = JSON.stringify({ ...manifest, config: empty, layers: [empty], subject });
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  const answer = await fetch(`${base}/manifests/${digest}`, {
    method: "PUT",
    headers: { ...headers, "Content-Type": type },
    body,
  });
  expect(answer.status).toBe(201);
  return digest;

  async function sizeOf(): Promise<number> {
    return JSON.stringify(await manifestOf(services, to.repository, to.digest)).length;
  }
}

const EMPTY = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
