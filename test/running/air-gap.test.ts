import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pushImage } from "../../rehearsal/running/services/push-image";
import { verifyAsStranger } from "../../rehearsal/running/stranger";
import { tools } from "../../rehearsal/tools/tools";
import { verificationFiles } from "../../verification/files";
import { verifyScript } from "../../verification/script";
import { type Bench, useBench } from "./bench";
import { trustOf } from "./generated";
import { listedBench } from "./revocation";

const bench = useBench();

/** The commands that docs/verify.md has: with a network, without one, and for the lists. */
const COMMANDS = (readFileSync("docs/verify.md", "utf8").split("\n## Without a network\n")[1] ?? "")
  .split("\n## ")[0]
  ?.match(/(?:^ {4}.*\n)+/gm) as [string, string, string];
/** Lets Notation ask no OCSP server. */
const WITHOUT_OCSP = "HTTP_PROXY=http://127.0.0.1:1 NO_PROXY=www.microsoft.com ";

/** A folder like that of somebody who has the stack, with Notation, ORAS, and a login of Docker. */
async function laidOut({ services, tools: { notation } }: Bench): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-air-gap-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { loginServer, user, password } = services;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const registry = { name: "contoso", loginServer };
  const files = verificationFiles(trustOf(services, ["web"]), registry);
  for (const [path, text] of Object.entries(files)) write(`verify/${path}`, text);
  chmodSync(join(folder, "verify/verify.sh"), 0o755);
  const auth = Buffer.from(`${user}:${password}`).toString("base64");
  write("home/.docker/config.json", JSON.stringify({ auths: { [loginServer]: { auth } } }));
  const { oras } = await tools(["oras"], { onProgress: console.log });
  mkdirSync(join(folder, "bin"));
  symlinkSync(notation, join(folder, "bin/notation"));
  symlinkSync(oras, join(folder, "bin/oras"));
  return folder;
}

/** A signed image, and what runs commands of the page for it. */
async function signed() {
  const { on, url, disconnect, sign, stop } = await listedBench(bench(), { hasOcsp: true });
  onTestFinished(stop);
  const { services } = on;
  services.backstage.registry.allowPushes(["web"]);
  const image = await pushImage(services, "web", `t${Math.random()}`);
  await sign(image);
  const folder = await laidOut(on);
  const env = {
    PATH: `${folder}/bin:/usr/bin:/bin`,
    HOME: join(folder, "home"),
    // The OCSP server can be reached.
    HTTP_PROXY: url,
  };
  const run = (script: string) => {
    const commands = script
      .replaceAll("contosoimages.azurecr.io", services.loginServer)
      .replaceAll("sha256:DIGEST", image.digest);
    return new Promise<{ ok: boolean; output: string }>((resolve) => {
      execFile("/bin/bash", ["-ec", commands], { env, cwd: folder }, (error, stdout, stderr) =>
        resolve({ ok: !error, output: stdout + stderr }),
      );
    });
  };
  return { run, disconnect };
}

test("a copy is verified without a network, by the commands of the page", async () => {
  const [connected, offline, lists] = COMMANDS;
  const { run, disconnect } = await signed();
  const before = await run(connected);
  expect(before.ok, before.output).toBe(true);
  await disconnect();
  const after = await run(offline);
  expect(after.output).toContain("Successfully verified signature for bundle/image@sha256:");
  expect(after.ok).toBe(true);
  const { output } = await run(lists);
  expect(output.match(/nextUpdate=/g)).toHaveLength(2);

  await run("rm -r bundle/cache");
  const without = await run(offline);
  expect(without.output).toMatch(/"CN=timestamper,.*" revocation status is unknown/);
  expect(without.ok).toBe(false);
});

test("Notation keeps no answer of an OCSP server, so lists must be kept instead", async () => {
  const [connected, offline] = COMMANDS;
  expect(connected).toContain(WITHOUT_OCSP);
  const { run, disconnect } = await signed();
  const before = await run(connected.replace(WITHOUT_OCSP, ""));
  expect(before.ok, before.output).toBe(true);
  await disconnect();
  const after = await run(offline);
  expect(after.output).toMatch(/"CN=Contoso Images,.*" revocation status is unknown/);
  expect(after.ok).toBe(false);
});

test("an image is revoked with its certificate, and not verified without a list", async () => {
  const { on, sign, revoke, disconnect, stop } = await listedBench(bench());
  onTestFinished(stop);
  const { services } = on;
  const { loginServer } = services;
  services.backstage.registry.allowPushes(["web"]);
  const image = await pushImage(services, "web", "revoked");
  const serial = await sign(image);
  const script = verifyScript(trustOf(services, ["web"]), { name: "contoso", loginServer });
  const verified = () =>
    verifyAsStranger(script, [`${loginServer}/web:revoked`], { loginServer, services });
  expect((await verified()).output).toMatch(/^✓ verified/);
  await revoke(serial);
  expect((await verified()).output).toMatch(/^✗ revoked/);
  await disconnect();
  expect((await verified()).output).toMatch(/^✗ not verified.*revocation status is unknown/s);
});
