import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AUTHOR } from "../../ci/issue";
import { UnusableError } from "../../rehearsal/options";
import { commentMarker, commentOf } from "../../rights/comment";
import type { PreviewJson } from "../../rights/resources";
import { actionsRun, secretOf, summarize } from "../actions-run";
import { gitHubClient } from "../clients/github";
import type { Command } from "../command";

const usage = `npm run comment -- --stack NAME --preview FILE --messages FILE --status N

A part of the workflow countersign-preview.yml. Leaves one comment on the pull
request: who gains and who loses a right, a picture, and what changes. It also
does so if the preview failed.

  --preview   What \`pulumi preview --json --show-sames\` printed.
  --messages  What it printed beside that.
  --status    Its exit status.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string", default: "" },
      preview: { type: "string", default: "" },
      messages: { type: "string", default: "" },
      status: { type: "string", default: "1" },
    },
  });
  const { repository, url } = actionsRun();
  const { stack } = values;
  const body = commentOf({
    stack,
    status: Number(values.status),
    preview: previewOf(textOf(values.preview)),
    messages: textOf(values.messages),
    run: url,
  });
  summarize(body);
  const client = gitHubClient(secretOf("GITHUB_TOKEN"));
  const path = `repos/${repository}/issues`;
  const number = pullRequest();
  type Comment = {
    readonly id: number;
    readonly body?: string;
    readonly user?: { readonly login?: string } | null;
  };
  const comments = await client.list<Comment>(`${path}/${number}/comments`);
  if (comments.status !== "found") throw new Error(`No comment can be read: ${comments.said}`);
  // Anybody can write the marker, and could then edit what this command says in their comment.
  const before = comments.value.find(
    (it) => it.user?.login === AUTHOR && it.body?.startsWith(commentMarker(stack)),
  );
  await (before
    ? client.send("PATCH", `${path}/comments/${before.id}`, { body })
    : client.send("POST", `${path}/${number}/comments`, { body }));
  process.stdout.write(`The comment is on pull request ${number}.\n`);
  return 0;
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** A preview that failed early printed no JSON, or only a part. */
function previewOf(text: string): PreviewJson | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The number in the event of the run. */
function pullRequest(): number {
  const event = JSON.parse(textOf(process.env.GITHUB_EVENT_PATH ?? "") || "{}");
  const number = event.pull_request?.number;
  if (typeof number === "number") return number;
  throw new UnusableError("The event of this run has no pull request.");
}

export const command: Command = { usage, run };
