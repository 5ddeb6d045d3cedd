import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Pushed } from "../../rehearsal/running/services/images";
import { pushImage } from "../../rehearsal/running/services/push-image";
import type { VerifierTrust } from "../../trust/verification";
import { type Bench, type Changes, SECRETS, useBench } from "./bench";
import { trustOf, verifying } from "./generated";
import { anotherAuthority, copySignatures, sign } from "./signer";

const bench = useBench();

/** The same IDs, as the verifier's variables. */
const variables = Object.fromEntries(
  Object.entries(SECRETS).map(([key, value]) => [`${key}_WEB_VERIFIER`, value]),
);
/** What a verifier may do: it can neither push nor sign. */
const grants = { push: [], pull: ["web", "team/worker"], sign: undefined };

async function pushed({ services }: Bench, tag: string, repository = "web"): Promise<Pushed> {
  services.backstage.registry.allowPushes(["web", "team/worker"]);
  return pushImage(services, repository, `${tag}-${Date.now()}`);
}

function run(on: Bench, inputs: Changes["inputs"], more: Changes & { trust?: VerifierTrust } = {}) {
  const { trust = trustOf(on.services, ["web", "team/worker"]), ...changes } = more;
  const local = { ...on.services, signingRootPem: trust.signingRoot };
  const workflow = verifying(local, trust);
  return on.run(workflow, { secrets: {}, variables, grants, inputs, ...changes });
}

const named = ({ services }: Bench, { repository, tags }: Pushed) =>
  `${services.loginServer}/${repository}:${tags[0]}`;

test.each(["the root of all customers", "a private root"])(
  "says of each image what is wrong with it, under %s",
  async (kind) => {
    const on = bench();
    const another = await anotherAuthority(on);
    const isPrivate = kind === "a private root";
    const signed = async (tag: string, how: Parameters<typeof sign>[2]) => {
      const image = await pushed(on, tag);
      await sign(on, image, { ...(isPrivate && { authority: another.folder }), ...how });
      return image;
    };
    const stranger = await pushed(on, "root");
    await sign(on, stranger, isPrivate ? {} : { authority: another.folder });
    const good = await signed("good", {});
    const altered = await pushed(on, "altered");
    await copySignatures(on, good, altered);
    const rows = [
      [good, "verified"],
      [await pushed(on, "unsigned"), "unsigned"],
      [await signed("identity", { subject: "C=US, ST=Washington, O=Other" }), "untrusted identity"],

      [stranger, "untrusted identity"],
      [altered, "altered"],
      [await signed("untimed", { timestamp: false }), "not timestamped"],
      [await signed("expired", { expiry: 1 }), "expired"],
    ] as const;
    await setTimeout(1500);
    const trust = {
      ...trustOf(on.services, ["web", "team/worker"]),
      ...(isPrivate && { signingRoot: another.signingRootPem }),
    };
    const references = rows.map(([image]) => named(on, image)).join("\n");
    const result = await run(on, { references, newest: "false" }, { trust });
    expect(result.reason).toMatch(/^step "Verify"/);
    for (const [image, verdict] of rows) {
      expect(result.summary).toContain(
        `| \`${named(on, image)}\` | ${verdict} | \`${image.digest}\` |`,
      );
    }
  },
);

test("gives a caller the digest that a tag resolved to", async () => {
  const on = bench();
  const image = await pushed(on, "good");
  await sign(on, image);
  const caller = `
name: Deploy
on: { push: { branches: [main] } }
permissions: {}
jobs:
  verify:
    permissions: { id-token: write }
    uses: ./.github/workflows/sign-image.yml
    with: { references: "${named(on, image)}" }
  deploy:
    needs: [verify]
    runs-on: ubuntu-24.04
    steps:
      - name: Deploy
        env: { IMAGE: "\${{ fromJSON(needs.verify.outputs.verified)[0] }}" }
        run: echo "deploys $IMAGE"
`;
  const start = ".github/workflows/deploy.yml";
  const result = await run(on, undefined, { files: { [start]: caller }, start });
  expect(result.reason, result.log).toBeUndefined();
  expect(result.log).toContain(`deploys ${on.services.loginServer}/web@${image.digest}`);
});

test.each([
  ["on a schedule", { scheduled: true }],
  ["by hand", { inputs: { newest: "true" } }],
])("verifies the newest tags of each image, %s", async (_, start) => {
  const on = bench();
  const image = await pushed(on, "newest", "team/worker");
  await sign(on, image);
  const result = await run(on, undefined, start);
  expect(result.log).toContain(`${named(on, image)} is verified`);
  expect(result.summary).toMatch(/web:good-\d+/);
});

test.each([
  ["nothing", () => "", /There is nothing to verify/],
  ["another image", (on: Bench) => `${on.services.loginServer}/other:1`, /Its images: web team/],
  ["no tag", (on: Bench) => `${on.services.loginServer}/web`, /has no valid tag or digest/],
])("refuses %s", async (_, references, message) => {
  const on = bench();
  const result = await run(on, { references: references(on), newest: "false" });
  expect(result.reason).toMatch(/^step "Read the references"/);
  expect(result.log).toMatch(message);
});

test("does not verify without the right to pull", async () => {
  const on = bench();
  const image = await pushed(on, "good");
  const result = await run(
    on,
    { references: named(on, image), newest: "false" },
    { grants: { ...grants, exchange: "AADSTS700213: no federated credential has this subject" } },
  );
  expect(result.reason).toMatch(/AADSTS700213/);
});
