import { expect, test } from "vitest";
import { asker } from "../../pins/ask";
import { report } from "../../pins/report";
import type { Pin } from "../../pins/table";
import { NOTATION } from "../../workflow/pins";
import { type Replies, withHosts } from "./hosts";

const [A, B, C] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)];
const [D, E] = [`sha256:${"d".repeat(64)}`, `sha256:${"e".repeat(64)}`];
const { amd64, arm64 } = NOTATION;
const NEW = { amd64: "1".repeat(64), arm64: "2".repeat(64) };

const PINS: readonly Pin[] = [
  { name: "actions/one", tag: "v1.0.0", digests: { commit: A }, of: "action" },
  { name: "tools/image", tag: "v1.0.0", digests: { index: D }, of: "image" },
  {
    name: NOTATION.repository,
    tag: "v1.3.2",
    digests: { amd64: amd64.sha256, arm64: arm64.sha256 },
    of: NOTATION,
  },
];

const page = (repository: string, of: string, number = 1) =>
  `api.github.com/repos/${repository}/${of}?per_page=100&page=${number}`;
const tag = (name: string, sha: string) => ({ name, commit: { sha } });
const release = (tag_name: string, more = {}) => {
  return { tag_name, draft: false, prerelease: false, ...more };
};
const sums = (version: string, digests: Readonly<Record<string, string>>) =>
  Object.entries(digests)
    .map(([architecture, it]) => `${it}  notation_${version}_linux_${architecture}.tar.gz\n`)
    .join("");
const TAGS = "registry-1.docker.io/v2/tools/image/tags/list?n=1000";
const manifest = (of: string) => `registry-1.docker.io/v2/tools/image/manifests/${of}`;
const checksums = (version: string) =>
  `github.com/notaryproject/notation/releases/download/v${version}/notation_${version}_checksums.txt`;

const CURRENT: Replies = {
  [page("actions/one", "tags")]: { body: [tag("v1", A), tag("v1.0.0", A)] },
  [page("notaryproject/notation", "releases")]: {
    body: [release("v2.0.0", { prerelease: true }), release("v1.3.3", { draft: true })].concat(
      release("v1.3.2"),
    ),
  },
  [checksums("1.3.2")]: {
    body: sums("1.3.2", { amd64: amd64.sha256, arm64: arm64.sha256 }),
  },
  "auth.docker.io/token?service=registry.docker.io&scope=repository:tools/image:pull": {
    body: { token: "of-docker" },
  },
  [TAGS]: { body: { tags: ["latest", "v1.0.0"] } },
  [manifest("v1.0.0")]: { headers: { "docker-content-digest": D } },
};

test("pins that are current, and to whom a token goes", async () => {
  await withHosts(CURRENT, async ({ asked, send }) => {
    expect(await report(PINS, "of-github", asker(send))).toEqual({
      isBad: false,
      text: `
┌────────────────────────┬────────┬────────┬────────┐
│ pin                    │ has    │ newest │ digest │
│ actions/one            │ v1.0.0 │ v1.0.0 │ right  │
│ tools/image            │ v1.0.0 │ v1.0.0 │ right  │
│ notaryproject/notation │ v1.3.2 │ v1.3.2 │ right  │
└────────────────────────┴────────┴────────┴────────┘
3 current, 0 to change, 0 unknown.`.trim(),
    });
    const ofGitHub = "Bearer of-github";
    const ofDocker = "Bearer of-docker";
    expect(asked).toEqual([
      [`GET ${page("actions/one", "tags")}`, ofGitHub],
      ["GET auth.docker.io/token?service=registry.docker.io&scope=repository:tools/image:pull"],
      [`GET ${TAGS}`, ofDocker],
      [`HEAD ${manifest("v1.0.0")}`, ofDocker],
      [`GET ${page("notaryproject/notation", "releases")}`, ofGitHub],
      [`GET ${checksums("1.3.2")}`],
    ]);
  });
});

