import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ciFiles } from "../../ci/files";
import { act } from "../../rehearsal/running/act/act";
import { makeRepository } from "../../rehearsal/running/act/repository";
import { tools } from "../../rehearsal/tools/tools";
import type { PinnedAction } from "../../workflow/model";
import { ACTIONS } from "../../workflow/pins";

/*
 * The scripts of the workflows, run by act up to where a cloud is needed: `pulumi` and `npm` only
 * write down how they were called, and actions that log in do nothing.
 */
const folder = mkdtempSync(join(tmpdir(), "countersign-ci-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ciFiles({
  stack: "contoso/prod",
  branch: "main",
  backend: { kind: "cloud", organization: "contoso" },
  gitHub: {
    owner: "contoso",
    repositories: ["web"],
    permissions: { read: { contents: "read" }, write: { contents: "write" } },
  },
  policyPack: "policy",
});

const WRITES_DOWN = `#!/bin/bash
echo "$(basename "$0") $* [GITHUB_TOKEN=$GITHUB_TOKEN]" | sed "s#$RUNNER_TEMP#TEMP#g" >> "$CALLS"
[ "$(basename "$0")" = pulumi ] && echo '{"steps":[]}'
if [ "$FAILS" = "$(basename "$0") $1" ]; then echo refused >&2; exit 255; fi
[ "$1 $2 $3" = "run --silent prove" ] && echo "the proof holds"
exit 0
`;

/** Runs one of the workflows, and returns what was called, and how the jobs ended. */
async function run(
  name: "preview" | "deploy" | "drift",
  event: Readonly<Record<string, unknown>>,
  fails = "",
) {
  const home = mkdtempSync(join(folder, "run-"));
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
    chmodSync(join(home, path), mode);
    return join(home, path);
  };
  const workflow = write(
    `committed/.github/workflows/${name}.yml`,
    FILES[`.github/workflows/countersign-${name}.yml`] as string,
  );
  await makeRepository(join(home, "committed"), join(home, "repository"), "refs/heads/main", []);
  for (const command of ["npm", "pulumi"]) write(`bin/${command}`, WRITES_DOWN, 0o755);
  const nothing = write(
    "action/action.yml",
    'name: stub\nruns:\n  using: composite\n  steps:\n    - run: echo token=of-the-app >> "$GITHUB_OUTPUT"\n      id: it\n      shell: bash\noutputs:\n  token:\n    value: ${{ steps.it.outputs.token }}\n',
  );
  const local = ({ action, sha }: PinnedAction) => `${action}@${sha}=${dirname(nothing)}`;
  const { setupNode, pulumi, pulumiLogin, appToken } = ACTIONS;
  const found = await tools(["act", "node"]);
  const calls = join(home, "calls");
  writeFileSync(calls, "");
  const kind = { preview: "pull_request", deploy: "push", drift: "schedule" }[name];
  const result = await act({
    command: [
      found.act,
      ...[kind, "--directory", join(home, "repository"), "--workflows", workflow],
      ...["--eventpath", write("event.json", JSON.stringify({ ref: "refs/heads/main", ...event }))],
      ...["--secret", "GITHUB_TOKEN=of-the-job", "--platform", "ubuntu-24.04=-self-hosted"],
      ...["--container-daemon-socket", "-", "--action-offline-mode", "--pull=false"],
      ...["--action-cache-path", join(home, "act"), "--no-cache-server", "--no-recurse", "--rm"],
      ...[setupNode, pulumi, pulumiLogin, appToken].flatMap((it) => [
        "--local-repository",
        local(it),
      ]),
    ],
    env: {
      PATH: [join(home, "bin"), dirname(found.node), "/usr/sbin:/usr/bin:/sbin:/bin"].join(":"),
      HOME: home,
      TMPDIR: home,
      CALLS: calls,
      FAILS: fails,
      ACT_DISABLE_VERSION_CHECK: "1",
    },
  });
  return { ...result, calls: readFileSync(calls, "utf8").trim().split("\n") };
}

const pullRequest = (from: string, login = "ada") => ({
  repository: { full_name: "contoso/rehearsal" },
  pull_request: { number: 7, user: { login }, head: { repo: { full_name: from } } },
});

const PREVIEW =
  "pulumi preview --stack contoso/prod --policy-pack policy --non-interactive --json --show-sames [GITHUB_TOKEN=of-the-app]";
const comment = (status: number) =>
  `npm run --silent comment -- --stack contoso/prod --status ${status} --preview TEMP/preview.json --messages TEMP/preview.txt [GITHUB_TOKEN=of-the-job]`;

test("a pull request is previewed, and gets a comment", async () => {
  const { ok, calls, log } = await run("preview", pullRequest("contoso/rehearsal"));
  expect(ok, log.join("\n")).toBe(true);
  expect(calls.slice(1)).toEqual([PREVIEW, comment(0)]);
});

test("a refused preview leaves a comment, and then fails", async () => {
  const { ok, calls } = await run("preview", pullRequest("contoso/rehearsal"), "pulumi preview");
  expect(ok).toBe(false);
  expect(calls.slice(1)).toEqual([PREVIEW, comment(255)]);
});

test.each([
  ["a fork", pullRequest("eve/rehearsal")],
  ["Dependabot", pullRequest("contoso/rehearsal", "dependabot[bot]")],
])("a pull request of %s gets the rehearsal, without a login", async (_, event) => {
  const { ok, calls } = await run("preview", event);
  expect(ok).toBe(true);
  expect(calls.map((it) => it.replace(/ \[.*/, ""))).toEqual([
    "npm ci",
    "npm run --silent rehearse -- --config Pulumi.prod.yaml",
  ]);
});

test("a push deploys, and then proves who can log in", async () => {
  const { ok, calls, summary } = await run("deploy", {});
  expect(ok).toBe(true);
  expect(calls.slice(1)).toEqual([
    "pulumi up --stack contoso/prod --policy-pack policy --yes --non-interactive [GITHUB_TOKEN=of-the-app]",
    "npm run --silent prove -- --stack contoso/prod [GITHUB_TOKEN=of-the-app]",
  ]);
  expect(summary).toContain("the proof holds");
});

test("a proof that does not hold fails the deployment", async () => {
  const { ok, calls } = await run("deploy", {}, "npm run");
  expect(ok).toBe(false);
  expect(calls).toHaveLength(3);
});

test("every day, the stack is compared with the clouds", async () => {
  const { ok, calls } = await run("drift", {});
  expect(ok).toBe(true);
  expect(calls.slice(1)).toEqual([
    "npm run --silent drift -- --stack contoso/prod [GITHUB_TOKEN=of-the-app]",
  ]);
});
