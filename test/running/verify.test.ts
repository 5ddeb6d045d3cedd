import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { type Pushed, signaturesOf } from "../../rehearsal/running/services/images";
import { verifyImage } from "../../rehearsal/running/verify";
import { useBench } from "./bench";
import { copyImage } from "./copy";
import { generated } from "./generated";

const bench = useBench();
let image: Pushed;

beforeAll(async () => {
  if (!bench()) return;
  image = (await bench().run(generated({}, bench().services))).pushed[0] as Pushed;
});

function verify(changes: Partial<Parameters<typeof verifyImage>[0]> = {}) {
  return verifyImage({
    ...bench().trust,
    image: `${image.repository}@${image.digest}`,
    ...changes,
  });
}

describe("a signature is good", () => {
  test("by digest and by tag", async () => {
    expect(await verify()).toMatchObject({ ok: true });
    expect(await verify({ image: `${image.repository}:${image.tags[0]}` })).toMatchObject({
      ok: true,
    });
  });

  test("for the part of the subject that a policy names", async () => {
    const subject = "C=US, ST=Washington, O=Contoso\\, Inc.";
    expect(await verify({ subject })).toMatchObject({ ok: true });
  });

  test("after its certificate expired, by its timestamp", async () => {
    const leafSeconds = 8;
    const signed = Date.now();
    const run = await bench().run(generated({ signWith: "cli" }, bench().services), {
      leafSeconds,
    });
    const { repository, digest } = run.pushed[0] as Pushed;
    const of = { image: `${repository}@${digest}` };
    expect(await verify(of), "while the certificate is valid").toMatchObject({ ok: true });
    // The one wait of these tests: for a certificate that was issued before the run ended.
    await setTimeout(Math.max(0, signed + run.seconds * 1000 + leafSeconds * 1000 - Date.now()));
    expect(await verify(of)).toMatchObject({ ok: true });
  });
});

describe("a signature is refused", () => {
  test("for another identity", async () => {
    const verdict = await verify({ subject: "C=US, ST=Washington, O=Fabrikam" });
    expect(verdict.output).toMatch(/does not match the X\.509 trusted identities/);
    expect(verdict.ok).toBe(false);
  });

  test("below another signing root", async () => {
    const verdict = await verify({ caRootPem: bench().services.timestampRootPem });
    expect(verdict.output).toMatch(/chain does not contain any trusted certificate/);
    expect(verdict.ok).toBe(false);
  });

  test("below another timestamp root", async () => {
    const verdict = await verify({ tsaRootPem: bench().services.signingRootPem });
    expect(verdict.output).toMatch(/timestamp countersignature.*unknown authority/);
    expect(verdict.ok).toBe(false);
  });

  test("of an image that was altered under the same tag", async () => {
    const { services } = bench();
    const [tag = ""] = image.tags;
    const altered = await copyImage(
      services,
      image,
      { repository: image.repository, tag },
      (it) => ({
        ...it,
        annotations: { altered: "yes" },
      }),
    );
    expect(altered.digest).not.toBe(image.digest);
    const verdict = await verify({ image: `${image.repository}:${tag}` });
    expect(verdict.output).toMatch(/no signature is associated with/);
    expect(verdict.ok).toBe(false);
  });

  test("of a tag that was copied to another repository", async () => {
    const { services } = bench();
    const to = { repository: "team/worker", tag: "copied" };
    const copied = await copyImage(services, image, to);
    expect(copied.digest).toBe(image.digest);
    expect(await signaturesOf(services, to.repository, copied.digest)).toEqual([]);
    const verdict = await verify({ image: `${to.repository}:${to.tag}` });
    expect(verdict.output).toMatch(/no signature is associated with/);
    expect(verdict.ok).toBe(false);
  });
});
