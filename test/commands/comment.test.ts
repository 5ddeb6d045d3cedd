import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { withCommands } from "../support/commands";
import { config } from "../support/config";
import type { CloudHandler } from "../support/http-clouds";

/** The comments of a pull request, of which the first hundred are those of others, with the marker. */
function pullRequest(): { readonly comments: string[]; readonly github: CloudHandler } {
  const marker = '<!-- countersign preview "prod" -->';
  const comments = Array.from({ length: 100 }, (_, index) => `${marker} of somebody ${index}`);
  const said = (id: number, body: string) => {
    return { id, body, user: { login: id < 100 ? "mallory" : "github-actions[bot]" } };
  };
  const github: CloudHandler = ({ method, path, query, body, token }) => {
    const [, id] = /^repos\/contoso\/platform\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const isList = path === "repos/contoso/platform/issues/7/comments";
    if (!id && !isList) return undefined;
    if (token !== "of-the-job") return { status: 403, body: { message: "not yours" } };
    if (method === "GET") {
      const start = (Number(query.get("page")) - 1) * 100;
      const page = comments.slice(start, start + 100);
      return { status: 200, body: page.map((it, index) => said(start + index, it)) };
    }
    if (id) comments[Number(id)] = String(body.body);
    else comments.push(String(body.body));
    return { status: 200, body: {} };
  };
  return { comments, github };
}

const ISSUER = "`https://token.actions.githubusercontent.com`";
const row = (change: string, context: string, right: string) =>
  `| **${change}** | \`repo:Contoso@5/web@7:${context}\` | \`${right}\` | \`countersign-prod-web\` | ${ISSUER} |`;

test("one comment, which the next preview replaces, also if it is refused or never ran", async () => {
  const { comments, github } = pullRequest();
  await withCommands({ github }, async ({ run, pulumi, up, folder }) => {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const actions = {
      GITHUB_REPOSITORY: "contoso/platform",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_RUN_ID: "5",
      GITHUB_TOKEN: "of-the-job",
      GITHUB_EVENT_PATH: file("event.json", '{"pull_request":{"number":7}}'),
    };
    const comment = async (printed: string, status: number, messages = "") => {
      const files = ["--preview", file("preview.json", printed)];
      files.push("--messages", file("messages.txt", messages), "--status", String(status));
      expect(await run(["comment", "--stack", "prod", ...files], actions)).toEqual({
        code: 0,
        stdout: "The comment is on pull request 7.\n",
        stderr: "",
      });
      expect(comments).toHaveLength(101);
      return comments[100] as string;
    };
    const preview = async (pipelines: object) => {
      const changed = config({ "countersign:pipelines": pipelines });
      file("Pulumi.prod.yaml", stringify({ config: changed }));
      const options = ["--json", "--show-sames", "--stack", "prod"];
      const { stdout, code } = await pulumi("preview", ...options);
      return comment(stdout, code);
    };

    await pulumi("stack", "init", "prod");
    const first = await preview({ web: {} });
    expect(first).toContain(row("gains", "ref:refs/heads/main", "push contosoimages/web"));
    expect(first).toContain("```mermaid");

    await up();
    const lines = (await preview({ web: { environment: "release" } })).split("\n");
    expect(lines.filter((line) => line.startsWith("| **"))).toEqual([
      row("gains", "environment:release", "push contosoimages/web"),
      row("gains", "environment:release", "sign with contoso-signing/container-images"),
      row("gains", "environment:release", "run without a review"),
      row("gains", "environment:release", "run on branch main"),
      row("loses", "ref:refs/heads/main", "push contosoimages/web"),
      row("loses", "ref:refs/heads/main", "sign with contoso-signing/container-images"),
    ]);
    expect(lines).toContain("<details><summary>6 resources change</summary>");

    const refused = await preview({ web: { nonsense: 1 } });
    expect(refused).toContain("**The preview failed** with exit status 1.");
    expect(refused).toContain("countersign:pipelines.web.nonsense");
    expect(refused).not.toContain("**loses**");

    expect(await comment("", 1, "error: no such stack")).toContain("error: no such stack");
  });
});

test("outside of GitHub Actions, the command says where it runs", async () => {
  await withCommands({}, async ({ run }) => {
    const { code, stderr } = await run(["comment", "--status", "0"]);
    expect(code).toBe(1);
    expect(stderr).toContain("It runs only in GitHub Actions.");
  });
});