test("pins that are behind, or whose tag was moved, with what they should have", async () => {
  const many = Array.from({ length: 100 }, (_, index) => tag(`v0.${index}.0`, C));
  const next = "/v2/tools/image/tags/list?last=latest&n=1000";
  const replies: Replies = {
    ...CURRENT,
    [page("actions/one", "tags")]: { body: many },
    [page("actions/one", "tags", 2)]: { body: [tag("v1.0.0", B)] },
    [TAGS]: { body: { tags: ["latest"] }, headers: { link: `<${next}>; rel="next"` } },
    [`registry-1.docker.io${next}`]: { body: { tags: ["v1.0.0", "v1.1.0"] } },
    [manifest("v1.1.0")]: { headers: { "docker-content-digest": E } },
    [page("notaryproject/notation", "releases")]: { body: [release("v1.4.0"), release("v1.3.2")] },
    [checksums("1.4.0")]: { body: sums("1.4.0", NEW) },
  };
  await withHosts(replies, async ({ asked, send }) => {
    expect(await report(PINS, undefined, asker(send))).toEqual({
      isBad: true,
      text: `
┌────────────────────────┬────────┬────────┬────────┐
│ pin                    │ has    │ newest │ digest │
│ actions/one            │ v1.0.0 │ v1.0.0 │ wrong  │
│ tools/image            │ v1.0.0 │ v1.1.0 │ right  │
│ notaryproject/notation │ v1.3.2 │ v1.4.0 │ right  │
└────────────────────────┴────────┴────────┴────────┘
actions/one should have v1.0.0:
  commit  ${B}
tools/image should have v1.1.0:
  index   ${E}
notaryproject/notation should have v1.4.0:
  amd64   ${NEW.amd64}
  arm64   ${NEW.arm64}
0 current, 3 to change, 0 unknown.`.trim(),
    });
    expect(asked).toContainEqual([`GET ${page("actions/one", "tags")}`]);
  });
});

test("a tag, and a file of checksums, that are gone", async () => {
  const replies: Replies = {
    ...CURRENT,
    [page("actions/one", "tags")]: { status: 404 },
    [checksums("1.3.2")]: { status: 404 },
  };
  const { text, isBad } = await withHosts(replies, ({ send }) =>
    report(PINS, undefined, asker(send)),
  );
  expect(isBad).toBe(true);
  expect(text.split("\n").slice(-5)).toEqual([
    "actions/one should have v1.0.0:",
    "  no digest was found",
    "notaryproject/notation should have v1.3.2:",
    "  no digest was found",
    "1 current, 2 to change, 0 unknown.",
  ]);
});

test("hosts that cannot be asked are said once, and are no failure", async () => {
  const limited = { status: 403, body: { message: "API rate limit exceeded" } };
  const replies: Replies = {
    [page("actions/one", "tags")]: limited,
    [page("notaryproject/notation", "releases")]: limited,
    "github.com/any": {},
    [checksums("1.3.2")]: { status: 502 },
  };
  const twice = [...PINS, ...PINS];
  const tried: string[] = [];
  const { text, isBad } = await withHosts(replies, ({ send }) => {
    const counted: typeof fetch = (input, init) => {
      tried.push(new URL(String(input)).host);
      return send(input, init);
    };
    return report(twice, undefined, asker(counted));
  });
  // A connection that was refused is not tried again. A status can be that of one repository.
  expect(tried.filter((it) => it === "auth.docker.io")).toHaveLength(1);
  expect(tried.filter((it) => it === "api.github.com")).toHaveLength(4);
  expect(isBad).toBe(false);
  expect(text.split("\n").slice(-4)).toEqual([
    "api.github.com could not be asked: 403 API rate limit exceeded",
    "auth.docker.io could not be asked: connect ECONNREFUSED auth.docker.io",
    "github.com could not be asked: 502 Bad Gateway",
    "0 current, 0 to change, 6 unknown.",
  ]);
});

test("an answer that is not JSON is no answer", async () => {
  const replies: Replies = { ...CURRENT, [page("actions/one", "tags")]: { body: "<html>" } };
  const { text, isBad } = await withHosts(replies, ({ send }) =>
    report(PINS, undefined, asker(send)),
  );
  expect(isBad).toBe(false);
  expect(text).toContain("\napi.github.com could not be asked: Unexpected token");
});
