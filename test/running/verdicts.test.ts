import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pushed } from "../../rehearsal/running/services/images";
import { pushImage } from "../../rehearsal/running/services/push-image";
import { verifyAsStranger } from "../../rehearsal/running/stranger";
import { notationSubject } from "../../trust/distinguished-name";
import type { VerifierTrust } from "../../trust/verification";
import { verifyScript } from "../../verification/script";
import { type Bench, useBench } from "./bench";
import { trustOf } from "./generated";
import { anotherAuthority, copied, copySignatures, type Signature, sign } from "./signer";

const bench = useBench();

async function pushed({ services }: Bench, repository = "web"): Promise<Pushed> {
  services.backstage.registry.allowPushes(["web", "api"]);
  return pushImage(services, repository, `t${Math.random()}`);
}

/** What `verify.sh` says of an image, in an empty home folder. */
function verified(
  { services }: Bench,
  { repository, digest, tags }: Pushed,
  trust: VerifierTrust = trustOf(services, ["web"]),
  by: "tag" | "digest" = "tag",
) {
  const { loginServer } = services;
  const script = verifyScript(trust, { name: "contoso", loginServer });
  const reference = by === "tag" ? `${repository}:${tags[0]}` : `${repository}@${digest}`;
  const local = { ...services, signingRootPem: trust.signingRoot };
  const where = { loginServer, services: local };
  return verifyAsStranger(script, [`${loginServer}/${reference}`], where);
}

describe("an image that is", () => {
  const states: ReadonlyArray<readonly [string, Signature | "none", string]> = [
    ["signed", {}, "verified"],
    ["not signed", "none", "unsigned"],
    [
      "signed by another organization",
      { subject: "C=US, ST=Washington, O=Other" },
      "untrusted identity",
    ],
    ["signed without a timestamp", { timestamp: false }, "not timestamped"],
  ];

  test.each(states)("%s", async (_, how, verdict) => {
    const on = bench();
    const image = await pushed(on);
    if (how !== "none") await sign(on, image, how);
    const { ok, output } = await verified(on, image);
    expect(output.split("\n").slice(0, 2)).toEqual([
      `${verdict === "verified" ? "✓" : "✗"} ${verdict}: ${on.services.loginServer}/web:${image.tags[0]}`,
      `  ${image.digest}`,
    ]);
    expect(ok).toBe(verdict === "verified");
  });

  test("signed by a certificate that has expired since stays verified", async () => {
    const on = bench();
    const [timed, untimed] = [await pushed(on), await pushed(on)];
    await sign(on, timed, { leafSeconds: 2 });
    await sign(on, untimed, { leafSeconds: 2, timestamp: false });
    await setTimeout(2500);
    expect((await verified(on, timed)).output).toMatch(/^✓ verified/);
    expect((await verified(on, untimed)).output).toMatch(/^✗ not timestamped/);
  });

  test("signed until a time that is over is expired", async () => {
    const on = bench();
    const image = await pushed(on);
    await sign(on, image, { expiry: 1 });
    await setTimeout(1500);
    expect((await verified(on, image)).output).toMatch(/^✗ expired/);
  });

  test("changed after its signature was made is altered", async () => {
    const on = bench();
    const [good, other] = [await pushed(on), await pushed(on)];
    await sign(on, good);
    await copySignatures(on, good, other);
    expect((await verified(on, other)).output).toMatch(/^✗ altered/);
  });

  test("another pipeline's has the right identity and the wrong repository", async () => {
    const on = bench();
    const image = await pushed(on, "api");
    await sign(on, image);
    expect((await verified(on, image)).output).toMatch(/^✗ not covered/);
    expect((await verified(on, image, trustOf(on.services, ["web", "api"]))).ok).toBe(true);
  });

  test("another pipeline's, copied with its signature, is verified", async () => {
    const on = bench();
    const image = await pushed(on, "api");
    await sign(on, image);
    await copied(on, image, "web");
    const { ok, output } = await verified(on, { ...image, repository: "web" }, undefined, "digest");
    expect({ ok, output }).toMatchObject({ ok: true });
  });

  test("signed badly and well is verified", async () => {
    const on = bench();
    const image = await pushed(on);
    await sign(on, image, { timestamp: false });
    await sign(on, image);
    expect((await verified(on, image)).ok).toBe(true);
  });

  test("not there, or in another registry, is said", async () => {
    const on = bench();
    const image = await pushed(on);
    const gone = await verified(on, { ...image, tags: ["gone"] });
    expect(gone.output).toMatch(/^✗ not readable: .*:gone\n {2}Error: .*not\s+found/s);
    const { services } = on;
    const script = verifyScript(trustOf(services, ["web"]), {
      name: "contoso",
      loginServer: "localhost:1",
    });
    const where = { loginServer: "nowhere", services };
    const elsewhere = await verifyAsStranger(script, [`${services.loginServer}/web:x`], where);
    expect(elsewhere.output).toMatch(/^✗ not in localhost:1, the registry of this script/);
  });
});

test("a private root accepts its own certificates, and the public root does not", async () => {
  const on = bench();
  const { folder: authority, signingRootPem } = await anotherAuthority(on);
  const image = await pushed(on);
  await sign(on, image, { authority });
  expect((await verified(on, image)).output).toMatch(/^✗ untrusted identity/);
  const trust = { ...trustOf(on.services, ["web"]), signingRoot: signingRootPem };
  expect((await verified(on, image, trust)).output).toMatch(/^✓ verified/);
});

test("Notation accepts any subject, and only that subject", async () => {
  const on = bench();
  const value = fc.string({
    minLength: 1,
    maxLength: 20,
    unit: fc.constantFrom(...'ab ,+"\\<>;#=Åéß漢/'),
  });
  // Certificates have no value that is only spaces. Preview refuses a profile with `=#`.
  const text = value.map((it) => `x${it.replaceAll(/=#+/g, "=")}y`);
  const quoted = (it: string) => `"${it.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(text, text, async (organization, state) => {
      const read = notationSubject(`O=${quoted(organization)}, S=${quoted(state)}, C=US`);
      const subject = "subject" in read ? read.subject : "";
      const image = await pushed(on);
      await sign(on, image, { subject: `${subject}, CN=x` });
      const trust = { ...trustOf(on.services, ["web"]), subject };
      expect((await verified(on, image, trust, "digest")).output).toMatch(/^✓ verified/);
      const other = { ...trust, subject: subject.replace("O=x", "O=z") };
      expect((await verified(on, image, other)).output).toMatch(/^✗ untrusted identity/);
    }),
    { numRuns: 15 },
  );
});
